// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.poll;

import io.dragoman.model.Words;
import io.dragoman.rules.poll.PollQuestion.Kind;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.survey.Survey;
import io.dragoman.rules.survey.WordingReader;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code polls.yaml}. */
public final class PollsReader {
    private static final String POLL = "polls.*.";
    private static final String QUESTION = POLL + "questions.*.";

    /** The keys of {@code polls.yaml}. */
    public static final List<SchemaKey> KEYS = Stream.of(
                    List.of(
                            new SchemaKey(
                                    POLL + "questions",
                                    Form.MAP,
                                    "The questions of a form by name, asked in this order, instead of one question.",
                                    "{size: {text: Which size?, choices: [S, M, L]}, mail: {text: Your e-mail?, kind: email}}"),
                            new SchemaKey(
                                    POLL + "closes",
                                    Form.TEXT,
                                    "When it takes no more answers, with an offset or by the clock of the default hours; never unless said.",
                                    "2026-12-24 18:00"),
                            new SchemaKey(
                                    POLL + "expires",
                                    Form.TEXT,
                                    "How long answers are understood after it was asked; 7d unless said.",
                                    "7d"),
                            new SchemaKey(
                                    POLL + "every",
                                    Form.TEXT,
                                    "For how long a contact is asked it once at most; once and never again unless said.",
                                    "30d"),
                            new SchemaKey(POLL + "thanks", Form.REPLY, "What is said at the end.", "{en: Thank you!}"),
                            new SchemaKey(
                                    POLL + "again",
                                    Form.REPLY,
                                    "What is said before a question of a form that is asked again.",
                                    "{en: Please answer as asked.}")),
                    questionKeys(POLL),
                    questionKeys(QUESTION))
            .flatMap(List::stream)
            .toList();

