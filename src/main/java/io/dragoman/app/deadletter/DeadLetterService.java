// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.deadletter;

import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.intake.EventReader;
import io.dragoman.model.Reason;
import io.dragoman.store.DeadLetters;
import io.dragoman.store.DeadLetters.DeadLetter;
import io.dragoman.store.DeadLetters.Filter;
import io.dragoman.store.DeadLetters.Origin;
import io.dragoman.store.Events;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does about dead letters: replay, at a pace and in order, or discard. Blocks. Each goes its own way,
 * a page of them in a commit: what is stopped in the middle is repeated with the rest.
 */
public final class DeadLetterService {
    private static final int PAGE = 200;
    private static final int SHOWN = 20;

    private final Store store;
    private final Supplier<? extends Collection<ConfiguredAccount>> accounts;
    private final EventReader reader;
    private final MediaStore bodies;
    private final Supplier<String> ids;
    private final AuditTrail audit;
    private final Clock clock;

    /**
     * @param accounts the channels and desks, to read again what they sent
     * @param bodies the files of large bodies
     */
    public DeadLetterService(
            Store store,
            Supplier<? extends Collection<ConfiguredAccount>> accounts,
            MediaStore bodies,
            Supplier<String> ids,
            AuditTrail audit,
            Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.reader = new EventReader(accounts);
        this.bodies = bodies;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param matched how many the filter asked for
     * @param done how many were replayed or discarded; with {@code dryRun} none
     * @param unreadable how many of them could still not be read and stay dead
     * @param optedOut how many more were left out of a replay, for the customer objects to being written to
     * @param first the first of those that matched
     */
    public record Done(
            long matched, long done, long unreadable, long optedOut, boolean dryRun, List<DeadLetter> first) {}

    /**
     * Puts deadLetters back to work, in the order in which they came to be, with the keys that they had; not messages to
     * customers who opted out. One that the provider took for such is replayed by its id, once the customer is back.
     *
     * @param perSecond how many are let go in a second
     */
    public Done replay(DeadLetterSelection selection, boolean dryRun, int perSecond, Actor actor) {
        long start = clock.millis();
        boolean named = selection.id() != null;
        return each(
                selection.filter(), dryRun, new Order("dead.replay", actor), page -> optedOut(page, named), page -> {
                    Map<String, Again> readings = new HashMap<>();
                    page.stream()
                            .filter(deadLetter -> deadLetter.what().equals(Events.UNREAD))
                            .forEach(deadLetter -> readings.put(deadLetter.id(), read(deadLetter.id())));
                    return (tx, deadLetter, n) -> {
                        long notBefore = start + n * 1000 / perSecond;
                        Again reading = readings.get(deadLetter.id());
                        if (reading != null) {
                            return reading.put(tx, ids, clock.millis());
                        }
                        return deadLetter.origin() == Origin.EVENT
                                ? tx.deadLetters().replayEvent(deadLetter.id(), notBefore)
                                : tx.deadLetters().replayDelivery(deadLetter.id(), start, notBefore);
                    };
                });
    }

    /** Gives up on deadLetters; each keeps the reason and who looks finds it. */
    public Done discard(DeadLetterSelection selection, boolean dryRun, String why, Actor actor) {
        return each(
                selection.filter(),
                dryRun,
                new Order("dead.discard", actor),
                page -> Set.of(),
                page -> (tx, deadLetter, n) -> tx.deadLetters().discard(deadLetter.id(), why, clock.millis()));
    }

    /** What is done with one dead letter, the n-th of all. */
    @FunctionalInterface
    private interface Act {
        /** Gives whether it is done. */
        boolean on(Tx tx, DeadLetter deadLetter, long n);
    }

    /** Whose order it is, as the audit log calls it. */
    private record Order(String action, Actor actor) {}

    /** Which of them would write to a customer who objects to it. */
    private Set<String> optedOut(List<DeadLetter> page, boolean named) {
        List<String> ids = page.stream()
                .filter(one -> one.origin() == Origin.DELIVERY)
                .map(DeadLetter::id)
                .toList();
        return store.read(tx -> tx.deadLetters().recipients(ids).stream()
                .filter(one -> (!named && Reason.RECIPIENT_OPTED_OUT.name().equals(one.reason()))
                        || tx.contacts().optedOut(one.channel(), one.contact()))
                .map(DeadLetters.Recipient::delivery)
                .collect(Collectors.toSet()));
    }

    private Done each(
            Filter filter,
            boolean dryRun,
            Order order,
            Function<List<DeadLetter>, Set<String>> left,
            Function<List<DeadLetter>, Act> acts) {
        long matched = 0;
        long optedOut = 0;
        long done = 0;
        List<DeadLetter> first = new ArrayList<>();
        String after = "";
        while (true) {
            String from = after;
            List<DeadLetter> all = store.read(tx -> tx.deadLetters().inOrder(filter, from, PAGE));
            if (all.isEmpty()) {
                return new Done(matched, done, dryRun ? 0 : matched - done, optedOut, dryRun, List.copyOf(first));
            }
            Set<String> out = left.apply(all);
            List<DeadLetter> page =
                    all.stream().filter(one -> !out.contains(one.id())).toList();
            optedOut += out.size();
            page.stream().limit(SHOWN - first.size()).forEach(first::add);
            long before = matched;
            done += dryRun || page.isEmpty() ? 0 : doneOf(page, before, order, acts.apply(page));
            matched += page.size();
            after = all.get(all.size() - 1).id();
        }
    }

    private int doneOf(List<DeadLetter> page, long before, Order order, Act act) {
        return store.writeAndWait(tx -> {
            int count = 0;
            for (int i = 0; i < page.size(); i++) {
                count += act.on(tx, page.get(i), before + i) ? 1 : 0;
            }
            note(tx, order, page, count);
            return count;
        });
    }

    /** A line for each commit: of one letter its id, of many how many and between which. */
    private void note(Tx tx, Order order, List<DeadLetter> page, int count) {
        String first = page.get(0).id();
        if (count > 0 && page.size() == 1) {
            audit.note(tx, order.actor(), order.action(), first, null);
        } else if (count > 0) {
            String last = page.get(page.size() - 1).id();
            audit.note(tx, order.actor(), order.action(), null, count + " from " + first + " to " + last);
        }
    }

    /** What a stored request says when it is read again, to whom; or why it still cannot be read. */
    private record Again(
            Events.Stored unread,
            List<EventReader.Reading> readings,
            @Nullable String problem) {
        boolean put(Tx tx, Supplier<String> ids, long now) {
            int events = 0;
            int fresh = 0;
            for (EventReader.Reading reading : readings) {
                events += reading.events().size();
                fresh += tx.events().append(unread, reading.account(), reading.events(), ids, now);
            }
            if (problem == null) {
                tx.events().nowRead(unread, events, fresh, now);
            } else {
                tx.events().stillUnread(unread.id(), problem);
            }
            return problem == null;
        }
    }

    /** Outside of the store's writer: what could not be read before may be hard to read. */
    private Again read(String id) {
        Events.Stored unread = store.read(tx -> tx.events().find(id)).orElseThrow();
        Optional<ConfiguredAccount> configured = accounts.get().stream()
                .filter(account -> account.account().id().equals(unread.source()))
                .findFirst();
        boolean record = unread.source().startsWith(Events.TOPIC);
        if (configured.isEmpty() && !record) {
            return new Again(unread, List.of(), String.valueOf(unread.reason()));
        }
        try {
            Request request = RawRequest.whole(
                    store.read(tx -> tx.events().raw(unread.raw())).orElseThrow(), bodies);
            List<EventReader.Reading> readings = record
                    ? List.of(reader.ofRecord(request.body()))
                    : reader.read(configured.get(), Signature.stored(request));
            String problem = readings.stream()
                    .map(EventReader.Reading::unread)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            return new Again(unread, readings, problem);
        } catch (IOException e) {
            return new Again(unread, List.of(), "its body cannot be read from the disk");
        }
    }
}
