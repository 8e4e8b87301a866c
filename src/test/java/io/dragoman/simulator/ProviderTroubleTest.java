// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.contract.FakeProvider;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a simulator does that was told to have a bad day. */
final class ProviderTroubleTest {
    private static final String ANA = "4915550101";

    private final WhatsAppSimulator meta = new WhatsAppSimulator(0);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        meta.close();
    }

    private HttpResponse<String> call(String body) throws IOException, InterruptedException {
        Map<String, String> settings = meta.settings();
        URI messages = meta.baseUrl().resolve("/v25.0/" + settings.get("phoneNumberId") + "/messages");
        return client.send(
                HttpRequest.newBuilder(messages)
                        .timeout(Duration.ofMillis(500))
                        .header("Authorization", "Bearer " + settings.get("accessToken"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> says(String text) throws IOException, InterruptedException {
        return call("{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\"" + ANA
                + "\",\"type\":\"text\",\"text\":{\"body\":\"" + text + "\"}}");
    }

    @Test
    void callsShouldEndAsItWasTold() throws Exception {
        meta.fail(CallFault.THROTTLED, 2);
        meta.fail(CallFault.EXPIRED, 1);
        for (int call = 0; call < 2; call++) {
            assertThat(says("x").headers().firstValue("Retry-After")).hasValue("5");
        }
        assertThat(says("x").body()).contains("\"code\":190");
        Map.of(CallFault.BUSY, 503, CallFault.REFUSED, 400, CallFault.FAILED, 500, CallFault.ODD, 200)
                .forEach((fault, status) -> {
                    meta.fail(fault, 1);
                    assertThat(status()).isEqualTo(status);
                });
        meta.fail(CallFault.CUT, 1);
        assertThatThrownBy(() -> says("x")).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
        meta.fail(CallFault.SILENT, 1);
        assertThatThrownBy(() -> says("x")).isInstanceOf(HttpTimeoutException.class);
        assertThat(meta.delivered()).isEmpty();
        assertThat(says("hi").statusCode()).isEqualTo(200);
        assertThat(meta.delivered()).hasSize(1);
    }

    private int status() {
        try {
            return says("x").statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void webhooksShouldComeAgainAndInTheWrongOrder() throws Exception {
        try (FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            meta.copies(3);
            assertThat(meta.customerWrites(gateway.baseUrl(), ANA, "again")).isEqualTo(200);
            assertThat(gateway.bodies())
                    .hasSize(3)
                    .allMatch(body -> body.equals(gateway.bodies().get(0)));
            meta.copies(1);
            meta.swapNext();
            assertThat(meta.customerWrites(gateway.baseUrl(), ANA, "first")).isZero();
            assertThat(meta.why()).hasValue("it goes out behind the next one");
            assertThat(meta.customerWrites(gateway.baseUrl(), ANA, "second")).isEqualTo(200);
            assertThat(meta.customerWrites(gateway.baseUrl(), ANA, "third")).isEqualTo(200);
            assertThat(gateway.bodies()).hasSize(6);
            assertThat(gateway.bodies().get(3)).contains("second");
            assertThat(gateway.bodies().get(4)).contains("first");
            assertThat(gateway.bodies().get(5)).contains("third");
        }
    }

    @Test
    void closedWindowShouldOpenWhenTheCustomerWrites() throws Exception {
        assertThat(meta.closeWindow("+" + ANA)).isTrue();
        assertThat(says("too late").body()).contains("\"code\":131047");
        try (FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            meta.customerWrites(gateway.baseUrl(), ANA, "hello again");
        }
        assertThat(says("in time").statusCode()).isEqualTo(200);
    }
}
