// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.Decision.Check;
import io.dragoman.rules.Decision.Considered;
import io.dragoman.rules.action.Action;
import io.dragoman.rules.action.AddTag;
import io.dragoman.rules.action.AskApproval;
import io.dragoman.rules.action.DropMessage;
import io.dragoman.rules.action.HearStream;
import io.dragoman.rules.action.ReplyWriter;
import io.dragoman.rules.facts.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A decision in the making: of actions that exclude each other, that of the first rule stays. For one thread. */
final class DecisionBuilder {
    private final Map<String, Taken> slots = new HashMap<>();
    private final List<Taken> taken = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /** An action, the rule that asked for it, and what is said of that rule. */
    private record Taken(Action action, String rule, List<String> said) {}

    private record Entry(Rule rule, boolean matched, List<Check> checks, List<String> said) {}

    /** Records a rule; when it matched, also what it asks for. */
    void consider(Rule rule, boolean matched, List<Check> checks) {
        List<String> said = new ArrayList<>();
        entries.add(new Entry(rule, matched, checks, said));
        if (!matched) {
            return;
        }
        rule.then().forEach(action -> take(new Taken(action, rule.name(), said)));
        if (rule.stop()) {
            said.add("stops here");
        }
    }

    /** A stream hears the message, before the rules are asked: its tags are there already when they add theirs. */
    void hear(String stream, String why, List<String> tags) {
        List<String> unsaid = new ArrayList<>();
        take(new Taken(new HearStream(stream, why), stream, unsaid));
        tags.forEach(tag -> take(new Taken(new AddTag(tag), stream, unsaid)));
    }

    /** The decision on what goes nowhere without any rule. */
    Decision dropped(String why) {
        return new Decision(List.of(new DropMessage(why)), List.of());
    }

    private void take(Taken next) {
        Action action = next.action();
        @Nullable
        Taken first = action.slot().map(slot -> slots.putIfAbsent(slot, next)).orElse(null);
        if (first == null) {
            taken.add(next);
        }
        next.said().add(first == null ? action.done() : action.overridden(first.action(), first.rule()));
    }

    /** The situation with conversation and contact as the rules have decided that they are from now on. */
    Situation decided(Situation before) {
        Decision decision = decision(taken.stream().map(Taken::action).toList());
        ConversationBuilder conversation = before.conversation().change();
        decision.change(conversation);
        return new Situation(
                before.event(),
                conversation.build(),
                decision.change(before.contact()),
                before.first(),
                before.tally(),
                before.now(),
                before.trigger(),
                before.unreachable());
    }

    /**
     * The finished decision.
     *
     * @param approves whether answers wait for approval where the rule does not say
     * @param expires how long they wait
     */
    Decision decide(ReplyWriter replies, boolean approves, Duration expires) {
        List<Action> settled = new ArrayList<>();
        for (Taken each : taken) {
            Action action = each.action().settled(each.rule(), replies);
            action.settlement().ifPresent(each.said()::add);
            settled.add(action);
        }
        Set<String> speaking = new LinkedHashSet<>();
        settled.forEach(action -> action.speaks().ifPresent(speaking::add));
        Map<String, AskApproval> said = new HashMap<>();
        settled.stream()
                .filter(AskApproval.class::isInstance)
                .map(AskApproval.class::cast)
                .forEach(asked -> said.putIfAbsent(asked.rule(), asked));
        settled.removeAll(said.values());
        for (String rule : speaking) {
            AskApproval asked = said.get(rule);
            if (asked == null ? approves : asked.needed()) {
                settled.add(AskApproval.of(rule, expires));
            }
        }
        return decision(settled);
    }

    private Decision decision(List<Action> actions) {
        return new Decision(
                actions,
                entries.stream()
                        .map(entry ->
                                new Considered(entry.rule().name(), entry.matched(), entry.checks(), entry.said()))
                        .toList());
    }
}
