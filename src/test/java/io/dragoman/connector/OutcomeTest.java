// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Retry;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Outcome.Uncertain;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutcomeTest {
    private static final String DATE = "Sat, 21 Nov 2026 10:00:00 GMT";

    @ParameterizedTest
    @CsvSource({
        "408, Retry, TIMEOUT",
        "425, Retry, TIMEOUT",
        "429, Retry, THROTTLED",
        "503, Retry, PROVIDER_DOWN",
        "500, Uncertain, PROVIDER_DOWN",
        "502, Uncertain, PROVIDER_DOWN",
        "504, Uncertain, PROVIDER_DOWN",
        "599, Uncertain, PROVIDER_DOWN",
        "301, Refused, PROVIDER_DOWN",
        "307, Refused, PROVIDER_DOWN",
        "401, Refused, AUTHENTICATION_FAILED",
        "403, Refused, AUTHENTICATION_FAILED",
        "413, Refused, TOO_LARGE",
        "400, Refused, CONTENT_REFUSED",
        "404, Refused, CONTENT_REFUSED",
        "422, Refused, CONTENT_REFUSED"
    })
    void statusShouldHaveOneMeaning(int status, String type, Reason reason) {
        Outcome outcome = Outcome.of(new Response(status, Map.of(), new byte[0]), "Acme");

        assertThat(outcome.getClass().getSimpleName()).isEqualTo(type);
        assertThat(outcome.toString()).contains(reason.name()).contains("Acme answered " + status);
    }

    @Test
    void waitingTimeShouldBeHandedOn() {
        Map<String, String> headers = Map.of("retry-after", "7");

        assertThat(Outcome.of(new Response(429, headers, new byte[0]), "Acme"))
                .isEqualTo(new Retry(Reason.THROTTLED, "Acme answered 429", Duration.ofSeconds(7)));
        assertThat(Outcome.of(new Response(502, headers, new byte[0]), "Acme"))
                .isEqualTo(new Uncertain(Reason.PROVIDER_DOWN, "Acme answered 502", Duration.ofSeconds(7)));
    }

    @Test
    void repeatableShouldLeaveNothingUncertain() {
        Duration after = Duration.ofSeconds(7);

        assertThat(new Uncertain(Reason.TIMEOUT, "x", after).repeatable())
                .isEqualTo(new Retry(Reason.TIMEOUT, "x", after));
        for (Outcome clear : new Outcome[] {new Sent("1"), new Refused(Reason.TOO_LARGE, "x")}) {
            assertThat(clear.repeatable()).isSameAs(clear);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    7                              | PT7S
                    0                              | PT0S
                    999999999                      | PT24H
                    Sat, 21 Nov 2026 10:02:30 GMT  | PT2M30S
                    Saturday, 21-Nov-26 10:02:30 GMT | PT2M30S
                    Sat, 21 Nov 2026 09:00:00 GMT  | PT0S
                    Sun, 21 Nov 2027 10:00:00 GMT  | PT24H
                    -1                             | none
                    7.5                            | none
                    soon                           | none
                    ''                             | none
                    """)
    void retryAfterShouldBeSecondsOrADate(String value, Duration expected) {
        Response response = new Response(429, Map.of("retry-after", value, "date", DATE), new byte[0]);

        assertThat(response.retryAfter().orElse(null)).isEqualTo(expected);
    }

    @Test
    void dateWithoutAClockShouldSayNothing() {
        Response response = new Response(429, Map.of("retry-after", DATE), new byte[0]);

        assertThat(response.retryAfter()).isEmpty();
    }
}
