// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.mail.TestAccount;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An automatic answer to an address that takes commands would be one: it confirmed a subscription. */
final class CommandAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "news+confsub-1a2b3c4d",
                "news-request",
                "news-confirm+1a2b3c",
                "news+owner",
                "owner-news",
                "news-bounces",
                "news+bounces-7-ana=customer.example",
                "news-subscribe",
                "news+unsubscribe",
                "sympa",
                "majordomo",
            })
    void programShouldGetNoAutomaticAnswer(String local) {
        String reason = "its answers go to an address that takes commands";
        assertThat(automatic("Reply-To: <" + local + "@lists.example>")).isEqualTo(reason);
        assertThat(automatic("Reply-To: News <" + local.toUpperCase(Locale.ROOT) + "@lists.example>"))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "request", "owner", "anna.owner", "subscriber", "bouncer", "ana+shop"})
    void personShouldGetOne(String local) {
        assertThat(automatic("Reply-To: <" + local + "@customer.example>")).isNull();
    }

    private static @Nullable String automatic(String replyTo) {
        return TestAccount.message(
                        "From: News <news@lists.example>",
                        replyTo,
                        "To: support@shop.example",
                        "Subject: Please confirm",
                        "Date: Fri, 20 Nov 2026 09:30:00 +0100",
                        "Message-ID: <1@lists.example>",
                        "",
                        "To confirm, answer this mail.")
                .automatic();
    }
}
