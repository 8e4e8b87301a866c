// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.meta.GraphErrors;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorTableTest {
    @ParameterizedTest
    @CsvSource({
        "4, THROTTLED",
        "80007, THROTTLED",
        "130429, THROTTLED",
        "131056, THROTTLED",
        "131208, THROTTLED",
        "135000, PROVIDER_DOWN",
        "131048, THROTTLED",
        "131057, PROVIDER_DOWN",
        "133016, THROTTLED",
        "1, PROVIDER_DOWN",
        "2, PROVIDER_DOWN",
        "131000, PROVIDER_DOWN",
        "131016, PROVIDER_DOWN",
        "133004, PROVIDER_DOWN",
        "131053, MEDIA_REFUSED"
    })
    void transientCodeShouldBeRetried(int code, Reason reason) {
        assertThat(outcome(400, code)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo(reason);
            assertThat(retry.detail()).contains("code " + code);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "100, CONTENT_REFUSED",
        "131008, CONTENT_REFUSED",
        "131009, CONTENT_REFUSED",
        "131021, RECIPIENT_UNKNOWN",
        "131026, RECIPIENT_UNKNOWN",
        "131030, RECIPIENT_UNKNOWN",
        "131047, WINDOW_CLOSED",
        "131020, RECIPIENT_UNKNOWN",
        "131041, RECIPIENT_UNKNOWN",
        "131212, RECIPIENT_UNKNOWN",
        "131037, ACCOUNT_BLOCKED",
        "131044, ACCOUNT_BLOCKED",
        "131207, ACCOUNT_BLOCKED",
        "131215, ACCOUNT_BLOCKED",
        "131062, UNSUPPORTED",
        "131063, UNSUPPORTED",
        "131050, RECIPIENT_OPTED_OUT",
        "131051, UNSUPPORTED",
        "132000, CONTENT_REFUSED",
        "132018, CONTENT_REFUSED",
        "132068, CONTENT_REFUSED",
        "130472, CONTENT_REFUSED",
        "130497, ACCOUNT_BLOCKED",
        "137000, CONTENT_REFUSED",
        "131049, THROTTLED",
        "131064, THROTTLED",
        "0, AUTHENTICATION_FAILED",
        "3, AUTHENTICATION_FAILED",
        "10, AUTHENTICATION_FAILED",
        "190, AUTHENTICATION_FAILED",
        "200, AUTHENTICATION_FAILED",
        "299, AUTHENTICATION_FAILED",
        "33, ACCOUNT_BLOCKED",
        "131005, AUTHENTICATION_FAILED",
        "131031, ACCOUNT_BLOCKED",
        "131042, ACCOUNT_BLOCKED",
        "131045, AUTHENTICATION_FAILED",
        "133010, ACCOUNT_BLOCKED",
        "368, ACCOUNT_BLOCKED"
    })
    void permanentCodeShouldBeRefusedWhateverTheStatus(int code, Reason reason) {
        for (int status : new int[] {400, 401, 500}) {
            assertThat(outcome(status, code))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(reason));
        }
    }

    @Test
    void undocumentedCodeShouldLeaveTheWordToTheStatus() {
        assertThat(outcome(400, 999_999)).isInstanceOf(Outcome.Refused.class);
        assertThat(outcome(500, 999_999)).isInstanceOf(Outcome.Uncertain.class);
        assertThat(outcome(500, 1)).isInstanceOf(Outcome.Uncertain.class);
    }

    @Test
    void pairRateShouldPauseUnlessToldOtherwise() {
        assertThat(((Outcome.Retry) outcome(400, 131056)).after()).isEqualTo(Duration.ofSeconds(6));
        Response told = new Response(400, Map.of("retry-after", "90"), body(131056));
        assertThat(((Outcome.Retry) GraphErrors.outcome(ErrorTable.CODES, told)).after())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(((Outcome.Retry) outcome(400, 130429)).after()).isNull();
    }

    private static Outcome outcome(int status, int code) {
        Outcome outcome = GraphErrors.outcome(ErrorTable.CODES, new Response(status, Map.of(), body(code)));
        assertThat(outcome.toString())
                .as("Meta's own words may quote what was sent")
                .doesNotContain("canary");
        return outcome;
    }

    private static byte[] body(int code) {
        return ("{\"error\":{\"message\":\"canary\",\"code\":" + code + "}}").getBytes(StandardCharsets.UTF_8);
    }
}
