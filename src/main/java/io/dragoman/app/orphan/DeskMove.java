// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.orphan;

import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.connector.HelpdeskIdentity;
import io.dragoman.connector.Outbound;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.store.Attempts;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.work.DeskNotices;
import io.dragoman.work.History;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Moves what waits for a desk that is gone to one that runs, with its open conversations. Blocks. */
public final class DeskMove {
    private static final int BATCH = 200;

    private final Store store;
    private final Predicate<String> configured;
    private final Predicate<String> desk;
    private final Function<String, Optional<HelpdeskIdentity>> helpdesk;
    private final AuditTrail audit;
    private final Clock clock;

    /**
     * @param configured whether there is a channel or desk of this id that runs
     * @param desk whether there is a desk of this id that runs
     * @param helpdesk which helpdesk a desk that runs speaks to
     */
    public DeskMove(
            Store store,
            Predicate<String> configured,
            Predicate<String> desk,
            Function<String, Optional<HelpdeskIdentity>> helpdesk,
            AuditTrail audit,
            Clock clock) {
        this.store = store;
        this.configured = configured;
        this.desk = desk;
        this.helpdesk = helpdesk;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What was moved.
     *
     * @param deliveries notices that go to the other desk now
     * @param conversations open ones that are the other desk's now
     * @param sameHelpdesk whether both are one helpdesk, so that the tickets are the other desk's now
     */
    public record Moved(String from, String to, int deliveries, int conversations, boolean sameHelpdesk) {}

    /** Why nothing is moved. */
    public enum Why {
        UNKNOWN("There is no such desk to move to; it must be in config/desks.yaml and enabled."),
        RUNS(
                "The desk to move from is configured and runs, so what goes there goes out. Pause it, or take it out first.");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    /** It cannot be moved; the message says why and what to do. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final Why why;

        Refused(Why why) {
            super(why.sentence(), null, false, false);
            this.why = why;
        }

        public Why why() {
            return why;
        }
    }

    /**
     * Moves. What was tried at the former desk, also without a known outcome, is sent to the other for the first time.
     * Interrupted by the end of the process, it can be called again.
     */
    public Moved move(String from, String to, Actor actor) throws Refused {
        if (!desk.test(to)) {
            throw new Refused(Why.UNKNOWN);
        }
        if (configured.test(from)) {
            throw new Refused(Why.RUNS);
        }
        Optional<HelpdeskIdentity> now = helpdesk.apply(to);
        boolean same = store.read(tx -> tx.knownDesks().find(from))
                .map(known -> new HelpdeskIdentity(known.kind(), known.place()))
                .filter(former -> now.filter(former::isSame).isPresent())
                .isPresent();
        int conversations = store.writeAndWait(tx -> {
            audit.note(tx, actor, "desk.move", from, to);
            int moved = tx.orphans().moveConversations(from, to);
            if (same) {
                tx.knownDesks().rename(from, to, clock.millis());
            }
            return moved;
        });
        int deliveries = 0;
        Batch batch;
        do {
            batch = store.writeAndWait(tx -> batch(tx, from, to));
            deliveries += batch.moved();
        } while (batch.found() == BATCH);
        return new Moved(from, to, deliveries, conversations, same);
    }

    private record Batch(int found, int moved) {}

    private Batch batch(Tx tx, String from, String to) {
        long now = clock.millis();
        List<Deliveries.Stored> waiting = tx.orphans().waiting(from, now, BATCH);
        long moved =
                waiting.stream().filter(delivery -> move(tx, delivery, to, now)).count();
        return new Batch(waiting.size(), (int) moved);
    }

    private static boolean move(Tx tx, Deliveries.Stored delivery, String to, long now) {
        if (delivery.state() == Deliveries.State.SENDING) {
            tx.attempts()
                    .end(
                            delivery.id(),
                            delivery.attempts(),
                            Attempts.Ending.UNCERTAIN,
                            null,
                            "the process ended during the attempt",
                            null,
                            now);
        }
        Outbound.ToDesk told = DeskNotices.stored(tx, delivery);
        Conversation conversation = told.notice().data().conversation();
        DeskNotice notice = withHistory(
                tx,
                delivery,
                to,
                told.notice()
                        .at(
                                to,
                                tx.conversationDesks()
                                        .reference(conversation.id(), to)
                                        .orElse(null)));
        tx.conversationDesks().assigned(conversation.id(), to);
        Deliveries.Destination there =
                new Deliveries.Destination("out/" + to + "/" + conversation.id(), to, conversation.channel());
        return tx.orphans().move(delivery, there, Json.write(new Outbound.ToDesk(told.key(), notice)), now);
    }

    /** What a desk is sent first of a conversation has the messages before it. */
    private static DeskNotice withHistory(Tx tx, Deliveries.Stored delivery, String to, DeskNotice notice) {
        Message message = notice.data().message();
        boolean opens = message != null
                && notice.type() == DeskNotice.Type.MESSAGE_RECEIVED
                && notice.data().conversation().deskReference() == null
                && tx.orphans().opens(delivery, to);
        return message == null || !opens
                ? notice
                : new DeskNotice(
                        notice.type(), notice.timestamp(), notice.data().after(History.before(tx, message)));
    }
}
