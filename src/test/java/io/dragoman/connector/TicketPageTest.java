// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only an address that people can open is linked to, whatever a ticket's id is. */
final class TicketPageTest {
    @Test
    void idsShouldStandInTheAddressAsTheyAre() {
        TicketPage page = TicketPage.SETTING.parser().apply("https://help.example.com/#ticket/zoom/{reference}");
        assertThat(page.of("17")).contains(URI.create("https://help.example.com/#ticket/zoom/17"));
        assertThat(page.of("a b/../c?x"))
                .contains(URI.create("https://help.example.com/#ticket/zoom/a%20b%2F..%2Fc%3Fx"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://help.example.com/tickets/",
                "javascript:alert({reference})",
                "/tickets/{reference}",
                "https://{reference}",
                "https://ann:secret@help.example.com/{reference}",
                "https://help.example.com/{reference}/<b>"
            })
    void whatIsNoAddressShouldBeRefused(String text) {
        assertThatThrownBy(() -> TicketPage.SETTING.parser().apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be an http or https address with {reference} in it");
    }
}
