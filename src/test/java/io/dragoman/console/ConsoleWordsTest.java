// SPDX-License-Identifier: Apache-2.0
package io.dragoman.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.dragoman.app.phrase.Sentence;
import io.dragoman.connector.Request;
import io.dragoman.model.Conversation;
import io.dragoman.model.Event;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Purpose;
import io.dragoman.model.Reason;
import io.dragoman.model.Role;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.rules.action.Actions;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.store.Approvals;
import io.dragoman.store.Attempts;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import io.dragoman.store.MediaRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The console's own files: words only in its catalogues, and no way from text to HTML. */
final class ConsoleWordsTest {
    private static final Path FILES = Path.of("src/main/resources/io/dragoman/console");
    private static final Pattern ENTRY = Pattern.compile("'([a-z][\\w.-]*)': '((?:[^'\\\\]|\\\\.)*)'");
    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)//[^\\n]*|/\\*[\\s\\S]*?\\*/");
    private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\\\n]|\\\\.)*)'|`([^`]*)`");
    /** Two words beside each other, or one that begins a sentence. */
    private static final Pattern WORDS = Pattern.compile("\\p{L}{2,} \\p{L}{2,}|^\\p{Lu}\\p{Ll}+");

    private static final Pattern USED =
            Pattern.compile("\\bt\\((?:[^'`()]*\\? )?'([a-z][\\w.-]*)'(?: : '([a-z][\\w.-]*)')?");
    /** Names of keys, of headers, of parts of the browser, and the path of a picture: no words for people. */
    private static final Set<String> NO_WORDS = Set.of(
            "Accept",
            "Content-Type",
            "Retry-After",
            "Idempotency-Key",
            "If-Match",
            "ETag",
            "AbortError",
            "Enter",
            "Ctrl ⏎",
            "Esc",
            "Escape",
            "noopener noreferrer",
            "12px system-ui");

    private static Map<String, String> catalogue(String language) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        for (MatchResult entry : ENTRY.matcher(Files.readString(FILES.resolve("texts/" + language + ".mjs")))
                .results()
                .toList()) {
            assertThat(entries.put(entry.group(1), entry.group(2)))
                    .as(entry.group(1) + " stands twice in " + language)
                    .isNull();
        }
        return entries;
    }

    /** The modules without their comments. */
    private static Map<String, String> modules() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(file -> file.toString().endsWith(".mjs"))
                    .filter(file -> !FILES.relativize(file).startsWith("texts"))
                    .collect(Collectors.toMap(
                            file -> FILES.relativize(file).toString(),
                            ConsoleWordsTest::code,
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    private static String code(Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{(\\w+)}")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void languagesShouldHaveTheSameKeysWithTheSamePlaces() throws Exception {
        Map<String, String> english = catalogue("en");
        Map<String, String> german = catalogue("de");
        assertThat(english).hasSizeGreaterThan(300);
        assertThat(german.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) ->
                assertThat(places(String.valueOf(german.get(key)))).as(key).isEqualTo(places(text)));
    }

    /** In English the same as the API says; another language lacks none, as both have the same keys. */
    @Test
    void everySentenceOfTheGatewayShouldBeInTheCatalogues() throws Exception {
        Map<String, String> english = catalogue("en");
        for (Sentence sentence : Sentence.values()) {
            String key = "say." + sentence.code();
            if (sentence.many().equals(sentence.one())) {
                assertThat(english).containsEntry(key, sentence.one().replace("'", "\\'"));
            } else {
                assertThat(english).containsEntry(key + ".one", sentence.one());
                assertThat(english).containsEntry(key + ".other", sentence.many());
            }
        }
        assertThat(english.keySet().stream().filter(key -> key.startsWith("say.")))
                .hasSameSizeAs(Stream.of(Sentence.values())
                        .flatMap(one -> Stream.of(one.one(), one.many()).distinct())
                        .toList());
    }

    @Test
    void everyActionOfARuleShouldHaveASentence() {
        assertThat(Actions.KEYS).isNotEmpty().allSatisfy(key -> {
            String name = key.path().substring(SchemaKey.RULE.length()).replace(".*", "");
            String code = "rule-" + name.replace('.', '-');
            String action = code.replaceAll("^(rule-[^-]+).*", "$1"); // one with keys of its own below
            assertThat(Words.find(Sentence.class, code).or(() -> Words.find(Sentence.class, action)))
                    .as(code)
                    .isPresent();
        });
    }

    /** Words that the API answers with, by the group of texts that says them. */
    private static final Map<String, Class<? extends Enum<?>>> SAID = Map.ofEntries(
            Map.entry("reason", Reason.class),
            Map.entry("receipt", Status.class),
            Map.entry("delivery", Deliveries.State.class),
            Map.entry("kind", Deliveries.Kind.class),
            Map.entry("story.delivery", Deliveries.Kind.class),
            Map.entry("event", Events.State.class),
            Map.entry("fetched", MediaRows.State.class),
            Map.entry("outcome", Attempts.Ending.class),
            Map.entry("held", Approvals.State.class),
            Map.entry("story.received", Request.Origin.class),
            Map.entry("media", Part.MediaKind.class),
            Map.entry("author", Message.Author.Kind.class),
            Map.entry("status", Conversation.State.class),
            Map.entry("priority", Conversation.Priority.class),
            Map.entry("purpose", Purpose.class),
            Map.entry("role", Role.class));

    @Test
    void everyWordOfTheApiShouldHaveAText() throws Exception {
        Set<String> keys = catalogue("en").keySet();
        SAID.forEach((group, words) -> assertThat(keys)
                .as(group)
                .containsAll(Words.all(words).stream()
                        .map(word -> group + "." + word)
                        .toList()));
        assertThat(keys)
                .containsAll(Arrays.stream(
                                Event.class.getAnnotation(JsonSubTypes.class).value())
                        .map(type -> "type." + type.name())
                        .toList());
    }

    @Test
    void everyTextThatIsAskedForShouldBeThere() throws Exception {
        Set<String> keys = catalogue("en").keySet();
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, String> module : modules().entrySet()) {
            USED.matcher(module.getValue())
                    .results()
                    .flatMap(used -> Stream.of(used.group(1), used.group(2)))
                    .filter(key -> key != null && !keys.contains(key) && !keys.contains(key + ".other"))
                    .forEach(key -> missing.add(module.getKey() + ": " + key));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void modulesShouldHoldNoWordsForPeople() throws Exception {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> module : modules().entrySet()) {
            LITERAL.matcher(module.getValue())
                    .results()
                    .map(literal -> literal.group(1) == null ? literal.group(2) : literal.group(1))
                    .map(literal -> literal.replaceAll("\\$\\{[^}]*}", ""))
                    .filter(literal -> WORDS.matcher(literal).find() && !NO_WORDS.contains(literal))
                    .forEach(literal -> found.add(module.getKey() + ": " + literal));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void nothingShouldTurnTextIntoHtmlOrCode() throws Exception {
        assertThat(modules()).hasSizeGreaterThan(15).allSatisfy((name, code) -> assertThat(code)
                .as(name)
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySet", "document.write")
                .doesNotContain("eval(", "new Function", "DOMParser", "srcdoc")
                .doesNotContainPattern("set(Timeout|Interval)\\('"));
        assertThat(Files.readString(FILES.resolve("index.html")))
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("style=")
                .doesNotContainPattern("<script(?![^>]* src=|[^>]*importmap)");
    }

    /** Where a language begins on the other side, so does the page: lengths have no left and no right. */
    @Test
    void stylesShouldKnowNoLeftAndRight() throws Exception {
        String styles = Files.readString(FILES.resolve("console.css")).replaceAll("(?m)^\\.plot-box.*$", "");
        assertThat(styles)
                .doesNotContainPattern("(margin|padding|border|inset)-(left|right)")
                .doesNotContainPattern("[;{ ](left|right|width|height):")
                .doesNotContainPattern("text-align: (left|right)");
    }
}
