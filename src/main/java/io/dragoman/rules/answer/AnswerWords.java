// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.TextFolding;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What answers say of their own, and the words that they understand, in the languages of a list. Thread-safe. */
public final class AnswerWords {
    private static final String FILE = "words.yaml";
    /** Digits are those of the choices, where they are shown as a numbered text. */
    private static final Set<String> YES = Set.of("1", "👍", "✅", "❤", "🙏", "😊", "🙂", "👌");

    private static final Set<String> NO = Set.of("2", "👎", "❌", "😞", "🙁", "😡");

    /** Loaded when first needed. */
    private static final class Loaded {
        static final AnswerWords WORDS = read();
    }

    private final Map<String, Sentences> sentences = new LinkedHashMap<>();
    private final Set<String> yes = new HashSet<>(YES);
    private final Set<String> no = new HashSet<>(NO);
    private final Set<String> person = new TreeSet<>();

    private AnswerWords() {}

    public static AnswerWords all() {
        return Loaded.WORDS;
    }

    /**
     * The sentences of one language.
     *
     * @param again after an answer that did not help
     */
    public record Sentences(String helped, String yes, String no, String again, String handOver) {}

    private static AnswerWords read() {
        Problems problems = new Problems();
        AnswerWords words = new AnswerWords();
        Node root = Yaml.read(FILE, resource(), problems).orElseThrow();
        root.entries().forEach((language, node) -> {
            words.sentences.put(
                    language,
                    new Sentences(
                            text(node, "helped"),
                            text(node, "yes"),
                            text(node, "no"),
                            text(node, "again"),
                            text(node, "handOver")));
            words.yes.addAll(folded(node, "yesWords"));
            words.yes.add(bare(text(node, "yes")));
            words.no.addAll(folded(node, "noWords"));
            words.no.add(bare(text(node, "no")));
            words.person.addAll(folded(node, "person"));
        });
        return words;
    }

    private static String resource() {
        try (InputStream in = Objects.requireNonNull(AnswerWords.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Node node, String key) {
        return node.get(key).orElseThrow().text();
    }

    private static List<String> folded(Node node, String key) {
        return node.get(key).orElseThrow().items().stream()
                .map(item -> bare(item.text()))
                .toList();
    }

    /** Folded, without punctuation at its ends, its digits those of ASCII. */
    private static String bare(String text) {
        StringBuilder bare = new StringBuilder();
        TextFolding.fold(text)
                .codePoints()
                .map(point -> Character.isDigit(point) ? '0' + Character.digit(point, 10) : point)
                .forEach(bare::appendCodePoint);
        return bare.toString().replaceAll("^[\\p{P}\\s]+|[\\p{P}\\s]+$", "");
    }

    /** The languages that there are sentences in. */
    public Set<String> languages() {
        return sentences.keySet();
    }

    /** The sentences of a language; none where nobody wrote them. */
    public Optional<Sentences> sentences(@Nullable String language) {
        return language == null ? Optional.empty() : Optional.ofNullable(sentences.get(Languages.base(language)));
    }

    /** Whether the message is a yes or a no, in whatever language; nothing for anything else. */
    public Optional<Boolean> yesOrNo(String message) {
        String bare = bare(message);
        return yes.contains(bare) ? Optional.of(true) : no.contains(bare) ? Optional.of(false) : Optional.empty();
    }

    /** The words by which a message asks for a person, in whatever language. */
    public Optional<String> asksForPerson(String message) {
        String folded = TextFolding.fold(message);
        return person.stream()
                .filter(words -> TextFolding.containsWord(folded, words))
                .findFirst();
    }
}
