// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.io.ByteArrayInputStream;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything goes out. */
final class RequestsTest extends TransportContract {
    private final Provider provider = new Provider();

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "a\u007fb"})
    void lineBreakInAHeaderIsRefused(String value) {
        TransportFailure failure = failure(
                HttpCall.get(provider.uri("/")).trusting(provider.uri("/")).header("X-Name", value));

        assertThat(failure.reason()).isEqualTo(Reason.CONTENT_REFUSED);
        assertThat(failure.maybeSent()).isFalse();
        assertThat(provider.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "authorization", "Host", "Content-Length", "Transfer-Encoding", "X Y", ""})
    void headerThatIsNotTheConnectorsIsRefused(String name) {
        TransportFailure failure = failure(
                HttpCall.get(provider.uri("/")).trusting(provider.uri("/")).header(name, "1"));

        assertThat(failure.reason()).isEqualTo(Reason.CONTENT_REFUSED);
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void lineBreakInASecretOrContentTypeIsRefused() {
        URI uri = provider.uri("/");
        assertThat(failure(HttpCall.get(uri).trusting(uri).bearer(new Secret("a\r\nX: 1")))
                        .reason())
                .isEqualTo(Reason.CONTENT_REFUSED);
        assertThat(failure(HttpCall.post(
                                        uri,
                                        new HttpCall.Body(
                                                "a/b\r\nX: 1", 0, () -> new ByteArrayInputStream(new byte[0])))
                                .trusting(uri))
                        .reason())
                .isEqualTo(Reason.CONTENT_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:a@example.com", "/path", "ftp://example.com/", "http:///x", "http://h:99999/"})
    void addressThatIsNoneIsRefused(String address) {
        URI uri = URI.create(address);

        assertThat(failure(HttpCall.get(uri).trusting(uri)).reason()).isEqualTo(Reason.CONTENT_REFUSED);
    }

    @Test
    void userInAnAddressIsRefused() {
        URI uri = URI.create("http://user:secret@127.0.0.1:" + provider.port() + "/");

        TransportFailure failure = failure(HttpCall.get(uri).trusting(uri));

        assertThat(failure.reason()).isEqualTo(Reason.CONTENT_REFUSED);
        assertThat(failure.detail()).doesNotContain("secret");
    }
}
