// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import io.dragoman.app.report.Period;
import io.dragoman.connector.OpeningHours;
import io.dragoman.store.MeasureFigures.Asked;
import io.dragoman.store.MeasureFigures.Measured;
import io.dragoman.store.MeasureFigures.Passed;
import io.dragoman.store.MeasureFigures.Pending;
import io.dragoman.store.MeasureFigures.Where;
import io.dragoman.store.ReadAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The measures of a time. Blocks. The store is read in short steps, each with a connection of its own; how much is read, and
 * how many contacts are held in memory, is bounded, and a report says when it met a bound.
 */
public final class MeasureQueries {
    /** So many conversations are looked at in one report. */
    public static final int MOST_CONVERSATIONS = 100_000;

    /** So many messages are counted of a time, and of the time before it. */
    public static final int MOST_MESSAGES = 1_000_000;

    private static final int MOST_CONTACTS = 100_000;
    private static final int CONVERSATIONS_AT_ONCE = 500;
    private static final int MESSAGES_AT_ONCE = 5_000;

    private final ReadAccess store;
    private final int mostConversations;
    private final int mostMessages;

    public MeasureQueries(ReadAccess store) {
        this(store, MOST_CONVERSATIONS, MOST_MESSAGES);
    }

    MeasureQueries(ReadAccess store, int mostConversations, int mostMessages) {
        this.store = store;
        this.mostConversations = mostConversations;
        this.mostMessages = mostMessages;
    }

    /**
     * What is asked for.
     *
     * @param by what the lines are about; null for the total alone
     * @param zone whose hours and days these are
     * @param hours the name of the business hours that times are counted in
     * @param contactDays within how many days of the first closing a customer who comes back was not helped at the first contact
     */
    public record Question(Period period, @Nullable Grouping by, ZoneId zone, String hours, int contactDays) {
        /** Within how many days, unless something else is asked for. */
        public static final int CONTACT_DAYS = 7;

        /** The total, counted in the usual hours. */
        public static Question of(Period period, @Nullable Grouping by, ZoneId zone) {
            return new Question(period, by, zone, "default", CONTACT_DAYS);
        }
    }

    /**
     * The measures.
     *
     * @param complete false when there was more than is counted: then they are of the earliest
     * @param hours the business hours that times are counted in; null where there are none of that name
     */
    public record MeasureReport(
            Instant since,
            Instant until,
            boolean complete,
            @Nullable Grouping by,
            String zone,
            @Nullable String hours,
            int contactDays,
            MeasureLine total,
            List<MeasureLine> lines) {}

    /** The measures of a time as of now. */
    public MeasureReport measure(Question question, OpeningHours hours, Instant now) {
        return new Count(question, hours, now).report();
    }

