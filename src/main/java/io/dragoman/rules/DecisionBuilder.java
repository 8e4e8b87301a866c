// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.Decision.Check;
import io.dragoman.rules.Decision.Considered;
import io.dragoman.rules.action.Action;
import io.dragoman.rules.action.ReplyWriter;
import io.dragoman.rules.facts.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** The finished decision. */
    Decision decide(ReplyWriter replies) {
        List<Action> settled = new ArrayList<>();
        for (Taken each : taken) {
            Action action = each.action().settled(each.rule(), replies);
            action.settlement().ifPresent(each.said()::add);
            settled.add(action);
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
