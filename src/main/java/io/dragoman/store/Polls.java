// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Polls that customers were asked, and what they answered: of each question the last answer, of each contact one. */
public final class Polls {
    private static final String COLUMNS =
            "p.id, p.name, p.conversation, p.account, p.language, p.question, p.sequence, p.repeated, p.asked_at, p.done_at";
    private static final String SELECT =
            "SELECT " + COLUMNS + " FROM poll p JOIN conversation c ON c.id=p.conversation WHERE ";

    /** The last answer of each contact: conversations follow a contact that is merged into another. */
    private static final String COUNTED = """
            WITH a AS (SELECT p.name, a.question, a.place, a.kind, a.value, a.correct, row_number() OVER (
                PARTITION BY p.name, a.question, c.contact ORDER BY a.answered_at DESC, p.id DESC) AS n
              FROM poll_answer a JOIN poll p ON p.id=a.poll JOIN conversation c ON c.id=p.conversation
              WHERE p.name=? AND p.asked_at>=? AND p.asked_at<?)
            """;

    private final Sql sql;

    Polls(Sql sql) {
        this.sql = sql;
    }

    /**
     * One that was asked.
     *
     * @param name in {@code polls.yaml}
     * @param question that waits for an answer; null when all are answered
     * @param sequence the place of the message that asked last in the conversation
     * @param repeated whether that question was asked again already
     * @param doneAt when the last question was answered; null while it is not
     */
    public record Asked(
            String id,
            String name,
            String conversation,
            String account,
            String language,
            @Nullable String question,
            long sequence,
            boolean repeated,
            Instant askedAt,
            @Nullable Instant doneAt) {
        @Override
        public String toString() {
            return "Asked[" + id + "]";
        }
    }

    /**
     * An answer.
     *
     * @param place of the question in the poll, from 0
     * @param kind what is answered to that question, in a word
     * @param choice the number of what was picked; null where there is nothing to pick
     * @param correct null where no answer is right or wrong
     */
    public record Answer(
            String question,
            int place,
            String kind,
            String value,
            @Nullable Integer choice,
            @Nullable Boolean correct,
            Instant at) {
        @Override
        public String toString() {
            return "Answer[" + question + "]";
        }
    }

    /**
     * The times at which a poll was asked that are looked at, in milliseconds.
     *
     * @param since inclusive
     * @param until exclusive
     */
    public record Asking(String name, long since, long until) {
        /** Of a poll whenever it was asked. */
        public static Asking ever(String name) {
            return new Asking(name, 0, Long.MAX_VALUE);
        }
    }

    /** An answer, and to which of the polls that were asked. */
    public record Given(Asked asked, Answer answer) {
        @Override
        public String toString() {
            return "Given[" + answer.question() + "]";
        }
    }

    /** How many contacts gave an answer. */
    public record Count(String value, @Nullable Boolean correct, long contacts) {
        @Override
        public String toString() {
            return "Count[" + contacts + "]";
        }
    }

    /** How many contacts answered a question, and what kind of answer it takes. */
    public record Answered(String question, String kind, long contacts) {}

    /**
     * How a poll went.
     *
     * @param asked how many contacts
     * @param done how many of them answered it to its end
     */
    public record Turnout(String name, long asked, long done) {}

    /** Notes that one is asked. */
    public void insert(Asked asked) {
        sql.update(
                "INSERT INTO poll(id,name,conversation,account,language,question,sequence,repeated,asked_at,done_at)"
                        + " VALUES(?,?,?,?,?,?,?,?,?,?)",
                asked.id(),
                asked.name(),
                asked.conversation(),
                asked.account(),
                asked.language(),
                asked.question(),
                asked.sequence(),
                asked.repeated() ? 1 : 0,
                asked.askedAt().toEpochMilli(),
                null);
    }

    public Optional<Asked> find(String id) {
        return sql.one(SELECT + "p.id=?", Polls::read, id);
    }

    /** The last that a contact was asked on a channel. */
    public Optional<Asked> latest(String contact, String account) {
        return sql.one(
                SELECT + "c.contact=? AND p.account=? ORDER BY p.asked_at DESC, p.id DESC LIMIT 1",
                Polls::read,
                contact,
                account);
    }

    /** When a contact was last asked which poll, on whatever channel. */
    public Map<String, Instant> asked(String contact) {
        Map<String, Instant> asked = new HashMap<>();
        sql.all(SELECT + "c.contact=? ORDER BY p.asked_at, p.id", Polls::read, contact)
                .forEach(one -> asked.put(one.name(), one.askedAt()));
        return asked;
    }

    public List<Asked> of(String conversation) {
        return sql.all(SELECT + "p.conversation=? ORDER BY p.asked_at, p.id", Polls::read, conversation);
    }

    /** Those in a contact's conversations that were asked up to a time, the latest first. */
    public List<Asked> ofContact(String contact, long until, int most) {
        return sql.all(
                SELECT + "c.contact=? AND p.asked_at<=? ORDER BY p.asked_at DESC, p.id DESC LIMIT ?",
                Polls::read,
                contact,
                until,
                most);
    }

