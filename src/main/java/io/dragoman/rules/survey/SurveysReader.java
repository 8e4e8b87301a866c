// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.survey;

import io.dragoman.model.Words;
import io.dragoman.rules.condition.Condition;
import io.dragoman.rules.condition.Conditions;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.survey.Survey.Kind;
import io.dragoman.rules.survey.Survey.Scale;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code surveys.yaml}. */
public final class SurveysReader {
    private static final String SURVEY = "surveys.*.";

    /** The keys of {@code surveys.yaml}. */
    public static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(
                    SURVEY + "kind",
                    Form.WORD,
                    List.of("csat", "nps", "ces", "own"),
                    "What it measures: csat 1 to 5, nps 0 to 10, ces 1 to 7, or a question of your own.",
                    "csat"),
            new SchemaKey(
                    SURVEY + "text",
                    Form.REPLY,
                    "The question, for everybody or by language.",
                    "{en: How content are you?, de: Wie zufrieden sind Sie?}"),
            new SchemaKey(
                    SURVEY + "choices",
                    Form.MAP,
                    "What can be picked instead of a number, from the least score on, by language or as default.",
                    "{en: [Bad, Poor, Fair, Good, Great]}"),
            new SchemaKey(
                    SURVEY + "comment",
                    Form.REPLY,
                    "Asks for a comment after the answer; without it, none is asked for.",
                    "{en: What could we do better?}"),
            new SchemaKey(SURVEY + "thanks", Form.REPLY, "What is said at the end.", "{en: Thank you!}"),
            new SchemaKey(SURVEY + "after", Form.TEXT, "How long after closing it is sent; 5m unless said.", "5m"),
            new SchemaKey(
                    SURVEY + "every",
                    Form.TEXT,
                    "For how long a contact gets it once at most; 30d unless said, 90d of nps.",
                    "30d"),
            new SchemaKey(SURVEY + "expires", Form.TEXT, "How long answers are understood; 7d unless said.", "7d"),
            new SchemaKey(
                    SURVEY + "when",
                    Form.MAP,
                    "Conditions as those of rules, which the conversation must meet.",
                    "{}"));

    private static final Set<String> NAMES = SchemaKey.names(KEYS, SURVEY);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,39}");
    private static final List<String> FACES = List.of("😡", "🙁", "😐", "🙂", "😍");
    private static final int MOST_CHOICES = 10;

    private final Conditions conditions;
    private final Problems problems;
    private final WordingReader wording;

    public SurveysReader(Conditions conditions, Problems problems) {
        this.conditions = conditions;
        this.problems = problems;
        this.wording = new WordingReader(problems);
    }

    /** The surveys of a file's root, in its order; null is no file. */
    public List<Survey> read(@Nullable Node root) {
        List<Survey> surveys = new ArrayList<>();
        if (root != null) {
            root.needEntries(problems);
            root.allowKeys(problems, Set.of("surveys"));
            root.get("surveys").filter(map -> map.shape() != Node.Shape.EMPTY).ifPresent(map -> map.needEntries(
                            problems)
                    .forEach((name, node) -> surveys.add(survey(name, node))));
        }
        return List.copyOf(surveys);
    }

    private Survey survey(String name, Node node) {
        node.needEntries(problems);
        node.allowKeys(problems, NAMES);
        if (!NAME.matcher(name).matches()) {
            problems.add(node, "stands under '" + name + "': a survey's name is at most 40 letters, digits, - and _.");
        }
        String word = node.get("kind")
                .map(kind -> RuleValues.known(kind, "kind of survey", Words.all(Kind.class), problems))
                .orElse(null);
        if (word == null && node.get("kind").isEmpty()) {
            problems.missing(node, "kind", "is missing: csat, nps, ces or own.");
        }
        Kind kind = word == null ? Kind.CSAT : Words.find(Kind.class, word).orElseThrow();
        Map<String, String> texts = wording.texts(node, "text");
        if (texts.isEmpty()) {
            problems.missing(node, "text", "is missing: it is what the customer is asked.");
        }
        Map<String, List<String>> choices = choices(node, kind);
        List<Condition> when = node.get("when").map(conditions::read).orElse(List.of());
        return new Survey(
                name,
                kind,
                scale(kind, choices),
                when,
                time(node, "after", Duration.ofMinutes(5)),
                time(node, "every", Duration.ofDays(kind == Kind.NPS ? 90 : 30)),
                time(node, "expires", Duration.ofDays(7)),
                texts.isEmpty() ? Map.of(Survey.DEFAULT, "") : texts,
                choices,
                wording.texts(node, "comment"),
                wording.texts(node, "thanks"));
    }

    private Duration time(Node node, String key, Duration usual) {
        Duration time =
                node.get(key).map(value -> RuleValues.duration(value, problems)).orElse(null);
        return time == null ? usual : time;
    }

    /** By language; faces for csat where it says nothing. */
    private Map<String, List<String>> choices(Node survey, Kind kind) {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        if (kind == Kind.CSAT) {
            choices.put(Survey.DEFAULT, FACES);
        }
        Node node = survey.get("choices").orElse(null);
        if (node == null) {
            if (kind == Kind.OWN) {
                problems.missing(survey, "choices", "is missing: what can be answered to a question of your own.");
            }
            return choices;
        }
        if (kind == Kind.NPS) {
            problems.add(node, "cannot stand here: nps is answered by a number from 0 to 10 everywhere.");
            return choices;
        }
        int count = 0;
        for (Map.Entry<String, Node> entry : node.needEntries(problems).entrySet()) {
            wording.checkTag(entry.getKey(), entry.getValue());
            List<String> titles = RuleValues.texts(entry.getValue(), problems);
            checkCount(entry.getValue(), titles.size(), kind, count);
            count = count == 0 ? titles.size() : count;
            choices.put(entry.getKey(), titles);
        }
        return choices;
    }

    private void checkCount(Node at, int count, Kind kind, int first) {
        int most = kind.scale().most();
        if (kind != Kind.OWN && count != most) {
            problems.add(at, "has " + count + " choices but must have " + most + ", one for each score from 1 on.");
        } else if (count < 2 || count > MOST_CHOICES) {
            problems.add(at, "has " + count + " choices but must have 2 to " + MOST_CHOICES + ".");
        } else if (first > 0 && count != first) {
            problems.add(at, "has " + count + " choices, but another language has " + first + ".");
        }
    }

    private static Scale scale(Kind kind, Map<String, List<String>> choices) {
        int own = choices.values().stream()
                .mapToInt(List::size)
                .max()
                .orElse(kind.scale().most());
        return kind == Kind.OWN ? new Scale(1, Math.max(2, own)) : kind.scale();
    }
}
