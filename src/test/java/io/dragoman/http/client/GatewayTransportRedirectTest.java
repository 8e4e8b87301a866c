// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewayTransportRedirectTest extends TransportContract {
    private final Provider known = new Provider();
    private final Provider stranger = new Provider();

    @BeforeEach
    void allowTheStranger() {
        guardedBy(lenient(stranger));
    }

    @AfterEach
    void stop() {
        known.close();
        stranger.close();
    }

    @Test
    void redirectIsAnAnswerUnlessAskedFor() throws TransportFailure {
        known.answering((asked, exchange) -> Provider.redirect(exchange, 302, "/elsewhere"));

        assertThat(transport().http(call()).status()).isEqualTo(302);
        assertThat(known.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectWithinAHostKeepsCredentials(int status) throws TransportFailure {
        known.answering((asked, exchange) -> {
            if (asked.target().equals("/start")) {
                Provider.redirect(exchange, status, "next?a=b");
            } else {
                Provider.answer(exchange, 200, "there");
            }
        });

        assertThat(transport().http(call().follow(1)).status()).isEqualTo(200);
        assertThat(known.asked().get(1).target()).isEqualTo("/next?a=b");
        assertThat(known.asked().get(1).headers().getFirst("Authorization")).isEqualTo("Bearer token");
        assertThat(known.asked().get(1).headers().getFirst("X-key")).isEqualTo("key");
    }

    @Test
    void redirectToAnotherHostDropsCredentials() throws TransportFailure {
        known.answering((asked, exchange) ->
                Provider.redirect(exchange, 302, stranger.uri("/picture").toString()));

        assertThat(transport().http(call().follow(1)).status()).isEqualTo(200);

        Provider.Asked asked = stranger.asked().get(0);
        assertThat(asked.target()).isEqualTo("/picture");
        assertThat(asked.headers()).doesNotContainKeys("Authorization", "X-key");
        assertThat(asked.headers().getFirst("Accept")).isEqualTo("image/*");
    }

    @Test
    void credentialsDoNotComeBackOnTheWayBack() throws TransportFailure {
        guardedBy(lenient(known, stranger));
        known.answering((asked, exchange) -> {
            if (asked.target().equals("/start")) {
                Provider.redirect(exchange, 302, stranger.uri("/").toString());
            } else {
                Provider.answer(exchange, 200, "back");
            }
        });
        stranger.answering((asked, exchange) ->
                Provider.redirect(exchange, 302, known.uri("/back").toString()));

        assertThat(transport().http(call().follow(5)).status()).isEqualTo(200);
        assertThat(known.asked().get(1).headers()).doesNotContainKey("Authorization");
    }

    @Test
    void strangerCannotLeadBackToWhereWeAreTrusted() {
        known.answering((asked, exchange) ->
                Provider.redirect(exchange, 302, stranger.uri("/").toString()));
        stranger.answering((asked, exchange) ->
                Provider.redirect(exchange, 302, known.uri("/internal").toString()));

        TransportFailure failure = failure(call().follow(5));

        assertThat(failure.reason()).isEqualTo(Reason.CONTENT_REFUSED);
        assertThat(known.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "https://169.254.169.254/latest/meta-data/",
                "//169.254.169.254/",
                "http://[::ffff:169.254.169.254]/",
                "http://0xa9fea9fe/",
                "https://2852039166/",
                "http://[fd00:ec2::254]/",
                "ftp://127.0.0.1/",
                "file:///etc/passwd"
            })
    void redirectIntoThePrivateNetworkIsRefused(String target) throws TransportFailure {
        guardedBy(new SsrfGuard(true, java.util.List.of()));
        known.answering((asked, exchange) -> Provider.redirect(exchange, 302, target));

        if (URI.create(target).getHost() == null) {
            assertThat(transport().http(call().follow(3)).status()).isEqualTo(302);
        } else {
            TransportFailure failure = failure(call().follow(3));
            assertThat(failure.reason()).isEqualTo(Reason.CONTENT_REFUSED);
            assertThat(failure.maybeSent()).isFalse();
        }
        assertThat(known.asked()).hasSize(1);
    }

    @Test
    void noMoreRedirectsThanAskedFor() throws TransportFailure {
        known.answering((asked, exchange) -> Provider.redirect(exchange, 302, "/again"));

        assertThat(transport().http(call().follow(3)).status()).isEqualTo(302);
        assertThat(known.asked()).hasSize(4);
    }

    @Test
    void postIsNeverRedirected() throws TransportFailure {
        known.answering((asked, exchange) -> Provider.redirect(exchange, 307, "/elsewhere"));

        assertThat(transport()
                        .http(HttpCall.post(known.uri("/"), HttpCall.Body.form("a=b"))
                                .trusting(known.uri("/"))
                                .follow(3))
                        .status())
                .isEqualTo(307);
        assertThat(known.asked()).hasSize(1);
    }

    @Test
    void brokenLocationIsAnAnswer() throws TransportFailure {
        for (String location : new String[] {"http://a b/", "http://", "%%%", "http:///x"}) {
            known.answering((asked, exchange) -> Provider.redirect(exchange, 302, location));
            assertThat(transport().http(call().follow(3)).status()).as(location).isEqualTo(302);
        }
    }

    private HttpCall call() {
        return HttpCall.get(known.uri("/start"))
                .trusting(known.uri("/"))
                .header("X-Key", "key")
                .header("Accept", "image/*")
                .bearer(new Secret("token"));
    }
}
