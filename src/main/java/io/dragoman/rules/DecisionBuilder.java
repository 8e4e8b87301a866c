// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Conversation.Priority;
import io.dragoman.rules.Decision.Check;
import io.dragoman.rules.Decision.Considered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A decision in the making: what is set once keeps the value of the first rule. For one thread. */
final class DecisionBuilder {
    private final Map<String, Choice> set = new HashMap<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private boolean close;

    /** A value, and the rule that set it. */
    record Choice(String value, String rule, List<String> said) {}

    private record Entry(Rule rule, boolean matched, List<Check> checks, List<String> said) {}

    /** Records a rule; when it matched, also what it asks for. */
    void consider(Rule rule, boolean matched, List<Check> checks) {
        List<String> said = new ArrayList<>();
        entries.add(new Entry(rule, matched, checks, said));
        if (!matched) {
            return;
        }
        Rule.Actions then = rule.then();
        Priority priority = then.priority();
        set("reply", then.reply(), rule, said);
        set("team", then.team(), rule, said);
        set("priority", priority == null ? null : ConditionReader.word(priority), rule, said);
        set("desk", then.desk(), rule, said);
        set("drop", then.drop(), rule, said);
        for (String tag : then.tags()) {
            said.add(
                    tags.add(tag)
                            ? "adds tag " + QuotedText.quote(tag)
                            : "tag " + QuotedText.quote(tag) + " was added before");
        }
        if (then.close()) {
            said.add(close ? "the conversation was closed before" : "closes the conversation");
            close = true;
        }
        if (then.note() != null) {
            notes.add(then.note());
            said.add("adds a note");
        }
        if (rule.stop()) {
            said.add("stops here");
        }
    }

    private void set(String what, @Nullable String value, Rule rule, List<String> said) {
        if (value == null) {
            return;
        }
        Choice first = set.putIfAbsent(what, new Choice(value, rule.name(), said));
        said.add(
                first == null
                        ? "sets " + what + " to " + QuotedText.quote(value)
                        : what + " stays " + QuotedText.quote(first.value()) + " as rule "
                                + QuotedText.quote(first.rule()) + " set it; this rule asks for "
                                + QuotedText.quote(value));
    }

    /** The reply that is asked for. */
    @Nullable
    Choice reply() {
        return set.get("reply");
    }

    @Nullable
    String team() {
        return value("team");
    }

    @Nullable
    Priority priority() {
        String word = value("priority");
        return word == null ? null : Priority.valueOf(word.toUpperCase(Locale.ROOT));
    }

    Set<String> tags() {
        return tags;
    }

    private @Nullable String value(String what) {
        Choice choice = set.get(what);
        return choice == null ? null : choice.value();
    }

    /** The finished decision. */
    Decision decide(List<Decision.Reply> replies) {
        List<Considered> considered = entries.stream()
                .map(entry -> new Considered(entry.rule().name(), entry.matched(), entry.checks(), entry.said()))
                .toList();
        return new Decision(
                team(), List.copyOf(tags), priority(), value("desk"), value("drop"), close, notes, replies, considered);
    }
}
