// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Retry;
import io.dragoman.connector.Outcome.Uncertain;
import io.dragoman.connector.Response;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorCodesTest {
    private static final ErrorCodes<String> CODES = ErrorCodes.<String>of("Acme")
            .refused(Reason.RECIPIENT_UNKNOWN, "no such chat", "chat_not_found", "gone")
            .refused(Reason.WINDOW_CLOSED, "", "late")
            .passing(Reason.THROTTLED, "too fast", "ratelimited")
            .passing(Duration.ofSeconds(6), Reason.THROTTLED, "too fast for one customer", "pair");

    @Test
    void knownCodeShouldDecide() {
        assertThat(CODES.outcome(answer(400), "gone"))
                .isEqualTo(new Refused(Reason.RECIPIENT_UNKNOWN, "Acme answered 400, code gone: no such chat"));
        assertThat(CODES.outcome(answer(200), "late"))
                .isEqualTo(new Refused(Reason.WINDOW_CLOSED, "Acme answered 200 with code late"));
        assertThat(CODES.outcome(answer(401), "ratelimited"))
                .isEqualTo(new Retry(Reason.THROTTLED, "Acme answered 401, code ratelimited: too fast"));
    }

    @Test
    void unknownCodeShouldLeaveTheWordToTheStatus() {
        assertThat(CODES.outcome(answer(400), "odd"))
                .isEqualTo(new Refused(Reason.CONTENT_REFUSED, "Acme answered 400"));
        assertThat(CODES.find("odd")).isEmpty();
        assertThat(CODES.find("gone")).map(ErrorCodes.Meaning::reason).contains(Reason.RECIPIENT_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"429,true,false", "503,true,false", "500,false,true", "502,false,true"})
    void knownCodeShouldNotHideThatTheProviderIsDown(int status, boolean again, boolean maybeSent) {
        Outcome outcome = CODES.outcome(answer(status), "gone");

        assertThat(outcome instanceof Retry).isEqualTo(again);
        assertThat(outcome instanceof Uncertain).isEqualTo(maybeSent);
    }

    @Test
    void tableThatIsSureShouldDecideOnServerErrorsToo() {
        ErrorCodes<String> sure = CODES.sureOnServerErrors();

        assertThat(sure.outcome(answer(500), "gone")).isInstanceOf(Refused.class);
        assertThat(sure.outcome(answer(500), "odd")).isInstanceOf(Uncertain.class);
        assertThat(sure.outcome(answer(503), "gone")).isInstanceOf(Retry.class);
    }

    @Test
    void pauseShouldBeTheProvidersElseTheTables() {
        Response asking = new Response(400, Map.of("retry-after", "90"), new byte[0]);

        assertThat(after(CODES.outcome(answer(400), "pair"))).isEqualTo(Duration.ofSeconds(6));
        assertThat(after(CODES.outcome(asking, "pair"))).isEqualTo(Duration.ofSeconds(90));
        assertThat(after(CODES.outcome(asking, "ratelimited"))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void statusCanBeTheCode() {
        ErrorCodes<Integer> statuses =
                ErrorCodes.<Integer>of("desk").refused(Reason.ACCOUNT_BLOCKED, "it takes no more", 410);

        assertThat(statuses.outcome(answer(410), 410))
                .isEqualTo(new Refused(Reason.ACCOUNT_BLOCKED, "desk answered 410: it takes no more"));
    }

    @Test
    void codeShouldStandOnceInATable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODES.refused(Reason.TOO_LARGE, "again", "gone"))
                .withMessage("Acme's code gone stands twice in its table");
    }

    private static Duration after(Outcome outcome) {
        return ((Retry) outcome).after();
    }

    private static Response answer(int status) {
        return new Response(status, Map.of(), new byte[0]);
    }
}
