// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.contract.ConnectorSample;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Status;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.smpp.SmppSimulator;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The channel with an SMS centre in this process. */
final class SmppTest implements ConnectorSample {
    private static final URI NOWHERE = URI.create("smpp:+4930114");
    private static final String ANA = "+4917000001";

    @Override
    public Connector connector() {
        return new Smpp();
    }

    @Override
    public Account account(URI provider) {
        return SmppLine.account(Map.of(
                "host", "127.0.0.1", "tls", "false", "systemId", "shop", "password", "pass-wor", "from", "+4930114"));
    }

    @Override
    public List<String> secrets() {
        return List.of("pass-wor");
    }

    static Stream<String> recorded() throws IOException {
        return RecordedCases.of("channel/smpp").names();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void recordedMessageShouldRead(String name) throws Exception {
        RecordedCases.of("channel/smpp").check(name, body -> read(name, body));
    }

    /** What is refused is written as an event that is ignored, with the reason. */
    private List<CustomerEvent> read(String name, byte[] body) throws Exception {
        Instant at = Instant.parse("2026-11-21T10:00:00Z");
        try {
            return new Smpp().read(account(), Signature.polled(Request.polled(name, body, at)));
        } catch (MalformedPayload e) {
            return List.of(new Ignored(name, at, "malformed", String.valueOf(e.getMessage())));
        }
    }

    @Test
    void textsShouldGoBothWays() throws Exception {
        try (SmppSimulator centre = new SmppSimulator(0);
                SmppLine line = new SmppLine(centre.settings())) {
            CompletableFuture<Integer> written =
                    CompletableFuture.supplyAsync(() -> centre.customerWrites(NOWHERE, ANA, "Hello {€} @"));
            line.until(written::isDone);
            assertThat(written.join()).isEqualTo(200);
            assertThat(line.texts()).containsExactly("Hello {€} @");
            Outcome outcome = line.send("k-1", ANA, "Good day, ~ÄÖÜ");
            assertThat(outcome).isInstanceOf(Outcome.Sent.class);
            assertThat(centre.delivered())
                    .extracting(Delivered::customer, Delivered::content)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(ANA, "Good day, ~ÄÖÜ"));
            line.until(() -> !line.receipts().isEmpty());
            assertThat(line.receipts().get(0).status()).isEqualTo(Status.DELIVERED);
            assertThat(line.receipts().get(0).externalId()).isEqualTo(((Outcome.Sent) outcome).externalId());
            assertThat(line.receipts().get(0).lane()).isEqualTo(ANA);
        }
    }
}
