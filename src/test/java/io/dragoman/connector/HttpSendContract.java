// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every connector that sends over HTTP must do. */
public interface HttpSendContract extends ConnectorContract {
    /** The text of {@link #outbound()}: it must reach the provider and never be shown. */
    String SENT_CANARY = "canary-that-is-sent";

    /** A connector that waits or repeats for longer has no end. */
    Duration LONGEST = Duration.ofSeconds(60);

    /** An address of the kind that this channel has. */
    String address();

    /** Our key of {@link #outbound()} in the provider's form. */
    default String sentKey() {
        return outbound().key();
    }

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
                // a secret may have a header of its own, such as X-API-Key: the call is trusted, and shows none
                assertThat(call.headers().values())
                        .allSatisfy(value -> assertThat(value).doesNotContain(SENT_CANARY));
                assertThat(call.isTrusted()).isTrue();
            });
        }
    }

    @Test
    default void contractSuccessShowsNothingOfItsAnswer() {
        sendTo(FakeProvider.answering(200, Map.of(), echo()));
        sendTo(FakeProvider.answering(201, Map.of(), echo()));
    }

    @Test
    default void contractLogsNothingOfWhatItSends() {
        try (Logged logged = new Logged()) {
            for (int status : List.of(200, 400, 503)) {
                sendTo(FakeProvider.answering(status, Map.of(), echo()));
            }
            assertThat(logged.lines()).allSatisfy(this::hidesContent);
        }
    }

    /** Whether and when to try again is the outbox's to say: what a connector repeats by itself nobody counts. */
    @Test
    default void contractMakesOneAttempt() {
        try (FakeProvider provider = FakeProvider.answering(503, Map.of(), "{}")) {
            PlainTransport transport = new CountingTransport(Duration.ofSeconds(20));
            send(provider.baseUrl(), transport);
            assertThat(transport.calls())
                    .extracting(call -> call.method() + " " + call.uri())
                    .doesNotHaveDuplicates();
        }
    }

    /** {@code IDEMPOTENT} is true only of a provider that is sent our key. */
    @Test
    default void contractIdempotentSendsItsKey() {
        if (connector().retrySafety() != RetrySafety.IDEMPOTENT) {
            return;
        }
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
            PlainTransport transport = new CountingTransport(Duration.ofSeconds(20));
            send(provider.baseUrl(), transport);
            String key = sentKey();
            assertThat(transport.calls())
                    .anyMatch(call -> call.headers().containsValue(key)
                            || call.uri().toString().contains(key)
                            || provider.bodies().toString().contains(key));
        }
    }

    /** A link in a message is a stranger's: it gets neither trust nor credentials. */
    @Test
    default void contractTrustsNoStrangersLink() {
        if (!(connector() instanceof MediaSource source)) {
            return;
        }
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}");
                FakeProvider stranger = FakeProvider.answering(200, Map.of(), "{}")) {
            String link = stranger.baseUrl() + "/picture.jpg";
            Part.Media media = Part.Media.incoming(Part.MediaKind.IMAGE, "image/jpeg", null, null, link);
            PlainTransport transport = new CountingTransport(Duration.ofSeconds(20));
            Request origin = Request.polled("test", new byte[0], Instant.EPOCH);
            source.fetch(account(provider.baseUrl()), media, origin, transport);
            assertThat(transport.calls())
                    .filteredOn(call -> link.startsWith("http://" + call.uri().getAuthority()))
                    .allSatisfy(call -> {
                        assertThat(call.isTrusted()).isFalse();
                        assertThat(call.authorization()).isNull();
                        assertThat(call.headers().values())
                                .allSatisfy(value -> assertThat(value).doesNotContain(secrets()));
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
            Outcome outcome = send(base, new CountingTransport(context));
            hidesContent(outcome.toString());
            return outcome;
        }
    }

    private Outcome send(URI base, PlainTransport transport) {
        return assertTimeoutPreemptively(
                LONGEST, () -> Performing.send(connector(), account(base), outbound(), transport));
    }

    /** Ends what calls again and again. */
    final class CountingTransport extends PlainTransport {
        private static final int MOST = 20;

        CountingTransport(Duration longest) {
            super(longest);
        }

        @Override
        public Response http(HttpCall call) throws TransportFailure {
            assertThat(calls()).as("calls of one attempt").hasSizeLessThan(MOST);
            return super.http(call);
        }
    }

    private void hidesContent(String shown) {
        assertThat(shown).doesNotContain(SENT_CANARY).doesNotContain(secrets());
    }
}
