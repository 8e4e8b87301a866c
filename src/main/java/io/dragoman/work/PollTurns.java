// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.HeldSession;
import io.dragoman.store.Cursors.Turn;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which accounts this gateway polls, of those that share a store. Thread-safe. */
public final class PollTurns {
    private static final Logger LOG = LoggerFactory.getLogger(PollTurns.class);

    private final Store store;
    private final GatewayHeartbeat heartbeat;
    private final Clock clock;
    private final Map<String, Turn> ours = new ConcurrentHashMap<>();
    private final Map<String, Runnable> ends = new ConcurrentHashMap<>();
    private final PollShare share = new PollShare();

    public PollTurns(Store store, GatewayHeartbeat heartbeat, Clock clock) {
        this.store = store;
        this.heartbeat = heartbeat;
        this.clock = clock;
        heartbeat.whenHeard((others, pollers) -> {
            share.hear(others, pollers.values());
            share.surplus(System.nanoTime()).ifPresent(this::giveUp);
        });
    }

    /** One each time, so that a gateway that joins opens its sessions one after the other. */
    private void giveUp(String account) {
        Runnable end = ends.remove(account); // once: a poll may take a while to end
        if (end != null) {
            LOG.info("poll {}: another gateway on this store has fewer accounts than this one, and gets it", account);
            end.run();
        }
    }

    /**
     * Begins a turn; empty while another gateway has it, or is to have it, or the others may take this one for gone.
     */
    public Optional<Turn> take(String account) {
        if (!heartbeat.present()) {
            return Optional.empty();
        }
        if (heartbeat.another(account)) {
            share.elsewhere(account);
            return Optional.empty();
        }
        if (!share.take(account, System.nanoTime())) {
            return Optional.empty();
        }
        Optional<Turn> turn = Optional.empty();
        try {
            turn = store.write(tx -> tx.cursors().take(account, heartbeat.owner(), clock.millis()))
                    .join();
            turn.ifPresent(mine -> ours.put(account, mine));
            return turn;
        } finally {
            if (turn.isEmpty()) {
                share.release(account);
            }
        }
    }

    /** Ends a turn: another gateway may have it at once. */
    public void giveBack(Turn turn) {
        ours.remove(turn.source(), turn);
        share.release(turn.source());
        try {
            store.write(tx -> {
                        tx.cursors().giveBack(turn);
                        return true;
                    })
                    .join();
        } catch (CompletionException e) {
            LOG.debug("poll {}: its turn ends when this gateway leaves: {}", turn.source(), why(e));
        }
    }

    private static String why(CompletionException e) {
        return String.valueOf(e.getCause() instanceof StoreException refusal ? refusal.getMessage() : e.getCause());
    }

    /** Whether what goes to an account goes out here: not where another gateway holds the session for it. */
    public boolean sendsHere(ConfiguredAccount account) {
        return !store.shared()
                || !(account.connector() instanceof HeldSession session)
                || !session.polls(account.account())
                || (heartbeat.present() && ours.containsKey(account.account().id()));
    }

    /** An account is no longer to be polled here: it counts for no share. */
    public void forget(String account) {
        share.forget(account);
    }

    /**
     * Runs {@code end} when a turn is over: the others may have taken this gateway for gone, or one of them is to have it.
     *
     * @return ends that
     */
    public Runnable whenOver(Turn turn, Runnable end) {
        Runnable unregister = heartbeat.whenLost(end);
        ends.put(turn.source(), end);
        return () -> {
            unregister.run();
            ends.remove(turn.source(), end);
        };
    }
}
