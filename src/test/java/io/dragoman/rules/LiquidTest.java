// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Json;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What our own filters and loops do where those of the library do otherwise. */
final class LiquidTest {
    private static final String CODER = "👩‍💻";

    static String render(String language, String template, Map<String, Object> values) {
        Problems problems = new Problems();
        String quoted = "t: " + Json.write(template);
        Node node = Yaml.read("replies.yaml", quoted, problems)
                .flatMap(root -> root.get("t"))
                .orElseThrow();
        Template parsed = new Liquid(ZoneId.of("Europe/Berlin"), problems)
                .parse(node, Locale.forLanguageTag(language))
                .orElseThrow(() -> new AssertionError(problems.all().toString()));
        Template.Rendering rendering = parsed.render(new HashMap<>(values));
        return rendering.failure() == null ? rendering.text() : "!" + rendering.failure();
    }

    private static String render(String template) {
        return render("en", template, Map.of("no", false, "coder", "ab" + CODER + "cd"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{{ 1.005 | round: 2 }} {{ 2.5 | round }} {{ -2.5 | round }} {{ 3 | round: 2 }} ~ 1.01 3 -3 3",
                "{{ 1234.5 | round: -2 }} {{ 0.1 | round: 3 }}                ~ 1200 0.1",
                "{{ 'x' | round: 2 }}{{ nothing | round }}{{ 50000000 | times: 1.0 | divided_by: 0.5 | round }} ~ 00100000000",
                "{{ 1.5 | round: 30 }}                                        ~ 1.5",
                "{{ no | default: 'x' }}{{ no | default: 'x', allow_false: true }} ~ xfalse",
                "{{ nothing | default: 'x', allow_false: true }}              ~ x",
                "{% for i in (1..10) limit: 3 offset: 2 %}{{ i }},{% endfor %} ~ 3,4,5,",
                "{% for i in (1..10) reversed limit: 3 offset: 2 %}{{ i }},{% endfor %} ~ 5,4,3,",
                "{% for i in (1..3) %}{{ forloop.length }}{% if forloop.last %}.{% endif %}{% endfor %} ~ 333.",
                "{% for i in (1..9) limit: 2 %}{{ i }}{% endfor %}{% for i in (1..9) limit: 2 offset: continue %}{{ i }}{% endfor %} ~ 1234",
                "{% for i in (3..1) %}{{ i }}{% endfor %}x                    ~ x",
                "{{ 'MY great title' | capitalize }}                          ~ My great title",
            })
    void followsShopify(String template, String text) {
        assertThat(render(template)).isEqualTo(text);
    }

    @Test
    void cutsBetweenWhatAReaderSeesAsCharacters() {
        assertThat(render("{{ coder | truncate: 4, '' }}")).isEqualTo("ab" + CODER + "c");
        assertThat(render("{{ coder | truncate: 3, '' }}")).isEqualTo("ab" + CODER);
        assertThat(render("{{ coder | truncate: 4, '…' }}")).isEqualTo("ab" + CODER + "…");
        assertThat(render("{{ coder | truncate: 5 }}")).isEqualTo("ab" + CODER + "cd");
        assertThat(render("{{ coder | truncate: 0 }}")).isEqualTo("...");
        assertThat(render("{{ coder | slice: 2 }}")).isEqualTo(CODER);
        assertThat(render("{{ coder | slice: -3, 2 }}")).isEqualTo(CODER + "c");
        assertThat(render("{{ coder | slice: 9 }}{{ coder | slice: 1, -1 }}x")).isEqualTo("x");
        assertThat(render("{{ coder | size }}")).isEqualTo("5");
        assertThat(render("{{ coder | split: '' | join: '|' }}")).isEqualTo("a|b|" + CODER + "|c|d");
    }

    @Test
    void cutsWordsWhateverSurroundsThem() {
        assertThat(render("{{ ' one two  three' | truncatewords: 2 }}")).isEqualTo("one two...");
        assertThat(render("{{ ' one two  three' | truncatewords: 3 }}")).isEqualTo("one two  three");
        assertThat(render("{{ 'one two' | truncatewords: 0, '' }}")).isEqualTo("one");
    }

    @Test
    void findsNumbersWhateverTheirType() {
        List<Map<String, Object>> items = List.of(
                Map.of("k", 1, "n", "a"),
                Map.of("k", 1L, "n", "b"),
                Map.of("k", 1.0, "n", "c"),
                Map.of("k", 2, "n", "d"));
        String found = "{{ items | where: 'k', 1 | map: 'n' | join: ',' }}";
        assertThat(render("en", found, Map.of("items", items))).isEqualTo("a,b,c");
        assertThat(render("en", "{{ items | where: 'n', 'd' | map: 'k' | join }}", Map.of("items", items)))
                .isEqualTo("2");
        assertThat(render("en", "{{ items | where: 'x' | size }}", Map.of("items", items)))
                .isEqualTo("0");
    }

    @Test
    void datesAreWrittenAsTheLanguageDoes() {
        Map<String, Object> at = Map.of("at", Instant.parse("2026-01-02T13:05:00Z"));
        assertThat(render("en", "{{ at | date: '%Y-%m-%d %H:%M' }}", at)).isEqualTo("2026-01-02 14:05");
        assertThat(render("en", "{{ at | date: '%x %X' }}", at)).isEqualTo("01/02/26 14:05:00");
        assertThat(render("de", "{{ at | date: '%x %X' }}", at)).isEqualTo("02.01.26 14:05:00");
        assertThat(render("de", "{{ at | date: '%c' }}", at)).isEqualTo("02.01.2026, 14:05:00");
        assertThat(render("fr", "{{ at | date: '%x %%x %-d' }}", at)).isEqualTo("02/01/2026 %x 2");
    }

    @Test
    void caseFollowsTheRepliesLanguage() {
        assertThat(render("en", "{{ 'Title' | upcase }} {{ 'TITLE' | downcase }}", Map.of()))
                .isEqualTo("TITLE title");
        assertThat(render("tr", "{{ 'istanbul' | upcase }} {{ 'istanbul' | capitalize }}", Map.of()))
                .isEqualTo("İSTANBUL İstanbul");
    }
}
