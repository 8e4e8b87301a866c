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

    public PollTurns(Store store, GatewayHeartbeat heartbeat, Clock clock) {
        this.store = store;
        this.heartbeat = heartbeat;
        this.clock = clock;
    }

    /** Begins a turn; empty while another gateway has it, or the others may take this one for gone. */
    public Optional<Turn> take(String account) {
        if (!heartbeat.present() || heartbeat.another(account)) {
            return Optional.empty();
        }
        Optional<Turn> turn = store.write(tx -> tx.cursors().take(account, heartbeat.owner(), clock.millis()))
                .join();
        turn.ifPresent(mine -> ours.put(account, mine));
        return turn;
    }

    /** Ends a turn: another gateway may have it at once. */
    public void giveBack(Turn turn) {
        ours.remove(turn.source(), turn);
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

    /**
     * Runs {@code lost} each time that the others may have taken this gateway for gone: its turns are over.
     *
     * @return ends that
     */
    public Runnable whenLost(Runnable lost) {
        return heartbeat.whenLost(lost);
    }
}
