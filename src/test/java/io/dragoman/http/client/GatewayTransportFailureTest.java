// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.FreePort;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Transport.Download;
import io.dragoman.connector.TransportFailure;
import io.dragoman.fault.FaultyProxy;
import io.dragoman.fault.FaultyProxy.Fault;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What surely did not arrive is told from what may have. */
@Timeout(60)
final class GatewayTransportFailureTest extends TransportContract {
    private final Provider provider = new Provider();
    private final FaultyProxy proxy = new FaultyProxy(provider.port());

    @AfterEach
    void stop() {
        proxy.close();
        provider.close();
    }

    @Test
    void refusedConnectionIsNotSent() throws IOException {
        TransportFailure failure = failure(post(FreePort.find()));

        assertNotSent(failure);
        assertThat(failure.detail()).isEqualTo("127.0.0.1: it refused the connection");
    }

    @Test
    void unknownHostIsNotSent() {
        URI uri = URI.create("http://no-such-host.invalid/token-in-path?secret=1");

        TransportFailure failure = failure(HttpCall.get(uri).trusting(uri).timeout(Duration.ofSeconds(2)));

        assertNotSent(failure);
        assertThat(failure.detail()).isEqualTo("no-such-host.invalid: no such host");
    }

    @Test
    void connectionThatIsNotMadeInTimeIsNotSent() throws IOException {
        // a listener whose queue is full answers no further connection
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                java.net.Socket first = new java.net.Socket(deaf.getInetAddress(), deaf.getLocalPort());
                java.net.Socket second = new java.net.Socket(deaf.getInetAddress(), deaf.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();

            assertNotSent(failure(post(deaf.getLocalPort())));
        }
    }

    @Test
    void untrustedCertificateIsNotSent() throws Exception {
        try (Provider secure = new Provider(TestTls.trusting())) {
            URI wrongName = URI.create("https://127.0.0.1:" + secure.port() + "/");

            TransportFailure failure = failure(HttpCall.get(wrongName).trusting(wrongName));

            assertNotSent(failure);
            assertThat(secure.asked()).isEmpty();
            URI rightName = URI.create("https://localhost:" + secure.port() + "/");
            assertThat(get(rightName).status()).isEqualTo(200);
        }
    }

    @Test
    void tlsTowardsAPlainServerIsNotSent() {
        URI uri = URI.create("https://127.0.0.1:" + provider.port() + "/");

        assertNotSent(failure(HttpCall.get(uri).trusting(uri)));
    }

    @Test
    void tlsHandshakeThatBreaksIsNotSent() {
        URI uri = URI.create("https://127.0.0.1:" + proxy.port() + "/");
        proxy.next(Fault.resetAtOnce()).next(Fault.resetRequestAfter(10)).next(Fault.blackhole());

        for (int i = 0; i < 3; i++) {
            assertNotSent(failure(HttpCall.get(uri).trusting(uri).timeout(Duration.ofSeconds(3))));
        }
    }

    @Test
    void silenceAfterTheRequestIsATimeoutAndMaybeSent() {
        proxy.next(Fault.halfOpen());

        TransportFailure failure = failure(post(proxy.port()));

        assertMaybeSent(failure, Reason.TIMEOUT);
        assertThat(provider.asked()).hasSize(1);
        assertThat(failure.detail()).isEqualTo("127.0.0.1: it did not answer in time");
    }

    @Test
    void blackholeIsATimeoutAndMaybeSent() {
        proxy.next(Fault.blackhole());

        assertMaybeSent(failure(post(proxy.port())), Reason.TIMEOUT);
    }

    @Test
    void resetInTheMiddleOfTheRequestIsMaybeSent() {
        proxy.next(Fault.resetRequestAfter(20));

        assertMaybeSent(failure(post(proxy.port())), Reason.PROVIDER_DOWN);
    }

