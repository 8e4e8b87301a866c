// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Words;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a rule waits for: {@code on: closed}, {@code on: {silence: 30m}}. */
final class TriggerReader {
    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(
                    SchemaKey.RULE + "on",
                    Form.TRIGGER,
                    List.of("message", "closed", "survey", "poll", "comment", "contact"),
                    "What the rule waits for; without it, for a customer's message.",
                    "{silence: 30m}"),
            new SchemaKey(
                    "trigger.silence",
                    Form.TEXT,
                    "How long nobody has answered the customer: 45s, 30m, 2h, 3d.",
                    "30m"),
            new SchemaKey("trigger.closed", Form.TEXT, "How long after the conversation was closed.", "1h"));

    /** What may have a time. */
    private static final Set<String> TIMED = Set.of("silence", "closed");

    /** What makes no sense where no message is decided on. */
    private static final Map<String, String> OF_MESSAGES =
            Map.of("drop", "there is no message to drop.", "answer", "there is no question to answer.");

    private final Problems problems;

    TriggerReader(Problems problems) {
        this.problems = problems;
    }

    /** What a rule waits for; a customer's message where it does not say, or what it says cannot stand. */
    Trigger read(Node rule) {
        Trigger trigger = rule.get("on").map(this::trigger).orElse(Trigger.MESSAGE);
        if (!trigger.isMessage()) {
            OF_MESSAGES.forEach((action, why) -> rule.get(action)
                    .ifPresent(node -> problems.add(
                            node, "cannot stand in a rule that waits for " + trigger.words() + ": " + why)));
        }
        return trigger;
    }

    private Trigger trigger(Node node) {
        if (node.shape() == Node.Shape.MAP) {
            return timed(node);
        }
        List<String> words = Words.all(On.class);
        String word = RuleValues.known(node, "thing to wait for", words, problems);
        if ("silence".equals(word)) {
            problems.add(node, "is silence but must say for how long, such as on: {silence: 30m}.");
            return Trigger.MESSAGE;
        }
        return word == null
                ? Trigger.MESSAGE
                : Trigger.of(Words.find(On.class, word).orElseThrow());
    }

    private Trigger timed(Node node) {
        node.allowKeys(problems, TIMED);
        if (node.entries().size() != 1) {
            problems.add(node, "must have one entry, such as {silence: 30m} or {closed: 1h}.");
            return Trigger.MESSAGE;
        }
        Map.Entry<String, Node> entry = node.entries().entrySet().iterator().next();
        Duration after = RuleValues.duration(entry.getValue(), problems);
        return after == null || !TIMED.contains(entry.getKey())
                ? Trigger.MESSAGE
                : new Trigger(Words.find(On.class, entry.getKey()).orElseThrow(), after);
    }
}
