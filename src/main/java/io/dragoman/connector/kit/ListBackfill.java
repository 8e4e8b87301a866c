// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Looks through a provider's list for customers' messages whose webhook failed: day by day, the oldest first, each batch
 * bounded. Each backfill begins well before the last one ended, since a list may show a message late.
 */
public final class ListBackfill {
    /** What is younger may be on its way to us: providers wait up to 15 s for a webhook's answer. */
    public static final Duration GRACE = Duration.ofSeconds(20);

    /** How late a message may appear in the list, and how far clocks may differ. */
    public static final Duration OVERLAP = Duration.ofHours(1);

    /** The most messages of one batch. */
    public static final int MOST = 100;

    private final Account account;
    private final PollContext context;
    private final Source source;

    public ListBackfill(Account account, PollContext context, Source source) {
        this.account = account;
        this.context = context;
        this.source = source;
    }

    /** A provider's list of messages. */
    public interface Source extends ListPage.PageReader {
        /** The newest messages of a day, in UTC. */
        ListPage first(LocalDate day) throws TransportFailure;

        /** When a message was sent; empty when that is not said. */
        Optional<Instant> sent(JsonNode message);

        /** The key of its event, where it is a customer's message to this account; empty where it is another. */
        Optional<String> key(JsonNode message);

        /** The message as it is to be stored and read. */
        Request request(JsonNode message, Instant now) throws TransportFailure;
    }

    /**
     * One poll: a bounded batch of what was missed, or a rest.
     *
     * @param position what the last one returned; empty at first, when nothing is old enough to be missed
     */
    public Batch poll(String position) throws TransportFailure {
        Instant now = context.clock().instant();
        if (position.isEmpty()) {
            return new Batch(List.of(), new BackfillPosition(now, now, null, null).write());
        }
        BackfillPosition from = BackfillPosition.read(position);
        Duration wait = Backfill.wait(account, context, from.until().plus(GRACE));
        if (from.reached() == null && !wait.isZero()) {
            context.rest(wait);
            return new Batch(List.of(), position);
        }
        return backfill(from, from.goal() == null ? now.minus(GRACE) : from.goal(), now);
    }

    private Batch backfill(BackfillPosition position, Instant goal, Instant now) throws TransportFailure {
        Instant start = position.until().minus(OVERLAP);
        Instant first = start.isBefore(position.from()) ? position.from() : start;
        Instant reached = position.reached();
        Window window = new Window(reached == null ? first.minusSeconds(1) : reached, goal);
        LocalDate day = day(window.after());
        for (; !day.isAfter(day(goal)); day = day.plusDays(1)) {
            List<JsonNode> missed = missed(day, window);
            if (context.stopping()) {
                return new Batch(List.of(), position.write());
            }
            if (!missed.isEmpty()) {
                Instant last = source.sent(missed.get(missed.size() - 1)).orElseThrow();
                return new Batch(requests(missed, now), position.at(last, goal).write());
            }
        }
        return new Batch(List.of(), position.done(goal).write());
    }

    /** The oldest messages of one day that no webhook delivered, in order; whole seconds, to go on behind. */
    private List<JsonNode> missed(LocalDate day, Window window) throws TransportFailure {
        Deque<JsonNode> oldest = new ArrayDeque<>();
        Optional<ListPage> page = Optional.of(source.first(day));
        while (page.isPresent() && !context.stopping()) {
            boolean over = false;
            for (JsonNode one : page.get().messages()) {
                Optional<Instant> sent = source.sent(one);
                over = sent.filter(at -> !at.isAfter(window.after())).isPresent();
                if (sent.filter(window::holds).isPresent() && wanted(one)) {
                    oldest.addLast(one); // the list goes back in time
                    trim(oldest);
                }
            }
            page = over ? Optional.empty() : page.get().next(source);
        }
        List<JsonNode> missed = new ArrayList<>(oldest);
        Collections.reverse(missed);
        return missed;
    }

    /** Lets go of the newest seconds while enough is left without them. */
    private void trim(Deque<JsonNode> oldest) {
        while (oldest.size() > MOST) {
            Optional<Instant> newest = source.sent(oldest.getFirst());
            long same = oldest.stream()
                    .filter(one -> source.sent(one).equals(newest))
                    .count();
            if (same == oldest.size()) {
                return;
            }
            for (long i = 0; i < same; i++) {
                oldest.removeFirst();
            }
        }
    }

    private boolean wanted(JsonNode one) {
        return source.key(one).filter(key -> !context.taken(key)).isPresent();
    }

    private List<Request> requests(List<JsonNode> missed, Instant now) throws TransportFailure {
        List<Request> requests = new ArrayList<>(missed.size());
        for (JsonNode one : missed) {
            requests.add(source.request(one, now));
        }
        return requests;
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** What a backfill reads: later than one time, and not later than another. */
    private record Window(Instant after, Instant goal) {
        boolean holds(Instant at) {
            return at.isAfter(after) && !at.isAfter(goal);
        }
    }
}
