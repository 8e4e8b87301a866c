// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checklist 15: JSON is bounded in every dimension, and what could be read in two ways is not read. */
final class JsonLimitsTest {
    private static final Duration SOON = Duration.ofSeconds(3);

    @Test
    void everyDimensionIsBounded() {
        StreamReadConstraints limits = Json.mapper().getFactory().streamReadConstraints();
        assertThat(limits.getMaxNestingDepth()).isEqualTo(64);
        assertThat(limits.getMaxNumberLength()).isEqualTo(100);
        assertThat(limits.getMaxNameLength()).isEqualTo(256);
        assertThat(limits.getMaxStringLength()).isLessThanOrEqualTo(8 * 1024 * 1024);
        assertThat(limits.getMaxDocumentLength()).isBetween(1L, 32L * 1024 * 1024);
        assertThat(limits.getMaxTokenCount()).isBetween(1L, 1_000_000L);
    }

    @Test
    void depthIsBounded() throws Exception {
        assertThat(Json.tree(bytes("[".repeat(64) + "]".repeat(64)))).isNotNull();
        for (String deep : List.of(
                "[".repeat(65) + "]".repeat(65),
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "[{\"a\":".repeat(50_000))) {
            refused(deep);
        }
    }

    @Test
    void lengthsAreBounded() {
        refused("{\"" + "n".repeat(50_000) + "\":1}");
        refused("{\"n\":" + "9".repeat(101) + "}");
        refused("{\"n\":0." + "1".repeat(10_000) + "}");
        refused("\"" + "x".repeat(9 * 1024 * 1024) + "\"");
        refused("[" + "0,".repeat(1_100_000) + "0]");
        refused("[" + " ".repeat(33 * 1024 * 1024) + "]");
    }

    @Test
    void duplicateKeysAreRefusedAtAnyDepth() {
        refused("{\"a\":1,\"a\":2}");
        refused("{\"a\":1,\"\\u0061\":2}");
        refused("[{\"b\":{\"a\":1,\"b\":[],\"a\":null}}]");
    }

    @Test
    void moreThanOneDocumentIsRefused() {
        refused("{} {}");
        refused("1 2");
        refused("{}x");
        refused("");
        refused(" ");
    }

    /** A number that would fill the memory when it is written out. */
    @Test
    void hugeExponentsHarmNobody() throws Exception {
        for (String number :
                List.of("1e999999", "-1e999999", "1e-999999", "1e2147483647", "9".repeat(100), "1E+99999999999")) {
            long begun = System.nanoTime();
            try {
                JsonNode node = Json.tree(bytes("{\"n\":" + number + "}")).path("n");
                assertThat(node.toString().length()).isLessThan(200);
                assertThat(node.asText().length()).isLessThan(2_000);
                node.asLong();
                node.asInt();
                node.asDouble();
                JsonFields.of(bytes("{\"n\":" + number + "}")).findText("n");
                Json.write(node);
            } catch (IOException | MalformedPayload e) {
                // refused is as good
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(number).isLessThan(SOON);
        }
    }

    @Test
    void noTypeIsChosenByTheDocument() throws Exception {
        JsonNode tree =
                Json.tree(bytes("[\"java.util.ArrayList\",[{\"@class\":\"java.net.URL\",\"val\":\"http://x\"}]]"));
        assertThat(tree.isArray()).isTrue();
        assertThat(Json.mapper().getPolymorphicTypeValidator().getClass().getSimpleName())
                .isEqualTo("LaissezFaireSubTypeValidator"); // the default; nothing asks it, since typing is off
        assertThat(Json.mapper().getDeserializationConfig().getDefaultTyper(null))
                .isNull();
    }

    private static void refused(String json) {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> Json.tree(bytes(json))).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