    /** What a contact answered last up to a time, the latest first. */
    public List<Given> given(String contact, long until, int most) {
        return sql.all(
                "SELECT " + COLUMNS + ", a.question, a.place, a.kind, a.value, a.choice, a.correct, a.answered_at"
                        + " FROM conversation c JOIN poll p ON p.conversation=c.id JOIN poll_answer a ON a.poll=p.id"
                        + " WHERE c.contact=? AND a.answered_at<=? ORDER BY a.answered_at DESC, p.id DESC, a.question LIMIT ?",
                row -> {
                    Columns columns = new Columns(row);
                    return new Given(read(columns), answer(columns));
                },
                contact,
                until,
                most);
    }

    /** A question waits for its answer; null for the end. */
    public void waits(String id, @Nullable String question, long sequence, boolean repeated, long now) {
        sql.update(
                "UPDATE poll SET question=?, sequence=?, repeated=?, done_at=? WHERE id=?",
                question,
                sequence,
                repeated ? 1 : 0,
                question == null ? now : null,
                id);
    }

    /** Takes an answer in the place of an earlier one. */
    public void answered(String id, Answer answer) {
        Boolean correct = answer.correct();
        sql.update(
                "INSERT INTO poll_answer(poll,question,place,kind,value,choice,correct,answered_at) VALUES(?,?,?,?,?,?,?,?)"
                        + " ON CONFLICT(poll,question) DO UPDATE SET place=excluded.place, kind=excluded.kind, value=excluded.value, choice=excluded.choice,"
                        + " correct=excluded.correct, answered_at=excluded.answered_at",
                id,
                answer.question(),
                answer.place(),
                answer.kind(),
                answer.value(),
                answer.choice(),
                correct == null ? null : correct ? 1 : 0,
                answer.at().toEpochMilli());
    }

    /** What was answered, in the order of the questions. */
    public List<Answer> answers(String id) {
        return sql.all(
                "SELECT question, place, kind, value, choice, correct, answered_at FROM poll_answer WHERE poll=?"
                        + " ORDER BY place, question",
                row -> answer(new Columns(row)),
                id);
    }

    private static Answer answer(Columns columns) throws SQLException {
        String question = columns.text();
        int place = columns.number();
        String kind = columns.text();
        String value = columns.text();
        String choice = columns.textOrNull();
        return new Answer(
                question,
                place,
                kind,
                value,
                choice == null ? null : Integer.valueOf(choice),
                correct(columns.textOrNull()),
                columns.time());
    }

    /** All that were ever asked, by name: a contact counts once. */
    public List<Turnout> turnouts() {
        return turnouts(0, Long.MAX_VALUE);
    }

    /** The same of those that were asked in a time. */
    public List<Turnout> turnouts(long since, long until) {
        return sql.all(
                "SELECT p.name, count(DISTINCT c.contact), count(DISTINCT CASE WHEN p.done_at IS NOT NULL THEN c.contact END)"
                        + " FROM poll p JOIN conversation c ON c.id=p.conversation WHERE p.asked_at>=? AND p.asked_at<?"
                        + " GROUP BY p.name ORDER BY p.name",
                row -> new Turnout(row.getString(1), row.getLong(2), row.getLong(3)),
                since,
                until);
    }

    /** How many contacts gave which answer to a question, the most frequent first. */
    public List<Count> counts(Asking asking, String question, int most) {
        return sql.all(
                COUNTED + "SELECT value, max(correct), count(*) FROM a WHERE n=1 AND question=? GROUP BY value"
                        + " ORDER BY count(*) DESC, value LIMIT ?",
                row -> new Count(row.getString(1), correct(row.getString(2)), row.getLong(3)),
                asking.name(),
                asking.since(),
                asking.until(),
                question,
                most);
    }

    /** The numbers that contacts answered to a question. */
    public List<BigDecimal> numbers(Asking asking, String question, int most) {
        return sql.all(
                COUNTED + "SELECT value FROM a WHERE n=1 AND question=? LIMIT ?",
                row -> new BigDecimal(row.getString(1)),
                asking.name(),
                asking.since(),
                asking.until(),
                question,
                most);
    }

    /** The questions of a poll that were ever answered, in order. */
    public List<Answered> questions(Asking asking) {
        return sql.all(
                COUNTED + "SELECT question, max(kind), count(*) FROM a WHERE n=1 GROUP BY question"
                        + " ORDER BY min(place), question",
                row -> new Answered(row.getString(1), row.getString(2), row.getLong(3)),
                asking.name(),
                asking.since(),
                asking.until());
    }

    private static Asked read(ResultSet row) throws SQLException {
        return read(new Columns(row));
    }

    private static Asked read(Columns columns) throws SQLException {
        return new Asked(
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.textOrNull(),
                columns.big(),
                columns.big() == 1,
                columns.time(),
                columns.timeOrNull());
    }

    private static @Nullable Boolean correct(@Nullable String text) {
        return text == null ? null : text.equals("1");
    }
}
