// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.report;

import io.dragoman.model.Conversation.State;
import io.dragoman.store.ConversationFigures.Figures;
import io.dragoman.store.ConversationFigures.Open;
import io.dragoman.store.ConversationFigures.Place;
import io.dragoman.store.ConversationFigures.Traffic;
import io.dragoman.store.ReadAccess;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reports of conversations. Blocks. The store is read in short steps, each with a connection of its own, so that
 * whatever else reads comes between them; how much is read at most is bounded, and a report says when it met the bound.
 */
public final class ReportQueries {
    /** So many conversations are looked at in one report. */
    public static final int MOST_CONVERSATIONS = 100_000;

    /** So many messages are counted in one report. */
    public static final int MOST_MESSAGES = 1_000_000;

    private static final int CONVERSATIONS_AT_ONCE = 500;
    private static final int MESSAGES_AT_ONCE = 5_000;
    private static final Comparator<WaitingLine> LONGEST =
            Comparator.comparing(WaitingLine::since).thenComparing(WaitingLine::conversation);
    private static final Comparator<Place> BY_NAME = Comparator.comparing(Place::channel)
            .thenComparing(Place::desk, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Place::team, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final ReadAccess store;
    private final int mostConversations;
    private final int mostMessages;

    public ReportQueries(ReadAccess store) {
        this(store, MOST_CONVERSATIONS, MOST_MESSAGES);
    }

    ReportQueries(ReadAccess store, int mostConversations, int mostMessages) {
        this.store = store;
        this.mostConversations = mostConversations;
        this.mostMessages = mostMessages;
    }

    /**
     * Who waits for an answer, longest first.
     *
     * @param at as of when
     * @param count how many wait, also those that are not shown
     * @param complete false when more conversations were open than are looked at, so that there may be others
     */
    public record WaitingReport(Instant at, long count, boolean complete, List<WaitingLine> waiting) {}

    /**
     * An open conversation whose last message is the customer's, not counting what rules sent and what failed.
     *
     * @param since when the first of the messages that nobody answered was received
     * @param seconds how long ago that is
     */
    public record WaitingLine(
            String conversation,
            String channel,
            @Nullable String desk,
            @Nullable String team,
            @Nullable String assignee,
            Instant since,
            long seconds) {}

    /**
     * The figures of a time.
     *
     * @param complete false when there was more than is counted: then the figures are those of the earliest
     * @param lines by channel, desk and team
     */
    public record PeriodReport(
            Instant since, Instant until, boolean complete, ReportLine total, List<ReportLine> lines) {}

    /**
     * The figures of one channel, desk and team, which are null in the total. Messages are those of the time; everything
     * else is about the conversations that began in it.
     *
     * @param byUs the conversations in which we wrote first; they have no first response
     * @param automatic of {@code messagesOut}, those that rules sent
     * @param firstResponse from the customer's first message to a person's first answer
     * @param resolution from the beginning to the closing, of those that are closed now
     * @param unanswered open, and without an answer by a person
     * @param closedUnanswered closed without one
     */
    public record ReportLine(
            @Nullable String channel,
            @Nullable String desk,
            @Nullable String team,
            long conversations,
            long byUs,
            long messagesIn,
            long messagesOut,
            long automatic,
            Percentiles firstResponse,
            Percentiles resolution,
            long unanswered,
            long closedUnanswered) {}

    /**
     * Conversations by their ids.
     *
     * @param next what to ask for as {@code after} to get the following ones; null when these were the last
     */
    public record RowPage(
            List<ConversationRow> conversations, @Nullable String next) {}

    /**
     * A conversation as a row. Times are the gateway's.
     *
     * @param firstCustomer when the customer's first message was received
     * @param firstAnswer when a person first answered it
     * @param last when the last message was received or written, whoever's
     */
    public record ConversationRow(
            String conversation,
            String channel,
            @Nullable String desk,
            @Nullable String team,
            @Nullable String assignee,
            List<String> tags,
            State status,
            Instant begun,
            @Nullable Instant firstCustomer,
            @Nullable Instant firstAnswer,
            @Nullable Instant last,
            @Nullable Instant closed,
            long messagesIn,
            long messagesOut,
            long automatic) {
        private static ConversationRow of(Figures one) {
            return new ConversationRow(
                    one.id(),
                    one.place().channel(),
                    one.place().desk(),
                    one.place().team(),
                    one.assignee(),
                    one.tags(),
                    one.state(),
                    one.createdAt(),
                    one.written().firstCustomer(),
                    one.written().firstAnswer(),
                    one.written().last(),
                    one.closedAt(),
                    one.written().in(),
                    one.written().out(),
                    one.written().automatic());
        }
    }

    /**
     * Who waits now.
     *
     * @param most how many to show
     */
    public WaitingReport waiting(Instant now, int most) {
        PriorityQueue<WaitingLine> longest = new PriorityQueue<>(LONGEST.reversed());
        long count = 0;
        int seen = 0;
        String channel = "";
        String thread = "";
        List<Open> page;
        do {
            page = open(channel, thread);
            Map<String, Instant> since = waiting(page);
            for (Open one : page) {
                Instant waits = since.get(one.id());
                if (waits != null) {
                    count++;
                    longest.add(line(one, waits, now));
                    if (longest.size() > most) {
                        longest.remove();
                    }
                }
                channel = one.place().channel();
                thread = one.thread();
            }
            seen += page.size();
        } while (page.size() == CONVERSATIONS_AT_ONCE && seen < mostConversations);
        boolean complete =
                page.size() < CONVERSATIONS_AT_ONCE || open(channel, thread).isEmpty();
        return new WaitingReport(
                now, count, complete, longest.stream().sorted(LONGEST).toList());
    }

    private List<Open> open(String channel, String thread) {
        return store.read(tx -> tx.figures().open(channel, thread, CONVERSATIONS_AT_ONCE));
    }

    private Map<String, Instant> waiting(List<Open> page) {
        List<String> ids = page.stream().map(Open::id).toList();
        return store.read(tx -> tx.figures().waiting(ids));
    }

    private static WaitingLine line(Open one, Instant since, Instant now) {
        return new WaitingLine(
                one.id(),
                one.place().channel(),
                one.place().desk(),
                one.place().team(),
                one.assignee(),
                since,
                Math.max(0, now.getEpochSecond() - since.getEpochSecond()));
    }

    /** The figures of a time, by channel, desk and team. */
    public PeriodReport period(Period period) {
        Map<Place, PlaceTally> places = new TreeMap<>(BY_NAME);
        PlaceTally total = new PlaceTally();
        boolean conversations = countConversations(period, places, total);
        boolean messages = countMessages(period, places, total);
        return new PeriodReport(
                period.since(),
                period.until(),
                conversations && messages,
                total.line(null),
                places.entrySet().stream()
                        .map(entry -> entry.getValue().line(entry.getKey()))
                        .toList());
    }

    private boolean countConversations(Period period, Map<Place, PlaceTally> places, PlaceTally total) {
        String after = "";
        for (int left = mostConversations; left > 0; left -= CONVERSATIONS_AT_ONCE) {
            List<Figures> page = begun(period, after, Math.min(left, CONVERSATIONS_AT_ONCE) + 1);
            boolean more = page.size() > Math.min(left, CONVERSATIONS_AT_ONCE);
            for (Figures one : more ? page.subList(0, page.size() - 1) : page) {
                total.add(one);
                places.computeIfAbsent(one.place(), place -> new PlaceTally()).add(one);
                after = one.id();
            }
            if (!more) {
                return true;
            }
        }
        return false;
    }

    private boolean countMessages(Period period, Map<Place, PlaceTally> places, PlaceTally total) {
        String after = "";
        for (int left = mostMessages; left > 0; left -= MESSAGES_AT_ONCE) {
            String last = after;
            List<Traffic> page =
                    store.read(tx -> tx.figures().traffic(period.since(), period.until(), last, MESSAGES_AT_ONCE));
            for (Traffic one : page) {
                total.add(one);
                places.computeIfAbsent(one.place(), place -> new PlaceTally()).add(one);
                after = one.last().compareTo(after) > 0 ? one.last() : after;
            }
            if (page.stream().mapToLong(Traffic::read).sum() < MESSAGES_AT_ONCE) {
                return true;
            }
        }
        return false;
    }

    private List<Figures> begun(Period period, String after, int most) {
        return store.read(tx -> tx.figures().begun(period.since(), period.until(), after, most));
    }

    /**
     * A page of the conversations that began in a time.
     *
     * @param after what the page before named as {@code next}; empty for the first
     */
    public RowPage rows(Period period, String after, int most) {
        List<ConversationRow> found =
                begun(period, after, most + 1).stream().map(ConversationRow::of).toList();
        return found.size() <= most
                ? new RowPage(found, null)
                : new RowPage(found.subList(0, most), found.get(most - 1).conversation());
    }
}
