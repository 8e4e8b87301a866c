// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import static io.dragoman.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.KafkaBroker;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.InboxSettings;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Outbound;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with Kafka as its inbox, on a real broker. */
final class KafkaInboxTest {
    private static final String TOPIC = "inbox";

    @TempDir
    private Path folder;

    private final TestDesk desk = new TestDesk();

    @Test
    @DisplayName(
            "webhooks go through the topic to the desk, once and in order; away, the broker means 503 until it is back")
    void webhookShouldGoThroughTheTopicToTheDesk() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"))) {
            broker.topic(TOPIC, 3, Map.of());
            try (TestGateway test = gateway(broker)) {
                inOrderAndOnce(test, broker);
                whatCannotBeRead(test);
                answersOfTheDesk(test);
                foreign(test, broker);
                large(test, broker);
                brokerAway(test, broker);
                JsonNode ledger = test.admin("/api/v1/ledger");
                assertThat(ledger.path("difference").asLong(-1)).isZero();
                assertThat(test.gateway.meters().scrape())
                        .contains(
                                "dragoman_inbox_usable 1.0",
                                "dragoman_inbox_lost 0.0",
                                "dragoman_inbox_waiting{partition=\"0\"}",
                                "dragoman_inbox_append_seconds_count");
            }
        }
    }

    private TestGateway gateway(KafkaBroker broker) throws Exception {
        return new TestGateway(
                folder.resolve("data"),
                situation -> Decision.NOTHING,
                new TestChannel(),
                desk,
                setup -> setup.with(TestSettings.with(setup.settings(), InboxSettings.at(broker.address(), TOPIC))));
    }

    private void inOrderAndOnce(TestGateway test, KafkaBroker broker) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            bodies.add(message("c" + i % 3, i));
        }
        for (String body : bodies) {
            assertThat(test.post(body)).isEqualTo(200);
            assertThat(test.post(body)).isEqualTo(200); // as a provider that did not hear us
        }
        await("all at the desk", () -> texts().size() == 30);
        for (int c = 0; c < 3; c++) {
            String customer = "c" + c;
            int first = c;
            assertThat(texts().stream().filter(text -> text.startsWith(customer + "/")))
                    .containsExactlyElementsOf(IntStream.range(0, 10)
                            .mapToObj(i -> customer + "/" + (first + 3 * i))
                            .toList());
        }
        await("repetitions counted", () -> counter(test, "dragoman.duplicates") == 30);
        assertThat(counter(test, "dragoman.accepted")).isEqualTo(30);
        assertThat(records(broker)).as("it went through the topic").isEqualTo(60);
        JsonNode inbox = test.admin("/health/ready").path("inbox");
        assertThat(inbox.path("topic").asText()).isEqualTo(TOPIC);
        assertThat(inbox.path("usable").asBoolean()).isTrue();
        assertThat(inbox.path("partitions")).hasSize(3);
    }

    private static double counter(TestGateway test, String name) {
        return test.gateway.meters().counter(name, "channel", "shop").count();
    }

    private static long records(KafkaBroker broker) throws Exception {
        try (Admin admin = broker.admin()) {
            long all = 0;
            for (int partition = 0; partition < 3; partition++) {
                TopicPartition one = new TopicPartition(TOPIC, partition);
                all += admin.listOffsets(Map.of(one, OffsetSpec.latest()))
                        .partitionResult(one)
                        .get()
                        .offset();
            }
            return all;
        }
    }

    private static void whatCannotBeRead(TestGateway test) {
        assertThat(test.post("no json")).isEqualTo(200);
        await(
                "kept as dead",
                () -> test.admin("/api/v1/dead").path("deadLetters").size() == 1);
        assertThat(test.admin("/api/v1/dead").at("/deadLetters/0/reason").asText())
                .isEqualTo("the body is not an array of events");
        assertThat(test.postDesk("no json")).as("a desk's developer is told").isEqualTo(400);
        await(
                "kept as dead too",
                () -> test.admin("/api/v1/dead").path("deadLetters").size() == 2);
    }

    private static void answersOfTheDesk(TestGateway test) {
        String conversation =
                test.admin("/api/v1/conversations").at("/conversations/0/id").asText();
        assertThat(test.postDesk(
                        "[{\"type\":\"agent.replied\",\"key\":\"r1\",\"at\":\"2026-11-30T10:00:00Z\",\"conversation\":\""
                                + conversation + "\",\"parts\":[{\"type\":\"text\",\"text\":\"answer\"}]}]"))
                .isEqualTo(200);
        await("the answer is at the customer", () -> test.channel.sent.size() == 1);
    }

    private static void foreign(TestGateway test, KafkaBroker broker) throws Exception {
        TopicBench.write(broker, TOPIC, "foreign".getBytes(StandardCharsets.UTF_8));
        await(
                "seen among the dead",
                () -> test.admin("/api/v1/dead").path("deadLetters").size() == 3);
        String replayed = test.admin("POST", "/api/v1/dead/replay", "{\"channel\": \"topic:inbox\"}")
                .body();
        assertThat(replayed).contains("\"matched\":1", "\"unreadable\":1");
    }

    /** Its events take more room than the topic has: they are read again from the body, each sender's from its record. */
    private void large(TestGateway test, KafkaBroker broker) throws Exception {
        int before = texts().size();
        long records = records(broker);
        String text = "x".repeat(200);
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < 900; i++) { // one sender's are many, the other's few
            String customer = i % 300 == 0 ? "few" : "many";
            body.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"l")
                    .append(i)
                    .append("\",\"from\":\"")
                    .append(customer)
                    .append("\",\"text\":\"")
                    .append(customer)
                    .append('/')
                    .append(i)
                    .append(i % 3 == 0 ? text.repeat(9) : text)
                    .append("\"}");
        }
        assertThat(test.post(body.append(']').toString())).isEqualTo(200);
        assertThat(records(broker) - records).isEqualTo(2);
        await("all at the desk", () -> texts().size() == before + 900);
        for (String customer : List.of("few", "many")) {
            assertThat(texts().stream()
                            .filter(one -> one.startsWith(customer + "/"))
                            .map(one -> Integer.parseInt(one.replaceAll(".*/(\\d+)x+", "$1"))))
                    .isSorted();
        }
    }

    private void brokerAway(TestGateway test, KafkaBroker broker) throws Exception {
        broker.stop();
        String body = message("c1", 100);
        assertThat(test.post(body)).isEqualTo(503);
        await("not ready", () -> test.admin("GET", "/health/ready", null).statusCode() == 503);
        assertThat(test.admin("GET", "/health/ready", null).body()).contains("\"usable\":false");
        broker.start();
        await("taken again", () -> test.post(body) == 200);
        await("ready again", () -> test.admin("GET", "/health/ready", null).statusCode() == 200);
        await("at the desk", () -> texts().contains("c1/100"));
        assertThat(texts().size()).isEqualTo(931);
        assertThat(Set.copyOf(texts()).size()).isEqualTo(931);
    }

    @Test
    void gatewayShouldNotStartWithoutTheTopic() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"))) {
            assertThatThrownBy(() -> gateway(broker))
                    .isInstanceOf(StoreException.Unusable.class)
                    .hasMessageContaining("there is no topic " + TOPIC);
            broker.topic(TOPIC, 1, Map.of());
            gateway(broker).close(); // the store was left to others
        }
    }

    private static String message(String customer, int number) {
        String id = customer + "/" + number;
        return "[{\"id\":\"" + id + "\",\"from\":\"" + customer + "\",\"text\":\"" + id + "\"}]";
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Outbound outbound : desk.sent) {
            if (outbound instanceof Outbound.ToDesk toDesk
                    && toDesk.notice().type() == DeskNotice.Type.MESSAGE_RECEIVED) {
                Part part = toDesk.notice().data().message().parts().get(0);
                texts.add(((Part.Text) part).text());
            }
        }
        return texts;
    }
}