    private final class Count {
        private final Question question;
        private final Period period;
        private final Instant now;
        private final Optional<OpenTime> open;
        private final MeasureTally total;
        private final Map<@Nullable String, MeasureTally> groups =
                new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));

        Count(Question question, OpeningHours hours, Instant now) {
            this.question = question;
            this.period = question.period();
            this.now = now;
            this.open = OpenTime.of(hours, question.hours(), period.since(), now);
            this.total = new MeasureTally(open);
        }

        MeasureReport report() {
            Duration length = Duration.between(period.since(), period.until());
            Instant earlier = period.since().minus(length);
            boolean complete = conversations();
            complete &= messages(period.since(), period.until(), MeasureTally::add);
            complete &= messages(
                    earlier.isBefore(Instant.EPOCH) ? Instant.EPOCH : earlier, period.since(), MeasureTally::before);
            complete &= surveys();
            complete &= backlog();
            boolean churns = question.by() == null || !question.by().isTime();
            List<MeasureLine> lines = new ArrayList<>();
            groups.forEach((group, tally) -> lines.add(tally.line(group, churns)));
            return new MeasureReport(
                    period.since(),
                    period.until(),
                    complete,
                    question.by(),
                    question.zone().getId(),
                    open.isPresent() ? question.hours() : null,
                    question.contactDays(),
                    total.line(null, true),
                    lines);
        }

        /** What something is counted in. */
        private List<MeasureTally> tallies(Where where, Instant at) {
            if (question.by() == null) {
                return List.of(total);
            }
            String group = question.by().of(where, at, question.zone());
            return List.of(total, groups.computeIfAbsent(group, key -> new MeasureTally(open)));
        }

        /** Those of the time, and for who came back those that began in the days after it. */
        private boolean conversations() {
            Duration within = Duration.ofDays(question.contactDays());
            Instant end = period.until().plus(within);
            ComingBack back = new ComingBack(within, now);
            String after = "";
            for (int left = mostConversations; left > 0; left -= CONVERSATIONS_AT_ONCE) {
                String last = after;
                int most = Math.min(left, CONVERSATIONS_AT_ONCE) + 1;
                List<Measured> page = store.read(tx -> tx.measures().begun(period.since(), end, last, most));
                boolean more = page.size() == most;
                for (Measured one : more ? page.subList(0, most - 1) : page) {
                    conversation(one, back);
                    after = one.id();
                }
                if (!more) {
                    back.end();
                    return true;
                }
            }
            back.end();
            return false;
        }

        private void conversation(Measured one, ComingBack back) {
            boolean came = !one.said().byUs() && one.said().customer() != null;
            if (came) {
                back.comes(one);
            }
            if (one.createdAt().isBefore(period.until())) {
                List<MeasureTally> tallies = tallies(one.where(), one.createdAt());
                tallies.forEach(tally -> tally.add(one));
                if (came) {
                    back.count(one, tallies);
                }
            }
        }

        private interface Adding {
            void add(MeasureTally tally, Passed messages);
        }

        private boolean messages(Instant since, Instant until, Adding adding) {
            String after = "";
            for (int left = mostMessages; left > 0 && total.contacts() < MOST_CONTACTS; left -= MESSAGES_AT_ONCE) {
                String last = after;
                List<Passed> page = store.read(tx -> tx.measures().passed(since, until, last, MESSAGES_AT_ONCE));
                for (Passed one : page) {
                    tallies(one.where(), one.at()).forEach(tally -> adding.add(tally, one));
                    after = one.last().compareTo(after) > 0 ? one.last() : after;
                }
                if (page.stream().mapToLong(Passed::read).sum() < MESSAGES_AT_ONCE) {
                    return true;
                }
            }
            return false;
        }

        private boolean surveys() {
            Instant at = period.since();
            String after = "";
            for (int left = mostConversations; left > 0; left -= CONVERSATIONS_AT_ONCE) {
                Instant lastAt = at;
                String last = after;
                List<Asked> page =
                        store.read(tx -> tx.measures().asked(lastAt, period.until(), last, CONVERSATIONS_AT_ONCE));
                for (Asked one : page) {
                    tallies(one.where(), one.at()).forEach(tally -> tally.add(one));
                    at = one.at();
                    after = one.id();
                }
                if (page.size() < CONVERSATIONS_AT_ONCE) {
                    return true;
                }
            }
            return false;
        }

        private boolean backlog() {
            String channel = "";
            String thread = "";
            for (int left = mostConversations; left > 0; left -= CONVERSATIONS_AT_ONCE) {
                String lastChannel = channel;
                String lastThread = thread;
                List<Pending> page =
                        store.read(tx -> tx.measures().pending(lastChannel, lastThread, CONVERSATIONS_AT_ONCE));
                for (Pending one : page) {
                    Consumer<MeasureTally> waits = tally -> tally.waits(Duration.between(one.createdAt(), now));
                    tallies(one.where(), one.createdAt()).forEach(waits);
                    channel = one.where().channel();
                    thread = one.thread();
                }
                if (page.size() < CONVERSATIONS_AT_ONCE) {
                    return true;
                }
            }
            return false;
        }
    }
}
