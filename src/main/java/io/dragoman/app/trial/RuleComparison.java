// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.trial;

import io.dragoman.app.query.PlainWords;
import io.dragoman.connector.Account;
import io.dragoman.journey.RepeatedText;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Message;
import io.dragoman.rules.Decision;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.facts.Situation;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What other rules would have made of the messages that came. Each meets its conversation as it is now. Blocks. */
public final class RuleComparison {
    private static final int PAGE = 500;
    private static final int LONGEST_TEXT = 200;

    private final ReadAccess store;

    public RuleComparison(ReadAccess store) {
        this.store = store;
    }

    /**
     * One message that would be treated otherwise.
     *
     * @param changes each as {@code team a -> b}; what no message causes as {@code silence: 30m: team a -> b},
     *     and a survey by the language in which it is sent: {@code survey csat - -> en}
     * @param text the beginning of the message; null where it is not told
     */
    public record Difference(
            String message,
            Instant receivedAt,
            String channel,
            List<String> changes,
            @Nullable String text) {
        /** Without what the message says. */
        public Difference(String message, Instant receivedAt, String channel, List<String> changes) {
            this(message, receivedAt, channel, changes, null);
        }

        @Override
        public String toString() {
            return "Difference[" + message + "]";
        }
    }

    /**
     * All of them.
     *
     * @param messages how many were compared
     * @param complete whether those were all that there are
     */
    public record ComparisonReport(int messages, List<Difference> differences, boolean complete) {}

    /**
     * How much is compared.
     *
     * @param messages the most
     * @param differences after how many it is enough
     * @param over whether the time for it is over
     */
    public record Bounds(int messages, int differences, BooleanSupplier over) {
        /** Everything, however long it takes. */
        public static final Bounds NONE = new Bounds(Integer.MAX_VALUE, Integer.MAX_VALUE, () -> false);
    }

    /**
     * Runs all messages received from a time on through both.
     *
     * @param channels the channel of an id; messages of others are left out
     * @param desk where conversations go unless a rule says otherwise
     */
    public ComparisonReport compare(
            Function<String, Optional<Account>> channels,
            String desk,
            Instant from,
            Function<Situation, Decision> now,
            Function<Situation, Decision> other) {
        return compare(channels, desk, from, now, other, TriggerReplay.NONE, Bounds.NONE);
    }

    /**
     * The same within bounds, the oldest messages first.
     *
     * @param replay what happened beside messages; a difference is the message's that it followed
     */
    public ComparisonReport compare(
            Function<String, Optional<Account>> channels,
            String desk,
            Instant from,
            Function<Situation, Decision> now,
            Function<Situation, Decision> other,
            TriggerReplay replay,
            Bounds bounds) {
        List<Difference> differences = new ArrayList<>();
        SurveyReplay surveys = replay.surveys(from);
        int messages = 0;
        List<Events.Stored> page = page(from, "");
        while (!page.isEmpty()) {
            for (Events.Stored stored : page) {
                Optional<Account> account = channels.apply(stored.source());
                if (messages >= bounds.messages()
                        || differences.size() >= bounds.differences()
                        || bounds.over().getAsBoolean()) {
                    return new ComparisonReport(messages, differences, false);
                }
                if (account.isPresent()) {
                    messages++;
                    Situation situation = store.read(tx -> situation(tx, account.get(), desk, stored));
                    List<String> changes;
                    try {
                        changes = new ArrayList<>(changes(now.apply(situation), other.apply(situation)));
                        for (Situation later : store.read(tx -> replay.after(tx, stored.id()))) {
                            changes(now.apply(later), other.apply(later)).stream()
                                    .map(change -> later.trigger().words() + ": " + change)
                                    .forEach(changes::add);
                        }
                        changes.addAll(store.read(tx -> surveys.changes(tx, stored.id())));
                    } catch (RuleBook.TookTooLong e) {
                        return new ComparisonReport(messages - 1, differences, false);
                    }
                    if (!changes.isEmpty()) {
                        differences.add(new Difference(
                                stored.id(),
                                stored.receivedAt(),
                                stored.source(),
                                changes,
                                PlainWords.line(situation.event().parts(), LONGEST_TEXT)));
                    }
                }
            }
            page = page(from, page.get(page.size() - 1).id());
        }
        return new ComparisonReport(messages, differences, true);
    }

    private List<Events.Stored> page(Instant from, String after) {
        return store.read(tx -> tx.events().messages(from.toEpochMilli(), after, PAGE));
    }

    private static Situation situation(Tx tx, Account account, String desk, Events.Stored stored) {
        MessageReceived event = RepeatedText.cut(tx, stored.source(), (MessageReceived) stored.event());
        Optional<Message> message = tx.messages().find(stored.id()).filter(found -> found.sequence() > 1);
        Optional<Versioned> found = message.flatMap(later -> tx.conversations().find(later.conversation()));
        return found.flatMap(versioned -> tx.contacts()
                        .find(versioned.conversation().contact())
                        .map(contact -> new Situation(
                                event,
                                versioned.conversation(),
                                contact,
                                false,
                                Situation.Tally.NONE,
                                stored.receivedAt())))
                .orElseGet(() -> SampleSituations.first(account, desk, event, stored.receivedAt()));
    }

    /** Whatever the rules set or add, by subject. */
    public static List<String> changes(Decision now, Decision other) {
        Set<String> subjects = new LinkedHashSet<>(now.subjects());
        subjects.addAll(other.subjects());
        return subjects.stream()
                .filter(subject -> !now.values(subject).equals(other.values(subject)))
                .map(subject -> subject + " " + shown(now.values(subject)) + " -> " + shown(other.values(subject)))
                .toList();
    }

    private static String shown(List<String> values) {
        return values.isEmpty() ? "-" : String.join(" ", values);
    }
}