    @Test
    void resetBeforeTheAnswerIsMaybeSent() {
        proxy.next(Fault.resetAnswerAfter(0));

        assertMaybeSent(failure(post(proxy.port())), Reason.PROVIDER_DOWN);
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void answerThatEndsTooSoonIsMaybeSent() {
        provider.answering((asked, exchange) -> Provider.answer(exchange, 200, "x".repeat(5000)));
        proxy.next(Fault.truncate(0)).next(Fault.truncate(3000)).next(Fault.resetAnswerAfter(3000));

        for (int i = 0; i < 3; i++) {
            TransportFailure failure = failure(post(proxy.port()));
            assertThat(failure).as("answer %d", i).isNotNull();
            assertMaybeSent(failure, Reason.PROVIDER_DOWN);
        }
        assertThat(provider.asked()).hasSize(3); // never tried again by itself
    }

    @Test
    void answerThatIsNoHttpIsMaybeSent() {
        proxy.next(Fault.flipBit(0));

        assertThat(failure(post(proxy.port())).maybeSent()).isTrue();
    }

    @Test
    void answerDropByDropIsGivenUp() {
        provider.answering((asked, exchange) -> Provider.answer(exchange, 200, "x".repeat(5000)));
        proxy.next(Fault.slice(1, Duration.ofMillis(50)));

        TransportFailure failure = failure(post(proxy.port()).timeout(Duration.ofSeconds(2)));

        assertMaybeSent(failure, Reason.TIMEOUT);
        assertThat(failure.detail()).isEqualTo("127.0.0.1: took too long");
    }

    @Test
    void slowAndSlicedAnswersAreAnswers() throws TransportFailure {
        provider.answering((asked, exchange) -> {
            exchange.getResponseHeaders().set("Connection", "close");
            Provider.answer(exchange, 200, "ok");
        });
        proxy.next(Fault.latency(Duration.ofMillis(50))).next(Fault.slice(40, Duration.ofMillis(1)));
        assertThat(transport().http(post(proxy.port())).status()).isEqualTo(200);
        assertThat(transport().http(post(proxy.port())).status()).isEqualTo(200);
        assertThat(proxy.connections()).isEqualTo(2);
    }

    @Test
    void keptConnectionThatDiedIsNeverMaybeSent() throws TransportFailure {
        transport().http(post(proxy.port()));
        proxy.resetAll();

        // found dead before it is used, or by the first write: either way nothing went out
        TransportFailure failure = failure(post(proxy.port()));

        if (failure != null) {
            assertNotSent(failure);
        }
        assertThat(transport().http(post(proxy.port())).status()).isEqualTo(200);
    }

    @Test
    void brokenDownloadMayBeTriedAgain() {
        provider.answering((asked, exchange) -> Provider.answer(exchange, 200, "x".repeat(5000)));
        proxy.next(Fault.truncate(3000)).next(Fault.truncate(30)).next(Fault.halfOpen());
        URI uri = URI.create("http://127.0.0.1:" + proxy.port() + "/");
        HttpCall call = HttpCall.get(uri).trusting(uri).timeout(Duration.ofSeconds(3));

        TransportFailure cut =
                catchThrowableOfType(TransportFailure.class, () -> transport().download(call, 10_000));
        TransportFailure cutInTheHeaders =
                catchThrowableOfType(TransportFailure.class, () -> transport().download(call, 10_000));
        TransportFailure silent =
                catchThrowableOfType(TransportFailure.class, () -> transport().download(call, 10_000));

        assertNotSent(cut);
        assertNotSent(cutInTheHeaders);
        assertThat(silent.maybeSent()).isFalse();
        assertThat(silent.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(catchThrowableOfType(TransportFailure.class, () -> {
                    Download done = transport().download(call, 10_000);
                    assertThat(done).isInstanceOf(Download.Done.class);
                }))
                .isNull();
    }

    @Test
    void closedTransportSendsNothing() {
        transport().close();

        TransportFailure failure = failure(post(provider.port()));

        assertNotSent(failure);
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void interruptedThreadSendsNothing() {
        Thread.currentThread().interrupt(); // as a stop does to who polls

        TransportFailure failure = failure(post(provider.port()));

        assertThat(Thread.interrupted()).as("whoever asks is told, too").isTrue();
        assertNotSent(failure);
        assertThat(failure.detail()).isEqualTo("127.0.0.1: interrupted, as the gateway stops");
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void closingEndsWhatIsOnItsWay() throws Exception {
        proxy.next(Fault.halfOpen());
        CompletableFuture<TransportFailure> waiting =
                CompletableFuture.supplyAsync(() -> failure(post(proxy.port()).timeout(Duration.ofMinutes(1))));
        provider.awaitBroken(); // the request is there, and its answer is never let through

        transport().close();

        assertMaybeSent(waiting.get(30, TimeUnit.SECONDS), Reason.PROVIDER_DOWN);
    }

    private HttpCall post(int port) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/bot-secret/send?to=491700");
        return HttpCall.post(uri, HttpCall.Body.json(new byte[] {'{', '}'}))
                .trusting(uri)
                .timeout(Duration.ofSeconds(2));
    }

    private static void assertNotSent(TransportFailure failure) {
        assertThat(failure.maybeSent()).as(failure.detail()).isFalse();
        assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_DOWN);
        assertThat(failure.detail()).doesNotContain("secret").doesNotContain("4917");
    }

    private static void assertMaybeSent(TransportFailure failure, Reason reason) {
        assertThat(failure.maybeSent()).as(failure.detail()).isTrue();
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail()).doesNotContain("secret").doesNotContain("4917");
    }
}
