// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dragoman.connector.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.01", "NaN", "all", ""})
    void whatIsNoShareShouldBeRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("traces.sample", text))
                .withMessage("must be a number from 0 to 1, such as 0.01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "=v", "a=b,,c=d", "a b=c", "a=b\r\nc: d", "a=\u00fc"})
    void whatAreNoHeadersShouldBeRefusedWithoutBeingRepeated(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("traces.headers", text))
                .withMessage("must be headers as name=value, with commas between");
    }

    @Test
    void headersShouldBeReadByName() {
        Secret headers = (Secret) parse("traces.headers", "api-key=a=b, x-team=one two");
        assertThat(new TraceSettings(URI.create("http://localhost/v1/traces"), 1, headers).headersByName())
                .containsEntry("api-key", "a=b")
                .containsEntry("x-team", "one two")
                .hasSize(2);
    }

    private static Object parse(String name, String text) {
        return GatewaySettings.ALL.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow()
                .parser()
                .apply(text);
    }
}
