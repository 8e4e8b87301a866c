// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FormFieldsTest {
    @Test
    void fieldsShouldKeepTheirOrderAndRepeat() {
        assertThat(new FormFields().add("b", "1").add("a", "2").add("b", "3").query())
                .isEqualTo("b=1&a=2&b=3");
        assertThat(new FormFields().query()).isEmpty();
    }

    @Test
    void nothingInAValueShouldEndIt() throws IOException {
        HttpCall.Body body =
                new FormFields().add("a&b", "x=1&y=2+3 %é\r\n\ud83d").body();

        assertThat(body.contentType()).isEqualTo("application/x-www-form-urlencoded");
        try (InputStream in = body.source().open()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("a%26b=x%3D1%26y%3D2%2B3+%25%C3%A9%0D%0A%3F");
        }
    }

    @Test
    void segmentShouldStayOne() {
        assertThat(FormFields.segment("a/b c+d?e")).isEqualTo("a%2Fb%20c%2Bd%3Fe");
    }

    @Test
    void valuesShouldNotBeShown() {
        assertThat(new FormFields().add("token", "secret")).hasToString("FormFields[…]");
    }
}
