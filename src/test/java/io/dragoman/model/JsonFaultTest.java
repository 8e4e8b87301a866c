// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Each thing that may be wrong with a body is told as what it is. */
final class JsonFaultTest {
    @Test
    void faultsShouldBeToldApart() {
        assertThat(of("null")).isEqualTo("is null");
        assertThat(of("[".repeat(100) + "]".repeat(100))).isEqualTo("is nested too deeply");
        assertThat(of("{\"a\": " + "9".repeat(5_000) + "}")).isEqualTo("has a number that is too long");
        assertThat(of("{\"a\": 1, \"a\": 2}")).isEqualTo("has a key twice in one object");
        assertThat(of("{\"" + "a".repeat(60_000) + "\": 1}")).isEqualTo("has a text that is too long");
        assertThat(of("{\"a\": ")).isEqualTo("is not JSON");
        assertThat(of("hello")).isEqualTo("is not JSON");
    }

    private static String of(String body) {
        return JsonFault.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
