// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.TextFile;
import io.dragoman.yaml.Yaml;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of an FAQ, and what is said of one that is wrong. */
final class FaqReaderTest {
    private final Problems problems = new Problems();

    private Faq yaml(String text) {
        return new FaqReader(problems)
                .read(Yaml.read("faq.yaml", text, problems).orElse(null), List.of());
    }

    private Faq article(String name, String text) {
        return new FaqReader(problems).read(null, List.of(new TextFile(name, text)));
    }

    private List<String> said() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void entryShouldBeRead() {
        Faq faq = yaml("""
                faq:
                  - question: When?
                    variants: [Which day?]
                    answer: Tomorrow.
                    language: en-GB
                    source: https://shop.example/when
                    tags: [delivery]
                """);
        assertThat(said()).isEmpty();
        assertThat(faq.entries())
                .containsExactly(new FaqEntry(
                        List.of("When?", "Which day?"),
                        "Tomorrow.",
                        "en-GB",
                        "https://shop.example/when",
                        List.of("delivery"),
                        "faq.yaml:2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {question: When?, language: en}                               | faq.yaml:2:5 faq[0].answer is missing.
            {answer: Now., language: en}                                  | faq.yaml:2:5 faq[0].question is missing.
            {question: When?, answer: Now.}                               | faq.yaml:2:5 faq[0].language is missing.
            {question: When?, answer: Now., language: klingon}            | faq.yaml:2:47 faq[0].language is 'klingon'
            {question: When?, answer: Now., language: en, source: "page"} | faq.yaml:2:59 faq[0].source is 'page' but must be
            {question: When?, answer: Now., language: en, sorce: x}       | faq.yaml:2:51 faq[0].sorce is not a known key.
            text                                                          | faq.yaml:2:5 faq[0] is a single value
            """)
    void errorShouldNameItsPlace(String entry, String expected) {
        yaml("faq:\n  - " + entry + "\n");
        assertThat(said()).singleElement().asString().startsWith(expected);
    }

    @Test
    void siteMapShouldBeRead() {
        Faq faq = yaml("siteMaps: [{url: 'https://shop.example/map.xml', refresh: 2h, pages: 5, under: /help/}]");
        assertThat(said()).isEmpty();
        assertThat(faq.siteMaps())
                .containsExactly(new SiteMap(
                        URI.create("https://shop.example/map.xml"), "/help/", Duration.ofHours(2), 5, null, List.of()));
        assertThat(faq.isEmpty()).as("before anything was fetched").isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            under: /help/                  | siteMaps[0].url is missing.
            url: ftp://shop.example/x      | siteMaps[0].url is 'ftp://shop.example/x' but must be an address
            url: "https://a.example/x", refresh: 10m   | siteMaps[0].refresh must be at least 1h.
            url: "https://a.example/x", pages: 0       | siteMaps[0].pages is '0' but must be from 1 to 1000.
            url: "https://a.example/x", under: help    | siteMaps[0].under is 'help' but must be a path
            url: "https://a.example/x", language: klingon | siteMaps[0].language is 'klingon'
            url: "https://a.example/x", deep: 3        | siteMaps[0].deep is not a known key.
            url: "https://a.example/x"}, {url: "https://a.example/x" | siteMaps[1] names the same site map
            """)
    void errorOfASiteMapShouldNameItsPlace(String map, String expected) {
        yaml("siteMaps: [{" + map + "}]\n");
        assertThat(said()).singleElement().asString().contains(expected);
    }

    @Test
    void sameQuestionTwiceShouldBeAnError() {
        yaml(
                "faq:\n  - {question: When?, answer: Now., language: en}\n  - {question: WHEN?, answer: Later., language: en}\n");
        assertThat(said()).singleElement().asString().contains("faq.yaml:3:").contains("as at faq.yaml:2");
    }

    @Test
    @DisplayName("an article's headings are questions, and its marks are not sent")
    void headingsShouldBeQuestions() {
        Faq faq = article("config/faq/help.de.md", """
                # Hilfe

                ## Wann kommt **mein** Paket?
                In *drei* Tagen,
                siehe [hier](https://shop.example/paket).

                - Inland
                - Ausland

                ## Was kostet es?
                Nichts.
                """);
        assertThat(said()).isEmpty();
        assertThat(faq.entries())
                .extracting(FaqEntry::question)
                .containsExactly("Wann kommt mein Paket?", "Was kostet es?");
        assertThat(faq.entries().get(0).answer())
                .isEqualTo("In drei Tagen, siehe hier (https://shop.example/paket).\n\n• Inland\n• Ausland");
        assertThat(faq.entries().get(1).place()).isEqualTo("config/faq/help.de.md:10");
        assertThat(faq.languages()).containsExactly("de");
    }

    @Test
    void headShouldNameWhatTheTextDoesNot() {
        Faq faq = article("config/faq/x.md", """
                ---
                question: How much?
                variants: [What does it cost?]
                language: en
                source: https://shop.example/price
                tags: [price]
                ---
                Nothing.
                """);
        assertThat(said()).isEmpty();
        assertThat(faq.find("what does it cost", "en", Set.of("price"), 1))
                .extracting(match -> match.entry().answer())
                .containsExactly("Nothing.");
        assertThat(faq.find("what does it cost", "en", Set.of("other"), 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '# When?~Now.'                                   | config/faq/x.md:1:1 language is missing.
            '---~language: en~Now.'                          | config/faq/x.md:1:1 begins with --- but
            '---~language: en~---~Now.'                      | config/faq/x.md:4:1 asks nothing.
            '---~language: en~---~# When?~'                  | config/faq/x.md:4:1 has nothing below this question.
            '---~language: en~sauce: x~---~# When?~Now.'     | config/faq/x.md:3:1 sauce is not a known key.
            '---~language: en~source: x~---~# When?~Now.'    | config/faq/x.md:3:9 source is 'x' but must be
            '---~{~---~# When?~Now.'                         | config/faq/x.md:3
            """)
    void errorOfAnArticleShouldNameItsPlace(String text, String expected) {
        article("config/faq/x.md", text.replace('~', '\n'));
        assertThat(said()).singleElement().asString().startsWith(expected);
    }
}
