// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.trial;

import io.dragoman.connector.Account;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Message;
import io.dragoman.model.Words;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Situation;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What other rules would have made of the messages that came. Each meets its conversation as it is now. Blocks. */
public final class RuleComparison {
    private static final int PAGE = 500;

    private final ReadAccess store;

    public RuleComparison(ReadAccess store) {
        this.store = store;
    }

    /**
     * One message that would be treated otherwise.
     *
     * @param changes each as {@code team a -> b}
     */
    public record Difference(String message, Instant receivedAt, String channel, List<String> changes) {}

    /**
     * All of them.
     *
     * @param messages how many were compared
     */
    public record ComparisonReport(int messages, List<Difference> differences) {}

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
        List<Difference> differences = new ArrayList<>();
        int messages = 0;
        List<Events.Stored> page = page(from, "");
        while (!page.isEmpty()) {
            for (Events.Stored stored : page) {
                Optional<Account> account = channels.apply(stored.source());
                if (account.isPresent()) {
                    messages++;
                    Situation situation = store.read(tx -> situation(tx, account.get(), desk, stored));
                    List<String> changes = changes(now.apply(situation), other.apply(situation));
                    if (!changes.isEmpty()) {
                        differences.add(new Difference(stored.id(), stored.receivedAt(), stored.source(), changes));
                    }
                }
            }
            page = page(from, page.get(page.size() - 1).id());
        }
        return new ComparisonReport(messages, differences);
    }

    private List<Events.Stored> page(Instant from, String after) {
        return store.read(tx -> tx.events().messages(from.toEpochMilli(), after, PAGE));
    }

    private static Situation situation(Tx tx, Account account, String desk, Events.Stored stored) {
        MessageReceived event = (MessageReceived) stored.event();
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

    private static List<String> changes(Decision now, Decision other) {
        List<String> changes = new ArrayList<>();
        change(changes, "team", now.team(), other.team());
        change(changes, "tags", String.join(" ", now.tags()), String.join(" ", other.tags()));
        change(changes, "priority", now.priority(), other.priority());
        change(changes, "desk", now.desk(), other.desk());
        change(changes, "reply", reply(now), reply(other));
        change(changes, "drop", now.drop(), other.drop());
        return changes;
    }

    private static void change(List<String> changes, String what, @Nullable Object now, @Nullable Object other) {
        if (!Objects.equals(now, other)) {
            changes.add(what + " " + word(now) + " -> " + word(other));
        }
    }

    private static String word(@Nullable Object value) {
        String word = value instanceof Enum<?> constant ? Words.of(constant) : Objects.toString(value, "");
        return word.isEmpty() ? "-" : word;
    }

    private static String reply(Decision decision) {
        return decision.replies().stream()
                .filter(reply -> reply.suppressed() == null)
                .map(Decision.Reply::reply)
                .collect(Collectors.joining(" "));
    }
}
