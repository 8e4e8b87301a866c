// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lenient half of {@link JsonFields}, and {@link PartList}, which reads by it. */
final class JsonFieldsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'\"a b\"', a b",
                "17, 17",
                "1.5, 1.5",
                "'\" \"', none",
                "true, none",
                "null, none",
                "[], none",
                "{}, none"
            })
    void wordShouldBeTextOrNumberThatSaysSomething(String json, String word) throws MalformedPayload {
        assertThat(of("{\"x\":" + json + "}").word("x")).isEqualTo(word);
    }

    @Test
    void whatNoDatabaseTakesShouldBeReplacedInWordsAndRaw() throws MalformedPayload {
        JsonFields fields = of("{\"x\":\"a\\ud800b\\u0000c\\ud83d\\ude00\"}");

        assertThat(fields.word("x")).isEqualTo("a\uFFFDb\uFFFDc😀");
        assertThat(fields.raw()).doesNotContain("\ud800b").contains("😀");
    }

    @ParameterizedTest
    @CsvSource({"{}", "17", "null", "\"x\"", "[]"})
    void nothingShouldBeInsideOfWhatIsNoObjectOrList(String json) throws MalformedPayload {
        JsonFields fields = of("{\"x\":" + json + "}");

        assertThat(fields.inner("x").inner("y").word("z")).isNull();
        assertThat(fields.each("x")).isEmpty();
        assertThat(fields.inner("x").words("y", "z")).isEmpty();
    }

    @Test
    void oddElementShouldNotTakeTheOthersWithIt() throws MalformedPayload {
        JsonFields fields = of("{\"x\":[{\"y\":\"a\"},null,7,{\"y\":[]},{\"y\":\"b\"}]}");

        assertThat(fields.each("x")).hasSize(5);
        assertThat(fields.words("x", "y")).containsExactly("a", "b");
        assertThat(fields.each("x").get(3).at("y")).isEqualTo("x[3].y");
    }

    @ParameterizedTest
    @CsvSource({
        "1790000000, 2026-09-21T14:13:20Z",
        "'\"1790000000\"', 2026-09-21T14:13:20Z",
        "1790000000123, 2026-09-21T14:13:20.123Z",
        "1795341600, 2026-11-22T10:00:00Z",
        "1795341601, 2026-11-21T10:00:00Z",
        "-1, 2026-11-21T10:00:00Z",
        "1.5, 2026-11-21T10:00:00Z",
        "99999999999999, 2026-11-21T10:00:00Z",
        "'\"soon\"', 2026-11-21T10:00:00Z",
        "'\"2026-11-21T11:00:00+02:00\"', 2026-11-21T09:00:00Z",
        "'\"+999999999-12-31T23:59:59Z\"', 2026-11-21T10:00:00Z",
        "'\"-999999999-01-01T00:00:00Z\"', 2026-11-21T10:00:00Z"
    })
    void timeShouldBeOursWhereItCannotBeTrue(String json, Instant time) throws MalformedPayload {
        assertThat(of("{\"x\":" + json + "}").time("x", NOW)).isEqualTo(time);
    }

    @Test
    void partsShouldBeWhatTheMessageHas() throws MalformedPayload {
        JsonFields bridge = of("{\"latitude\":41.7,\"longitude\":44.8,\"name\":\"Bridge\",\"address\":7}");
        List<Part> parts = new PartList()
                .text(" ")
                .text("hi")
                .media(MediaKind.IMAGE, null, null, null, "caption of nothing")
                .media(MediaKind.IMAGE, "image/png", null, "5501", "look")
                .location(of("{\"latitude\":91,\"longitude\":0}"))
                .location(of("{\"latitude\":\"1\",\"longitude\":0}"))
                .location(bridge)
                .card(null, List.of(), List.of(), null, "{\"odd\":1}")
                .card(null, List.of("+1"), List.of(), null, "{}")
                .choice(null, null)
                .choice("a", null)
                .other("form", null)
                .other("form", "{}")
                .parts();

        assertThat(parts)
                .containsExactly(
                        new Part.Text("hi"),
                        Part.Media.incoming(MediaKind.IMAGE, "image/png", null, null, "5501"),
                        new Part.Text("look"),
                        new Part.Location(41.7, 44.8, "Bridge", "7"),
                        new Part.Unsupported("contact", "{\"odd\":1}"),
                        new Part.ContactCard("", List.of("+1"), List.of(), null),
                        new Part.ChoiceMade("a", ""),
                        new Part.Unsupported("form", "{}"));
    }

    private static JsonFields of(String json) throws MalformedPayload {
        return JsonFields.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
