// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import static io.dragoman.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.KafkaBroker;
import io.dragoman.intake.ArrivalLog;
import io.dragoman.store.Store;
import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the topic's owner does to it: takes a broker away, or makes the topic anew. */
final class KafkaTopicTest {
    private static final String TOPIC = "inbox";

    @TempDir
    private Path folder;

    private TestStore test;
    private Store store;

    @BeforeEach
    void open() throws Exception {
        test = TestStore.sqlite(folder);
        store = test.open(failure -> {});
    }

    @AfterEach
    void end() {
        store.close();
    }

    private KafkaLog log(KafkaBroker broker) {
        return TopicBench.log(broker, TOPIC, "group", store, folder.resolve("media"));
    }

    private static void append(KafkaLog log, int number) {
        log.append(List.of(TopicBench.arrived("ana", number))).join();
    }

    @Test
    @DisplayName("what one broker alone has is not acknowledged where two must have it")
    void whatOneBrokerAloneHasShouldNotBeAcknowledged() throws Exception {
        try (KafkaBroker leader = KafkaBroker.start(folder.resolve("kafka"));
                KafkaBroker follower = leader.beside(folder.resolve("follower"));
                Admin admin = leader.admin()) {
            NewTopic topic = new NewTopic(TOPIC, Map.of(0, List.of(1, 2))); // the first of them leads
            admin.createTopics(List.of(topic.configs(Map.of("min.insync.replicas", "2"))))
                    .all()
                    .get();
            KafkaLog log = log(leader);
            append(log, 1);
            follower.stop();
            assertThatThrownBy(() -> append(log, 2))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ArrivalLog.Unavailable.class);
            log.close();
        }
    }

    @Test
    @DisplayName("a topic that was deleted and made anew is read from its own beginning")
    void topicMadeAnewShouldBeReadFromItsBeginning() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"))) {
            broker.topic(TOPIC, 1, Map.of());
            KafkaLog first = log(broker);
            first.drain();
            append(first, 1);
            append(first, 2);
            await("taken in", () -> test.number("SELECT count(*) FROM event") == 2);
            first.close();
            remake(broker);
            KafkaLog next = log(broker);
            for (int i = 3; i < 7; i++) { // more than were in the old one
                append(next, i);
            }
            next.drain();
            await("the last is taken in", () -> test.number("SELECT count(*) FROM event WHERE key='ana/6'") == 1);
            next.close();
            assertThat(test.number("SELECT count(*) FROM event")).isEqualTo(6);
        }
    }

    private static void remake(KafkaBroker broker) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(TOPIC)).all().get();
            await("deleted", () -> !topics(admin).contains(TOPIC));
            broker.topic(TOPIC, 1, Map.of());
            await("made", () -> topics(admin).contains(TOPIC)); // the broker hears of it a moment after its controller
        }
    }

    private static Set<String> topics(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
