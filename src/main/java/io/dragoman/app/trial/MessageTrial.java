// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.trial;

import io.dragoman.connector.Account;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Situation;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message made up to see what the rules do with it.
 *
 * @param from the address of who writes
 * @param subject of a mail
 * @param language a BCP 47 tag
 */
public record MessageTrial(
        String from,
        String text,
        @Nullable String subject,
        @Nullable String language) {
    /**
     * What the rules said.
     *
     * @param desk where the conversation goes
     */
    public record TrialReport(
            String channel, Instant at, @Nullable String desk, Decision decision) {}

    /**
     * Lets somebody who never wrote before say it; sends nothing and stores nothing.
     *
     * @param desk where conversations go unless a rule says otherwise
     */
    public TrialReport run(Account channel, String desk, Function<Situation, Decision> rules, Instant now) {
        Situation situation = SampleSituations.first(channel, desk, message(channel, now), now);
        Decision decision = rules.apply(situation);
        ConversationBuilder after = situation.conversation().change();
        decision.change(after);
        return new TrialReport(channel.id(), now, after.build().desk(), decision);
    }

    private CustomerEvent.MessageReceived message(Account channel, Instant now) {
        Identity identity = new Identity(channel.kind(), JsonFields.clean(from), false);
        CustomerEvent.Threading threading = subject == null
                ? CustomerEvent.Threading.NONE
                : new CustomerEvent.Threading(null, null, List.of(), JsonFields.clean(subject));
        return new CustomerEvent.MessageReceived(
                "try",
                now,
                new CustomerEvent.Sender(identity.value(), List.of(identity), null, language),
                "try",
                List.of(new Part.Text(JsonFields.clean(text))),
                null,
                threading,
                null,
                null,
                null);
    }

    @Override
    public String toString() {
        return "MessageTrial[…]";
    }
}
