// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every connector that sends over HTTP must do. */
public interface HttpSendContract extends ConnectorContract {
    /** The text of {@link #outbound()}: it must reach the provider and never be shown. */
    String SENT_CANARY = "canary-that-is-sent";

    /** An address of the kind that this channel has. */
    String address();

    /** A text to be sent; a desk overrides it with a notice that contains the canary. */
    default Outbound outbound() {
        return new Outbound.ToCustomer(
                "delivery-1",
                "message-1",
                "conversation-1",
                address(),
                List.of(new Part.Text(SENT_CANARY)),
                null,
                null,
                List.of(),
                "Mara",
                false);
    }

    @Test
    default void contractThrottlingIsRetriedWhenAsked() {
        Outcome outcome = sendTo(FakeProvider.answering(429, Map.of("Retry-After", "7"), echo()));
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(((Outcome.Retry) outcome).reason()).isEqualTo(Reason.THROTTLED);
        assertThat(((Outcome.Retry) outcome).after()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    default void contractUnavailabilityIsRetriedWhenAsked() {
        Outcome outcome = sendTo(FakeProvider.answering(503, Map.of("Retry-After", "9"), "busy"));
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(((Outcome.Retry) outcome).after()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    default void contractRefusalIsFinal() {
        for (int status : List.of(400, 404, 413, 422)) {
            assertThat(sendTo(FakeProvider.answering(status, Map.of(), echo())))
                    .as("status " + status)
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    default void contractWrongCredentialsAreNamed() {
        for (int status : List.of(401, 403)) {
            assertThat(sendTo(FakeProvider.answering(status, Map.of(), echo())))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.AUTHENTICATION_FAILED));
        }
    }

    @Test
    default void contractRedirectIsNotFollowedNorTakenForSuccess() {
        try (FakeProvider elsewhere = FakeProvider.answering(200, Map.of(), "{}")) {
            Map<String, String> headers = Map.of("Location", elsewhere.baseUrl().toString());
            assertThat(sendTo(FakeProvider.answering(307, headers, ""))).isNotInstanceOf(Outcome.Sent.class);
            assertThat(elsewhere.bodies()).isEmpty();
        }
    }

    @Test
    default void contractServerErrorIsUncertain() {
        assertThat(sendTo(FakeProvider.answering(500, Map.of(), echo()))).isInstanceOf(Outcome.Uncertain.class);
        assertThat(sendTo(FakeProvider.answering(502, Map.of(), "<html>"))).isInstanceOf(Outcome.Uncertain.class);
    }

    @Test
    default void contractSilenceAndHangingUpAreUncertain() {
        assertThat(sendTo(FakeProvider.silent(), Duration.ofMillis(400)))
                .isInstanceOfSatisfying(Outcome.Uncertain.class, uncertain -> assertThat(uncertain.reason())
                        .isEqualTo(Reason.TIMEOUT));
        assertThat(sendTo(FakeProvider.hangingUp())).isInstanceOf(Outcome.Uncertain.class);
    }

    @Test
    default void contractUnreachableProviderIsRetried() {
        FakeProvider gone = FakeProvider.answering(200, Map.of(), "{}");
        gone.close();
        assertThat(sendTo(gone)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    default void contractOddAnswersAreNoException() {
        for (String body : List.of(
                "", "null", "[]", "{}", "\"x\"", "<html>", "{\"error\":7}", "{\"error\":{}}", "[".repeat(9_999))) {
            for (int status : List.of(200, 400, 500)) {
                assertThat(sendTo(FakeProvider.answering(status, Map.of(), body)))
                        .isNotNull();
            }
        }
    }

    @Test
    default void contractCarriesTheContentAndHidesTheCredentials() {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
            PlainTransport transport = new PlainTransport();
            Performing.send(connector(), account(provider.baseUrl()), outbound(), transport);
            assertThat(provider.bodies()).anyMatch(body -> body.contains(SENT_CANARY));
            assertThat(transport.calls()).allSatisfy(call -> {
                hidesContent(call.toString());
                assertThat(call.headers().values()).allSatisfy(this::hidesContent);
                assertThat(call.isTrusted()).isTrue();
            });
        }
    }

    /** An answer that repeats everything that must not be shown. */
    private String echo() {
        return "{\"error\":{\"message\":\"" + SENT_CANARY + " " + String.join(" ", secrets()) + "\"},\"message\":\""
                + SENT_CANARY + "\",\"description\":\"" + SENT_CANARY + "\"}";
    }

    private Outcome sendTo(FakeProvider provider) {
        return sendTo(provider, Duration.ofSeconds(20));
    }

    private Outcome sendTo(FakeProvider provider, Duration context) {
        URI base = provider.baseUrl();
        try (provider) {
            Outcome outcome = Performing.send(connector(), account(base), outbound(), new PlainTransport(context));
            hidesContent(outcome.toString());
            return outcome;
        }
    }

    private void hidesContent(String shown) {
        assertThat(shown).doesNotContain(SENT_CANARY).doesNotContain(secrets());
    }
}
