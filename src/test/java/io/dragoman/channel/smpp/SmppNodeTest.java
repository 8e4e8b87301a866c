// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.NpmPackage;
import io.dragoman.TestGateway;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The channel with an SMS centre of other people's making, npm smpp; skipped loudly where npm cannot get it. */
final class SmppNodeTest {
    private static final String LONG = "A long text with {brackets} and a € ".repeat(7);
    private static final String ANA = "+4917000001";

    private final List<JsonNode> said = new CopyOnWriteArrayList<>();
    private Process node;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> modules = NpmPackage.of("smpp", "0.5.1");
        Assumptions.assumeTrue(modules.isPresent(), "no npm smpp");
        Path script = Path.of("src/test/resources/io/dragoman/channel/smpp/npm/centre.js")
                .toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder("node", script.toString());
        builder.environment().put("NODE_PATH", modules.get().toString());
        node = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        said.add(Json.tree(String.valueOf(out.readLine()).getBytes(StandardCharsets.UTF_8)));
        Thread reader = new Thread(() -> read(out), "npm-smpp");
        reader.setDaemon(true);
        reader.start();
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.destroyForcibly();
        }
    }

    private void read(BufferedReader out) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(Json.tree(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> taken() {
        return said.stream().filter(one -> one.has("to")).toList();
    }

    private SmppLine line(String password) {
        return new SmppLine(Map.of(
                "host", "127.0.0.1",
                "port", said.get(0).path("port").asText(),
                "tls", "false",
                "systemId", "shop",
                "password", password,
                "from", "+4930114"));
    }

    @Test
    void textsShouldGoBothWaysAndTheReceiptFindItsMessage() throws Exception {
        try (SmppLine line = line("secret")) {
            line.until(() -> said.stream().filter(one -> one.has("answered")).count() == 4);
            assertThat(said)
                    .filteredOn(one -> one.has("answered"))
                    .allMatch(one -> one.path("answered").asInt() == 0);
            assertThat(line.texts()).containsExactly("Hello {€} @", "Где мой заказ? 😀", LONG);
            assertThat(line.send("k-1", ANA, "Guten Tag, ä{}")).isInstanceOf(Outcome.Sent.class);
            assertThat(line.send("k-2", ANA, "Привет 😀")).isInstanceOf(Outcome.Sent.class);
            Outcome.Sent outcome = (Outcome.Sent) line.send("k-3", ANA, LONG);
            TestGateway.await("four parts told", () -> taken().size() == 4);
            List<JsonNode> taken = taken();
            assertThat(taken).extracting(one -> one.path("coding").asInt()).containsExactly(0, 8, 0, 0);
            assertThat(taken).extracting(one -> one.path("to").asText()).containsOnly("4917000001");
            assertThat(taken.get(0).path("text").asText()).isEqualTo("Guten Tag, ä{}");
            assertThat(taken.get(1).path("text").asText()).isEqualTo("Привет 😀");
            assertThat(taken.get(2).path("text").asText()
                            + taken.get(3).path("text").asText())
                    .isEqualTo(LONG);
            line.until(() -> line.receipts().size() == 3);
            assertThat(line.receipts().get(2).externalId()).isEqualTo(outcome.externalId());
        }
    }

    @Test
    void wrongPasswordShouldBeTold() throws Exception {
        try (SmppLine line = line("wrong")) {
            assertThatThrownBy(line::poll)
                    .isInstanceOfSatisfying(TransportFailure.class, failure -> assertThat(failure.isLoginRefused())
                            .isTrue());
        }
    }
}
