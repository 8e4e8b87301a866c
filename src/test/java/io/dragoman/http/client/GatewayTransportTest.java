// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewayTransportTest extends TransportContract {
    private final Provider provider = new Provider();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void requestIsMadeOfTheCallAndNothingElse() throws TransportFailure {
        Response response = transport()
                .http(HttpCall.post(provider.uri("/bot%2Fa/b%20c?q=1%2B1"), HttpCall.Body.json(bytes("{\"ä\":1}")))
                        .trusting(provider.uri("/"))
                        .header("X-Trace", "abc")
                        .bearer(new Secret("token")));

        assertThat(response.status()).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("ok");
        Provider.Asked asked = provider.asked().get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.target()).isEqualTo("/bot%2Fa/b%20c?q=1%2B1");
        assertThat(asked.text()).isEqualTo("{\"ä\":1}");
        Map<String, List<String>> headers = Map.copyOf(asked.headers());
        assertThat(headers.keySet())
                .containsExactlyInAnyOrder(
                        "Authorization",
                        "Content-length",
                        "Content-type",
                        "Host",
                        "User-agent",
                        "X-trace",
                        "Connection");
        assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer token");
        assertThat(asked.headers().getFirst("Content-type")).isEqualTo("application/json");
        assertThat(asked.headers().getFirst("User-agent")).isEqualTo("Dragoman");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST", "QUERY"})
    void anyMethodMayHaveABody(String method) throws TransportFailure {
        URI uri = provider.uri("/");
        transport()
                .http(new HttpCall(
                        method, uri, Map.of(), null, HttpCall.Body.form("a=b"), uri, Duration.ofSeconds(5), 0));

        assertThat(provider.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo(method);
            assertThat(asked.text()).isEqualTo("a=b");
        });
    }

    @Test
    void addressIsSentInAscii() throws TransportFailure {
        get(provider.uri("/grüße?q=ß"));

        assertThat(provider.asked().get(0).target()).isEqualTo("/gr%C3%BC%C3%9Fe?q=%C3%9F");
    }

    @Test
    void bodyOfUnknownLengthIsStreamed() throws TransportFailure {
        byte[] large = new byte[100_000];
        URI uri = provider.uri("/");
        transport()
                .http(HttpCall.post(uri, new HttpCall.Body("video/mp4", -1, () -> new ByteArrayInputStream(large)))
                        .trusting(uri));

        assertThat(provider.asked().get(0).body()).hasSize(100_000);
        assertThat(provider.asked().get(0).headers().getFirst("Transfer-encoding"))
                .isEqualTo("chunked");
    }

    @Test
    void bodyShorterThanAnnouncedIsNotSent() {
        URI uri = provider.uri("/");
        TransportFailure failure = failure(
                HttpCall.post(uri, new HttpCall.Body("video/mp4", 20_000, () -> new ByteArrayInputStream(new byte[10])))
                        .trusting(uri));

        assertThat(failure.maybeSent()).isFalse();
        assertThat(failure.reason()).isEqualTo(Reason.MEDIA_REFUSED);
    }

    @Test
    void streamThatBreaksIsNotTakenForAWhole() {
        URI uri = provider.uri("/");
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[20_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("disk");
            }
        });
        TransportFailure failure = failure(HttpCall.post(uri, new HttpCall.Body("video/mp4", -1, () -> broken))
                .trusting(uri));

        assertThat(failure.maybeSent()).isFalse();
        assertThat(failure.reason()).isEqualTo(Reason.MEDIA_REFUSED);
        assertThat(provider.awaitBroken()).isEqualTo(1);
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void bodyThatCannotBeOpenedIsNotSent() {
        URI uri = provider.uri("/");
        TransportFailure failure = failure(HttpCall.post(uri, new HttpCall.Body("video/mp4", 20, () -> {
                    throw new FileNotFoundException("/data/media/secret");
                }))
                .trusting(uri));

        assertThat(failure.maybeSent()).isFalse();
        assertThat(failure.detail()).isEqualTo("127.0.0.1: what was to be sent cannot be read");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 400, 401, 403, 404, 407, 429, 500, 503})
    void anyStatusIsAResponse(int status) throws TransportFailure {
        provider.answering((asked, exchange) -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=x");
            Provider.answer(exchange, status, status == 204 ? "" : "why");
        });

        assertThat(get(provider.uri("/")).status()).isEqualTo(status);
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void responseHeadersAreLowerCasedAndJoined() throws TransportFailure {
        provider.answering((asked, exchange) -> {
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.getResponseHeaders().add("Warning", "one");
            exchange.getResponseHeaders().add("Warning", "two");
            Provider.answer(exchange, 429, "");
        });

        Response response = get(provider.uri("/"));

        assertThat(response.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(response.headers()).containsEntry("warning", "one, two").containsKey("date");
    }

    @Test
    void responseIsCutAtTheCap() throws TransportFailure {
        provider.answering((asked, exchange) -> Provider.answer(exchange, 200, "x".repeat(10_001)));

        assertThat(get(provider.uri("/")).body()).hasSize(10_000);
        assertThat(get(provider.uri("/")).status()).isEqualTo(200);
    }

    @Test
    @Timeout(60)
    void endlessResponseIsCutAtTheCap() throws TransportFailure {
        provider.answering(Provider::endless);

        assertThat(get(provider.uri("/")).body()).hasSize(10_000);
    }

    @Test
    void compressedResponseStaysAsItCame() throws TransportFailure {
        provider.answering((asked, exchange) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            Provider.answer(exchange, 200, "no gzip at all");
        });

        assertThat(new String(get(provider.uri("/")).body(), StandardCharsets.UTF_8))
                .isEqualTo("no gzip at all");
        assertThat(provider.asked().get(0).headers()).doesNotContainKey("Accept-encoding");
    }

    @Test
    void cookiesAreNotKept() throws TransportFailure {
        provider.answering((asked, exchange) -> {
            exchange.getResponseHeaders().set("Set-Cookie", "session=1; Path=/");
            Provider.answer(exchange, 200, "");
        });

        get(provider.uri("/"));
        get(provider.uri("/"));

        assertThat(provider.asked().get(1).headers()).doesNotContainKey("Cookie");
    }

    @Test
    void noHeaderOfAResponseSteersALaterRequest() throws TransportFailure {
        provider.answering((asked, exchange) -> {
            exchange.getResponseHeaders().set("CamelHttpUri", "http://127.0.0.1:1/evil");
            exchange.getResponseHeaders().set("CamelHttpPath", "/evil");
            exchange.getResponseHeaders().set("CamelHttpQuery", "evil=1");
            exchange.getResponseHeaders().set("CamelHttpMethod", "DELETE");
            exchange.getResponseHeaders().set("CamelHttpHost", "evil");
            exchange.getResponseHeaders().set("Authorization", "Bearer stolen");
            exchange.getResponseHeaders().set("X-Later", "evil");
            Provider.answer(exchange, 200, "");
        });

        Response first = get(provider.uri("/one"));
        get(provider.uri("/two"));

        assertThat(first.headers()).containsEntry("camelhttpuri", "http://127.0.0.1:1/evil");
        assertThat(provider.asked()).hasSize(2);
        Provider.Asked second = provider.asked().get(1);
        assertThat(second.method() + " " + second.target()).isEqualTo("GET /two");
        assertThat(second.headers().keySet()).containsExactlyInAnyOrder("Host", "User-agent", "Connection");
    }

    @Test
    void camelHeadersOfACallGoToTheProviderAsAnyOther() throws TransportFailure {
        transport()
                .http(HttpCall.get(provider.uri("/one"))
                        .trusting(provider.uri("/"))
                        .header("CamelHttpUri", "http://127.0.0.1:1/")
                        .header("CamelHttpMethod", "DELETE"));

        assertThat(provider.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("GET");
            assertThat(asked.target()).isEqualTo("/one");
        });
    }

    @Test
    void connectionIsUsedAgain() throws TransportFailure {
        for (int i = 0; i < 20; i++) {
            get(provider.uri("/" + i));
        }

        assertThat(ports(provider)).hasSize(1);
    }

    @Test
    void manyThreadsShareAFewConnections() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Response>> responses = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                URI uri = provider.uri("/" + i);
                responses.add(threads.submit(() -> get(uri)));
            }
            for (Future<Response> response : responses) {
                assertThat(response.get().status()).isEqualTo(200);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(provider.asked().stream().map(Provider.Asked::target).distinct())
                .hasSize(400);
        assertThat(ports(provider).size()).isLessThanOrEqualTo(settings().connections());
    }

    @Test
    void keptMediaIsOpenedByItsId() throws IOException {
        String sha256 = transport()
                .keep(new ByteArrayInputStream(bytes("picture")), "image/png")
                .sha256();

        assertThat(transport().open("m-" + sha256)).hasContent("picture");
        Assertions.assertThatIOException().isThrownBy(() -> transport().open("unknown"));
        Assertions.assertThatIOException()
                .isThrownBy(() -> transport().keep(new ByteArrayInputStream(new byte[100_001]), "image/png"));
        assertThat(transport().clock()).isSameAs(CLOCK);
    }

    private static Set<Integer> ports(Provider provider) {
        return provider.asked().stream().map(Provider.Asked::from).collect(Collectors.toSet());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
