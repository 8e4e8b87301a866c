// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.rules.text.TextFolding;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.TextFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code faq.yaml} and the articles beside it. */
public final class FaqReader {
    private static final String ENTRY = "faq[].";

    /** The keys of {@code faq.yaml}; those of an entry may head an article too. */
    public static final List<SchemaKey> KEYS =
            Stream.concat(entryKeys().stream(), SiteMapReader.KEYS.stream()).toList();

    private static List<SchemaKey> entryKeys() {
        return List.of(
                new SchemaKey(
                        ENTRY + "question",
                        Form.TEXT,
                        "What customers ask, in their words.",
                        "When will my order arrive?"),
                new SchemaKey(ENTRY + "variants", Form.TEXTS, "Other ways to ask it.", "[Where is my parcel?]"),
                new SchemaKey(
                        ENTRY + "answer", Form.TEXT, "What they are answered, as it is written.", "Within three days."),
                new SchemaKey(ENTRY + "language", Form.TEXT, "The language of both.", "en"),
                new SchemaKey(
                        ENTRY + "source",
                        Form.TEXT,
                        "The address where the answer stands; it is sent with it.",
                        "https://shop.example/help/delivery"),
                new SchemaKey(ENTRY + "tags", Form.TEXTS, "Words by which rules choose among entries.", "[delivery]"));
    }

    private static final Set<String> NAMES = SchemaKey.names(KEYS, ENTRY);
    private static final int LONGEST_QUESTION = 500;
    private static final int LONGEST_ANSWER = 4_000;
    private static final int MOST_QUESTIONS = 20_000;

    private final Problems problems;
    private final List<FaqEntry> entries = new ArrayList<>();
    private final Map<String, String> asked = new HashMap<>();

    public FaqReader(Problems problems) {
        this.problems = problems;
    }

    /** Reads both; null where there is no file. */
    public Faq read(@Nullable Node root, List<TextFile> articles) {
        List<SiteMap> siteMaps = List.of();
        if (root != null) {
            root.needEntries(problems);
            root.allowKeys(problems, Set.of("faq", SiteMapReader.LIST));
            siteMaps = root.get(SiteMapReader.LIST)
                    .map(new SiteMapReader(problems)::read)
                    .orElse(List.of());
            root.get("faq")
                    .map(list -> list.needItems(problems))
                    .orElse(List.of())
                    .forEach(this::entry);
        }
        for (TextFile article : articles) {
            ArticleReader.read(article, problems).forEach(this::add);
        }
        if (asked.size() > MOST_QUESTIONS) {
            problems.add(
                    "config/faq.yaml",
                    0,
                    0,
                    "",
                    "has with its articles " + asked.size() + " questions, but may have at most " + MOST_QUESTIONS
                            + ".");
        }
        return new Faq(entries, siteMaps);
    }

    private void entry(Node node) {
        node.needEntries(problems);
        if (node.shape() != Node.Shape.MAP) {
            return;
        }
        node.allowKeys(problems, NAMES);
        String answer = text(node, "answer", "the answer, in the words that the customer gets");
        String question = text(node, "question", "the question, in the words of a customer");
        String language = text(node, "language", "its language, such as language: en");
        if (answer != null && question != null && language != null) {
            add(new Draft(node, question, answer, language, null));
        }
    }

    private @Nullable String text(Node node, String key, String what) {
        Optional<Node> value = node.get(key);
        if (value.isEmpty()) {
            problems.missing(node, key, "is missing. Write " + what + ".");
            return null;
        }
        return RuleValues.text(value.get(), problems);
    }

    /**
     * An entry as it is written.
     *
     * @param fields where variants, source and tags stand, and where problems are told; null where nothing does
     * @param at the place of an entry without fields
     */
    record Draft(
            @Nullable Node fields, String question, String answer, String language, ArticleReader.@Nullable Place at) {
        String place() {
            return at != null ? at.file() + ":" + at.line() : fields == null ? "" : fields.file() + ":" + fields.line();
        }

        @Override
        public String toString() {
            return "Draft[" + place() + "]";
        }
    }

    private void add(Draft draft) {
        Optional<Node> fields = Optional.ofNullable(draft.fields());
        List<String> variants = fields.flatMap(node -> node.get("variants"))
                .map(node -> RuleValues.texts(node, problems))
                .orElse(List.of());
        List<String> questions =
                Stream.concat(Stream.of(draft.question()), variants.stream()).toList();
        if (!Languages.isTag(draft.language())) {
            tell(
                    draft,
                    "language",
                    "is " + QuotedText.quote(draft.language()) + ", which is no language tag such as"
                            + " de or pt-BR.");
            return;
        }
        questions.forEach(question -> check(draft, question));
        if (draft.answer().length() > LONGEST_ANSWER) {
            tell(
                    draft,
                    "answer",
                    "has " + draft.answer().length() + " characters but may have at most " + LONGEST_ANSWER
                            + ". Say the most important, and name the page as its source.");
        }
        entries.add(new FaqEntry(
                questions,
                draft.answer(),
                draft.language(),
                source(draft),
                fields.flatMap(node -> node.get("tags"))
                        .map(node -> RuleValues.texts(node, problems))
                        .orElse(List.of()),
                draft.place()));
    }

    private void check(Draft draft, String question) {
        if (question.length() > LONGEST_QUESTION) {
            tell(
                    draft,
                    "question",
                    "has " + question.length() + " characters but may have at most " + LONGEST_QUESTION
                            + ". Write it as a customer would.");
        }
        String key = draft.language().toLowerCase(Locale.ROOT) + " " + TextFolding.fold(question);
        String before = asked.putIfAbsent(key, draft.place());
        if (before != null) {
            tell(
                    draft,
                    "question",
                    "is " + QuotedText.quote(question) + " as at " + before
                            + ". Answer each question once in each language.");
        }
    }

    private @Nullable String source(Draft draft) {
        Node node = Optional.ofNullable(draft.fields())
                .flatMap(fields -> fields.get("source"))
                .orElse(null);
        String source = node == null ? null : RuleValues.text(node, problems);
        if (node != null && source != null && address(source).isEmpty()) {
            problems.add(node, "is " + QuotedText.quote(source) + " but must be an address that begins with https://.");
        }
        return source;
    }

    /** The address of a page; empty where it is none. */
    static Optional<URI> address(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
            return web ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void tell(Draft draft, String key, String message) {
        Node fields = draft.fields();
        Optional<Node> field = fields == null ? Optional.empty() : fields.get(key);
        if (field.isEmpty() && draft.at() != null) {
            problems.add(draft.at().file(), draft.at().line(), 1, key, message);
        } else if (fields != null) {
            problems.add(field.orElse(fields), message);
        }
    }
}