    private static final Set<String> NAMES = SchemaKey.names(KEYS, POLL);
    private static final Set<String> QUESTION_NAMES = SchemaKey.names(KEYS, QUESTION);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,39}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,6})?");
    private static final int MOST_CHOICES = 10;
    private static final int MOST_QUESTIONS = 10;
    private static final Duration EXPIRES = Duration.ofDays(7);

    private final ZoneId zone;
    private final Problems problems;
    private final WordingReader wording;
    private final Map<String, String> attributes = new HashMap<>();
    private final Map<String, String> contactAttributes = new HashMap<>();

    /** @param zone by whose clock a time without an offset is meant */
    public PollsReader(ZoneId zone, Problems problems) {
        this.zone = zone;
        this.problems = problems;
        this.wording = new WordingReader(problems);
    }

    private static List<SchemaKey> questionKeys(String at) {
        return List.of(
                new SchemaKey(
                        at + "text",
                        Form.REPLY,
                        "The question, for everybody or by language.",
                        "{en: Pizza or pasta?, de: Pizza oder Pasta?}"),
                new SchemaKey(
                        at + "kind",
                        Form.WORD,
                        Words.all(Kind.class),
                        "What is answered; choice where there are choices, else text.",
                        "number"),
                new SchemaKey(
                        at + "choices",
                        Form.CHOICES,
                        "What can be picked, for everybody or by language.",
                        "{en: [Pizza, Pasta]}"),
                new SchemaKey(at + "right", Form.TEXT, "The choice that is right, in a quiz.", "Pizza"),
                new SchemaKey(at + "ifRight", Form.REPLY, "What is said to the right choice.", "{en: Right!}"),
                new SchemaKey(at + "ifWrong", Form.REPLY, "What is said to another choice.", "{en: It is pizza.}"),
                new SchemaKey(at + "min", Form.TEXT, "The least number that is an answer.", "1"),
                new SchemaKey(at + "max", Form.TEXT, "The greatest number that is an answer.", "20"),
                new SchemaKey(
                        at + "attribute",
                        Form.TEXT,
                        "The attribute of the conversation that keeps the answer.",
                        "lunch"),
                new SchemaKey(
                        at + "contactAttribute",
                        Form.TEXT,
                        "The attribute of the contact that keeps the answer.",
                        "size"));
    }

    /** The polls of a file's root, in its order; null is no file. */
    public List<Poll> read(@Nullable Node root) {
        List<Poll> polls = new ArrayList<>();
        if (root != null) {
            root.needEntries(problems);
            root.allowKeys(problems, Set.of("polls"));
            root.get("polls").filter(map -> map.shape() != Node.Shape.EMPTY).ifPresent(map -> map.needEntries(problems)
                    .forEach((name, node) -> polls.add(poll(name, node))));
        }
        return List.copyOf(polls);
    }

    private Poll poll(String name, Node node) {
        node.needEntries(problems);
        node.allowKeys(problems, NAMES);
        checkName(name, "poll", node);
        return new Poll(
                name,
                questions(name, node),
                node.get("closes").map(this::time).orElse(null),
                Objects.requireNonNullElse(duration(node, "expires"), EXPIRES),
                duration(node, "every"),
                wording.texts(node, "thanks"),
                wording.texts(node, "again"));
    }

    private void checkName(String name, String what, Node at) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    at, "stands under '" + name + "': a " + what + "'s name is at most 40 letters, digits, - and _.");
        }
    }

    private @Nullable Duration duration(Node node, String key) {
        return node.get(key).map(value -> RuleValues.duration(value, problems)).orElse(null);
    }

    private List<PollQuestion> questions(String poll, Node node) {
        Node form = node.get("questions").orElse(null);
        if (form == null) {
            return List.of(question(poll, node));
        }
        for (String key : QUESTION_NAMES) {
            node.get(key)
                    .ifPresent(one -> problems.add(
                            one, "cannot stand beside questions: put it below the question that it is about."));
        }
        Map<String, Node> all = form.needEntries(problems);
        if (all.isEmpty() || all.size() > MOST_QUESTIONS) {
            problems.add(form, "has " + all.size() + " questions but must have 1 to " + MOST_QUESTIONS + ".");
        }
        List<PollQuestion> questions = new ArrayList<>();
        all.forEach((name, one) -> {
            one.needEntries(problems);
            one.allowKeys(problems, QUESTION_NAMES);
            checkName(name, "question", one);
            questions.add(question(name, one));
        });
        return questions.isEmpty() ? List.of(question(poll, node)) : questions;
    }

    private PollQuestion question(String name, Node node) {
        Map<String, String> texts = wording.texts(node, "text");
        if (texts.isEmpty() && node.get("questions").isEmpty()) {
            problems.missing(node, "text", "is missing: it is what the customer is asked.");
        }
        Node listed = node.get("choices").orElse(null);
        Kind kind = kind(node, listed != null);
        Map<String, List<String>> choices =
                listed == null ? new LinkedHashMap<>() : wording.choices(listed, MOST_CHOICES);
        checkChoices(node, kind, texts, choices);
        PollQuestion question = new PollQuestion(
                name,
                kind,
                asSurvey(name, texts, choices),
                right(node, choices),
                wording.texts(node, "ifRight"),
                wording.texts(node, "ifWrong"),
                bound(node, "min", kind),
                bound(node, "max", kind),
                node.get("attribute").map(one -> attribute(one, attributes)).orElse(null),
                node.get("contactAttribute")
                        .map(one -> attribute(one, contactAttributes))
                        .orElse(null));
        if (question.min() != null && question.max() != null && question.min().compareTo(question.max()) > 0) {
            problems.add(node, "has a min that is above its max: no number is an answer.");
        }
        return question;
    }

    private static Survey asSurvey(String name, Map<String, String> texts, Map<String, List<String>> choices) {
        int most = choices.values().stream().mapToInt(List::size).max().orElse(0);
        return new Survey(
                name,
                Survey.Kind.OWN,
                new Survey.Scale(1, most),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                EXPIRES,
                texts.isEmpty() ? Map.of(Survey.DEFAULT, "") : texts,
                choices,
                Map.of(),
                Map.of());
    }

    private Kind kind(Node node, boolean choices) {
        Kind usual = choices ? Kind.CHOICE : Kind.TEXT;
        return node.get("kind")
                .map(word -> RuleValues.known(word, "kind of question", Words.all(Kind.class), problems))
                .flatMap(word -> Words.find(Kind.class, word))
                .orElse(usual);
    }

    private void checkChoices(Node node, Kind kind, Map<String, String> texts, Map<String, List<String>> choices) {
        if (kind == Kind.CHOICE && choices.isEmpty()) {
            problems.missing(node, "choices", "is missing: what can be picked.");
        } else if (kind != Kind.CHOICE && !choices.isEmpty()) {
            problems.add(node, "has choices, but its kind is " + Words.of(kind) + ". Take one of both out.");
        } else if (kind == Kind.CHOICE && !choices.containsKey(Survey.DEFAULT)) {
            String without = texts.keySet().stream()
                    .filter(tag -> !choices.containsKey(tag))
                    .collect(Collectors.joining(", "));
            if (!without.isEmpty()) {
                problems.add(node, "has a text but no choices in: " + without + ". Add them, or choices as default.");
            }
        }
    }

    private @Nullable Integer right(Node node, Map<String, List<String>> choices) {
        Node right = node.get("right").orElse(null);
        List<String> titles = choices.values().stream().findFirst().orElse(List.of());
        if (right == null) {
            for (String key : List.of("ifRight", "ifWrong")) {
                node.get(key).ifPresent(said -> problems.add(said, "is never said: right does not say what is right."));
            }
            return null;
        }
        String title = RuleValues.known(right, "choice in the first language", titles, problems);
        return title == null ? null : titles.indexOf(title) + 1;
    }

    private @Nullable BigDecimal bound(Node node, String key, Kind kind) {
        Node bound = node.get(key).orElse(null);
        if (bound == null) {
            return null;
        }
        String text = bound.needText(problems).strip();
        if (kind != Kind.NUMBER) {
            problems.add(bound, "cannot stand here: the kind of the question is " + Words.of(kind) + ", not number.");
        } else if (NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        } else if (bound.shape() == Node.Shape.TEXT) {
            problems.add(bound, "is " + QuotedText.quote(text) + " but must be a number such as 1 or 2.5.");
        }
        return null;
    }

    private @Nullable String attribute(Node node, Map<String, String> taken) {
        String name = RuleValues.text(node, problems);
        if (name == null) {
            return null;
        }
        if (!ATTRIBUTE.matcher(name).matches()) {
            problems.add(
                    node,
                    "is " + QuotedText.quote(name)
                            + ", but an attribute's name is at most 64 letters, digits, hyphens and underscores.");
        } else if (taken.putIfAbsent(name, node.path()) != null) {
            problems.add(node, "is the attribute of another question too (" + taken.get(name) + ").");
        }
        return name;
    }

    private @Nullable Instant time(Node node) {
        String text = node.needText(problems).strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text).atZone(zone).toInstant();
            } catch (DateTimeException again) {
                problems.add(
                        node,
                        "is " + QuotedText.quote(text)
                                + " but must be a time such as 2026-12-24 18:00 or 2026-12-24T18:00:00+04:00.");
                return null;
            }
        }
    }
}
