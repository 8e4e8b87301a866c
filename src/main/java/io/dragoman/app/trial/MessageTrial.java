// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.trial;

import io.dragoman.connector.Account;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.model.Purpose;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.AnswerQuestion;
import io.dragoman.rules.action.AskPoll;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages made up to see what the rules do with them, one after the other in one conversation.
 *
 * @param from the address of who writes
 * @param texts one message each; without any, the attachments alone are the message
 * @param attachments of the first message
 * @param subject of a mail
 * @param language a BCP 47 tag
 * @param attributes that the conversation has before the first message
 * @param known of the contact before the first message
 */
public record MessageTrial(
        String from,
        List<String> texts,
        List<Part.Media> attachments,
        @Nullable String subject,
        @Nullable String language,
        Map<String, String> attributes,
        Known known) {
    /**
     * What is known of a contact.
     *
     * @param consents what they said last on the channel, by purpose
     */
    public record Known(
            List<String> tags,
            Map<String, String> attributes,
            List<CustomerOrder> orders,
            Map<Purpose, Boolean> consents) {
        public Known {
            tags = List.copyOf(tags);
            attributes = Map.copyOf(attributes);
            orders = List.copyOf(orders);
            consents = Map.copyOf(consents);
        }
    }

    public MessageTrial {
        texts = List.copyOf(texts);
        attachments = List.copyOf(attachments);
        attributes = Map.copyOf(attributes);
    }

    /**
     * What the rules said of one message.
     *
     * @param desk where the conversation goes
     */
    public record TrialReport(
            String channel, Instant at, @Nullable String desk, Decision decision) {}

    /**
     * Lets somebody who never wrote before write these; sends nothing and stores nothing. Each message meets the
     * conversation and the contact as the rules left them before.
     *
     * @param desk where conversations go unless a rule says otherwise
     */
    public List<TrialReport> run(Account channel, String desk, Function<Situation, Decision> rules, Instant now) {
        return run(channel, desk, rules, now, null);
    }

    /**
     * The same, and what the rules say of what happens after the last message.
     *
     * @param then null for nothing
     */
    public List<TrialReport> run(
            Account channel, String desk, Function<Situation, Decision> rules, Instant now, @Nullable Trigger then) {
        List<List<Part>> messages = messages();
        Situation next = start(channel, desk, messages.get(0), now);
        List<TrialReport> reports = new ArrayList<>();
        for (List<Part> parts : messages) {
            Situation situation = writing(next, event(channel, parts, now));
            Decision decision = rules.apply(situation);
            next = after(situation, decision);
            reports.add(new TrialReport(
                    channel.id(), now, changed(situation, decision).desk(), decision));
        }
        if (then != null) {
            Situation situation = next.after(then);
            Decision decision = rules.apply(situation);
            ConversationBuilder after = situation.conversation().change();
            decision.apply(after);
            reports.add(
                    new TrialReport(channel.id(), situation.now(), after.build().desk(), decision));
        }
        return reports;
    }

    private List<List<Part>> messages() {
        List<List<Part>> messages = new ArrayList<>();
        for (String text : texts) {
            Part words = new Part.Text(JsonFields.clean(text));
            messages.add(Stream.concat(Stream.of(words), messages.isEmpty() ? attachments.stream() : Stream.of())
                    .toList());
        }
        return messages.isEmpty() ? List.of(List.copyOf(attachments)) : messages;
    }

    private Situation start(Account channel, String desk, List<Part> parts, Instant now) {
        Situation first = SampleSituations.first(channel, desk, event(channel, parts, now), now);
        ConversationBuilder conversation = first.conversation().change().attributes(attributes);
        Contact contact = first.contact().tagged(known.tags()).knowing(known.attributes(), known.orders());
        return new Situation(
                first.event(), conversation.build(), contact, true, Situation.Tally.NONE.with(known.consents()), now);
    }

    private static Situation writing(Situation before, CustomerEvent.MessageReceived event) {
        return new Situation(
                event, before.conversation(), before.contact(), before.first(), before.tally(), before.now());
    }

    /** A message that is dropped leaves everything as it was. */
    private static Situation after(Situation before, Decision decision) {
        if (decision.drop() != null) {
            return before;
        }
        boolean answers = decision.answer()
                .map(AnswerQuestion::outcome)
                .filter(AnswerOutcome::speaks)
                .isPresent();
        Optional<AskPoll> ask = decision.ask().filter(AskPoll::isEffective);
        int replies =
                (int) decision.replies().stream().filter(SendReply::isEffective).count()
                        + (answers ? 1 : 0)
                        + (ask.isPresent() ? 1 : 0);
        Situation.Tally tally = before.tally();
        return new Situation(
                before.event(),
                changed(before, decision),
                decision.change(before.contact()),
                false,
                new Situation.Tally(
                                tally.contact() + replies,
                                tally.conversation() + replies,
                                tally.gateway() + replies,
                                null)
                        .with(tally.consents())
                        .asked(asked(before, ask))
                        .guessing(decision.answer()
                                .map(AnswerQuestion::outcome)
                                .map(AnswerOutcome::language)
                                .orElse(tally.guess())),
                before.now());
    }

    private static Map<String, Instant> asked(Situation before, Optional<AskPoll> ask) {
        Map<String, Instant> asked = new HashMap<>(before.tally().asked());
        ask.ifPresent(one -> asked.put(one.poll(), before.now()));
        return asked;
    }

    private static Conversation changed(Situation situation, Decision decision) {
        ConversationBuilder after = situation.conversation().change();
        decision.change(after);
        return after.build();
    }

    private CustomerEvent.MessageReceived event(Account channel, List<Part> parts, Instant now) {
        Identity identity = new Identity(channel.kind(), JsonFields.clean(from), false);
        CustomerEvent.Threading threading = subject == null
                ? CustomerEvent.Threading.NONE
                : new CustomerEvent.Threading(null, null, List.of(), JsonFields.clean(subject));
        return new CustomerEvent.MessageReceived(
                "try",
                now,
                new CustomerEvent.Sender(identity.value(), List.of(identity), null, language),
                "try",
                parts,
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
