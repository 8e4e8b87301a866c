// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.listen.Listening;
import io.dragoman.rules.listen.NegativeWords;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is heard of what people write.
 *
 * <pre>public: true, stream: complaints, negative: 2</pre>
 */
final class ListeningConditions {
    static final List<ConditionType> TYPES = List.of(
            ConditionType.of(
                    "public",
                    Form.FLAG,
                    "Whether everybody can read the conversation: a comment below a post.",
                    "true",
                    (label, node, context) -> Flag.read(
                            label,
                            node,
                            context.problems(),
                            facts -> facts.situation().isPublic(),
                            "everybody can read it")),
            ConditionType.of(
                    "stream",
                    Form.TEXTS,
                    "One of these streams of listening.yaml hears it.",
                    "complaints",
                    ListeningConditions::stream),
            ConditionType.of(
                    "negative",
                    Form.TEXT,
                    "The negative words found in it have this score at least; true is 1, false none at all.",
                    "2",
                    ListeningConditions::negative));

    private static final int MOST = 100;

    private static List<Condition> stream(String label, Node node, ConditionContext context) {
        Listening listening = context.listening();
        List<String> wanted =
                RuleValues.allKnown(node, "stream in listening.yaml", listening.ids(), context.problems());
        return List.of(new Condition(QuotedText.label(label, wanted), facts -> {
            List<Listening.Heard> heard = listening.heard(facts).stream()
                    .filter(one -> wanted.contains(one.stream().id()))
                    .toList();
            return heard.isEmpty()
                    ? new Finding(
                            false,
                            facts.situation().isPublic()
                                    ? "it does not hear this"
                                    : "streams hear what is public, and this is not")
                    : new Finding(
                            true,
                            heard.get(0).stream().id() + ": " + heard.get(0).why());
        }));
    }

    private static List<Condition> negative(String label, Node node, ConditionContext context) {
        Integer least = least(node, context.problems());
        if (least == null) {
            return List.of();
        }
        NegativeWords words = context.listening().negative();
        return List.of(new Condition(label + ": " + node.text().strip(), facts -> {
            NegativeWords.Score score = words.score(facts);
            boolean passed = least == 0 ? score.points() == 0 : score.points() >= least;
            return new Finding(passed, score.words());
        }));
    }

    private static @Nullable Integer least(Node node, Problems problems) {
        String text = node.needText(problems).strip();
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true") ? 1 : 0;
        }
        if (text.matches("[1-9]\\d{0,2}") && Integer.parseInt(text) <= MOST) {
            return Integer.valueOf(text);
        }
        if (node.shape() == Node.Shape.TEXT) {
            problems.add(
                    node,
                    "is " + QuotedText.quote(text) + " but must be true, false, or a score from 1 to " + MOST + ".");
        }
        return null;
    }

    private ListeningConditions() {}
}
