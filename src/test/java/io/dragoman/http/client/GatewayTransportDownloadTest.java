// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Transport.Download;
import io.dragoman.connector.TransportFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewayTransportDownloadTest extends TransportContract {
    private final Provider provider = new Provider();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void downloadIsKeptByItsHash() throws Exception {
        provider.answering((asked, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "Image/PNG; charset=x");
            Provider.answer(exchange, 200, "abc");
        });

        Download.Done done = (Download.Done) download(1000);

        assertThat(done.blob().sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(done.blob().size()).isEqualTo(3);
        assertThat(done.blob().mimeType()).isEqualTo("image/png");
        assertThat(transport().open("m-" + done.blob().sha256())).hasContent("abc");
    }

    @ParameterizedTest
    @CsvSource({"'', application/octet-stream", "'text/html\t', text/html", "image/png/x, application/octet-stream"})
    void typeThatIsNoneBecomesBytes(String given, String expected) throws TransportFailure {
        provider.answering((asked, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", given);
            Provider.answer(exchange, 200, "abc");
        });

        assertThat(((Download.Done) download(1000)).blob().mimeType()).isEqualTo(expected);
    }

    @Test
    @Timeout(60)
    void tooLargeIsGivenUpWhetherAnnouncedOrNot() throws Exception {
        provider.answering((asked, exchange) -> Provider.answer(exchange, 200, "x".repeat(1001)));
        assertThat(download(1000)).isEqualTo(new Download.TooLarge());

        provider.answering(Provider::endless);
        assertThat(download(50_000)).isEqualTo(new Download.TooLarge());
        assertThat(files()).isEmpty();
    }

    @Test
    void largestIsNotTooLarge() throws TransportFailure {
        provider.answering((asked, exchange) -> Provider.answer(exchange, 200, "x".repeat(1000)));

        assertThat(download(1000)).isInstanceOf(Download.Done.class);
    }

    @Test
    void otherStatusIsAnAnswer() throws Exception {
        provider.answering((asked, exchange) -> Provider.answer(exchange, 404, "gone"));

        assertThat(((Download.Answered) download(1000)).response().status()).isEqualTo(404);
        assertThat(files()).isEmpty();
    }

    @Test
    void onlyGetDownloads() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transport().download(HttpCall.post(provider.uri("/"), HttpCall.Body.form("")), 1));
    }

    private Download download(long largest) throws TransportFailure {
        return transport().download(HttpCall.get(provider.uri("/file")).trusting(provider.uri("/")), largest);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
