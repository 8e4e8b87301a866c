// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be an address in the configuration, and why something is none. */
final class UrlSettingTest {
    private static final Setting<java.net.URI> URL = Setting.url("baseUrl", "Where it is.");

    @Test
    void schemeMayBeInCapitals() {
        assertThat(URL.parser().apply("HTTPS://Desk.example.com:8443/api/"))
                .hasToString("https://Desk.example.com:8443/api");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://user:secret@desk.example.com | must have no user and password in it",
                "https://desk.example.com:99999 | has the port 99999 but must have one from 1 to 65535",
                "https://desk.example.com:0 | has the port 0 but must have",
                "desk.example.com | must be an address such as",
                "ftp://desk.example.com | must be an address such as",
                "https://desk example | must be an address such as"
            })
    void whatIsNoneShouldSayWhyAndShowNoSecret(String text, String why) {
        assertThatThrownBy(() -> URL.parser().apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why)
                .hasMessageNotContaining("secret");
    }
}
