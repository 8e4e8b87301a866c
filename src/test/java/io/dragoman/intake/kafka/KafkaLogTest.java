// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import static io.dragoman.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.KafkaBroker;
import io.dragoman.intake.ArrivalLog;
import io.dragoman.intake.ArrivalRecord;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.EventTypes;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** From a real broker's topic into a store: each record once and in order, whoever dies, sleeps or writes nonsense. */
final class KafkaLogTest {
    private static KafkaBroker broker;

    @TempDir
    private static Path disk;

    @TempDir
    private Path folder;

    private String topic;
    private TestStore test;
    private Store store;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start(disk.resolve("kafka"));
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @BeforeEach
    void topic(TestInfo info) throws Exception {
        topic = info.getTestMethod().orElseThrow().getName();
        test = TestStore.sqlite(folder);
        store = test.open(failure -> {});
    }

    @org.junit.jupiter.api.AfterEach
    void end() {
        store.close();
    }

    private KafkaLog log(String group) {
        return TopicBench.log(broker, topic, group, store, folder.resolve("media"));
    }

    private long events() {
        return test.number("SELECT count(*) FROM event");
    }

    private void append(KafkaLog log, String customer, int... numbers) {
        log.append(List.of(TopicBench.arrived(customer, numbers))).join();
    }

    @Test
    @DisplayName("what was acknowledged by a process that ended before the store had it is taken in once by another")
    void acknowledgedBeforeTheStoreShouldBeTakenInOnce() throws Exception {
        broker.topic(topic, 3, Map.of());
        KafkaLog dead = log("group");
        for (int i = 0; i < 50; i++) {
            append(dead, "c" + i % 5, i);
        }
        assertThat(events()).isZero();
        dead.close();
        for (int lives = 0; lives < 2; lives++) {
            KafkaLog next = log("group");
            next.drain();
            await(
                    "all in the store",
                    () -> events() == 50 && next.state().partitions().size() == 3);
            await("all partitions looked up", () -> next.state().partitions().stream()
                    .allMatch(one -> one.next() >= 0));
            next.close();
        }
        assertThat(test.number("SELECT sum(duplicates) FROM event")).isZero();
        assertThat(test.number("SELECT sum(next_offset) FROM inbox_offset")).isEqualTo(50);
        for (int c = 0; c < 5; c++) {
            int first = c;
            assertThat(test.text("SELECT group_concat(key,' ') FROM (SELECT key FROM event WHERE lane='in/shop/c" + c
                            + "' ORDER BY seq)"))
                    .isEqualTo(IntStream.range(0, 10)
                            .mapToObj(i -> "c" + first + "/" + (first + i * 5))
                            .collect(java.util.stream.Collectors.joining(" ")));
        }
    }

    @Test
    @DisplayName(
            "the places in the store count: neither a reset of the group nor its deletion repeats or skips anything")
    void placesInTheStoreShouldCount() throws Exception {
        broker.topic(topic, 1, Map.of());
        KafkaLog one = log("placed");
        one.drain();
        append(one, "ana", 1, 2, 3);
        append(one, "ana", 4);
        await("taken in", () -> events() == 4);
        one.close();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = broker.admin()) {
            for (long offset : new long[] {0, 77}) { // all again, or nothing ever
                admin.alterConsumerGroupOffsets("placed", Map.of(partition, new OffsetAndMetadata(offset)))
                        .all()
                        .get();
                KafkaLog next = log("placed");
                next.drain();
                append(next, "ana", (int) (100 + offset));
                await("the next is taken in", () -> events() == (offset == 0 ? 5 : 6));
                next.close();
            }
        }
        assertThat(test.number("SELECT sum(duplicates) FROM event")).isZero();
    }

    @Test
    @DisplayName("a reader that believes a partition is still its own takes in nothing that another has")
    void readerThatWasOvertakenShouldChangeNothing() throws Exception {
        broker.topic(topic, 1, Map.of());
        KafkaLog owner = log("owners");
        KafkaLog zombie = log("zombies"); // a group of its own: Kafka gives the partition to both
        owner.drain();
        zombie.drain();
        List<CompletableFuture<Void>> appended = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            appended.add(owner.append(List.of(TopicBench.arrived("c" + i % 7, i))));
            if (i % 40 == 0) {
                CompletableFuture.allOf(appended.toArray(CompletableFuture<?>[]::new))
                        .join();
            }
        }
        await("all taken in", () -> events() == 400);
        await("both know", () -> Stream.of(owner, zombie)
                .allMatch(log -> log.state().partitions().stream().allMatch(one -> one.next() == 400)));
        owner.close();
        zombie.close();
        assertThat(test.number("SELECT sum(duplicates) FROM event"))
                .as("nothing was taken in a second time, to be told by its key")
                .isZero();
        assertThat(test.number("SELECT count(*) FROM event a JOIN event b ON a.lane=b.lane AND a.seq<b.seq AND"
                        + " CAST(substr(a.key,instr(a.key,'/')+1) AS INTEGER)>CAST(substr(b.key,instr(b.key,'/')+1) AS"
                        + " INTEGER)"))
                .as("pairs in the wrong order")
                .isZero();
    }

    @Test
    @DisplayName("what somebody else wrote into the topic is dead, with its bytes, and stops nothing behind it")
    void foreignRecordShouldBeDeadAndStopNothing() throws Exception {
        broker.topic(topic, 1, Map.of());
        byte[] foreign = "{\"order\": 17}".getBytes(StandardCharsets.UTF_8);
        KafkaLog log = log("group");
        append(log, "ana", 1);
        TopicBench.write(broker, topic, foreign);
        append(log, "ana", 2);
        log.drain();
        await("all taken in", () -> events() == 3);
        log.close();
        assertThat(test.text("SELECT source||', '||type||', '||reason FROM event WHERE state='DEAD'"))
                .isEqualTo("topic:" + topic + ", unread, the record at " + topic
                        + "/0/1 cannot be read: it does not begin as what a gateway writes");
        assertThat(test.text("SELECT CAST(r.body AS TEXT) FROM raw r JOIN event e ON e.raw=r.id WHERE e.state='DEAD'"))
                .isEqualTo(new String(foreign, StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("a record of a newer version waits, and what the store refuses is dead after three tries")
    void newerRecordShouldWaitAndWhatTheStoreRefusesShouldBeDead() throws Exception {
        broker.topic(topic, 1, Map.of());
        store.writeAndWait(tx -> tx.cursors().take("shop", "somebody", 1)); // makes the writer's statements
        try (java.sql.Connection outside = test.connect()) {
            outside.createStatement()
                    .execute("CREATE TRIGGER refuses BEFORE INSERT ON event WHEN NEW.key='ana/2' AND NEW.state='NEW'"
                            + " BEGIN SELECT RAISE(ABORT, 'refused'); END");
        }
        KafkaLog log = log("group");
        append(log, "ana", 1);
        append(log, "ana", 2);
        append(log, "ana", 3);
        byte[] newer = ArrivalRecord.write(TopicBench.arrived("ana", 4), 100_000);
        newer[4]++;
        TopicBench.write(broker, topic, newer);
        log.drain();
        await("the newer one waits", () -> log.state().partitions().stream()
                .anyMatch(one -> String.valueOf(one.problem()).contains("newer version")));
        log.close();
        assertThat(test.text("SELECT group_concat(state||' '||type,', ') FROM (SELECT * FROM event ORDER BY id)"))
                .isEqualTo("NEW message.received, DEAD unread, NEW message.received");
        assertThat(test.text("SELECT source||': '||reason FROM event WHERE state='DEAD'"))
                .isEqualTo("shop: it cannot be stored: StoreException");
        assertThat(test.number("SELECT next_offset FROM inbox_offset")).isEqualTo(3);
    }

    @Test
    @DisplayName("what the brokers deleted too early is counted as lost, and what is left is taken in")
    void deletedRecordsShouldBeCountedAsLost() throws Exception {
        broker.topic(topic, 1, Map.of());
        KafkaLog first = log("group");
        first.drain();
        append(first, "ana", 1);
        await("taken in", () -> events() == 1);
        first.stopDraining();
        append(first, "ana", 2);
        append(first, "ana", 3);
        append(first, "ana", 4);
        first.close();
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
        }
        KafkaLog next = log("group");
        next.drain();
        await("what is left is taken in", () -> events() == 2);
        await("the loss is told", () -> next.state().lost() == 2);
        assertThat(next.state().lostAt()).isNotNull();
        next.close();
        assertThat(test.text("SELECT group_concat(key,' ') FROM event")).isEqualTo("ana/1 ana/4");
    }

    @Test
    @DisplayName("where the brokers lost what was taken in, the partition is read again and nothing is taken in twice")
    void lostTailShouldBeReadAgainWithoutDoubles() throws Exception {
        broker.topic(topic, 1, Map.of());
        KafkaLog first = log("group");
        first.drain();
        append(first, "ana", 1);
        append(first, "ana", 2);
        await("taken in", () -> events() == 2);
        first.close();
        // what a leader that was elected uncleanly leaves: a store that is further than its topic
        try (java.sql.Connection outside = test.connect()) {
            outside.createStatement().execute("UPDATE inbox_offset SET next_offset=9, leader_epoch=NULL");
        }
        KafkaLog next = log("group");
        next.drain();
        append(next, "ana", 3);
        await("the new one is taken in", () -> events() == 3);
        next.close();
        assertThat(test.text("SELECT group_concat(key||' '||duplicates,', ') FROM (SELECT * FROM event ORDER BY key)"))
                .isEqualTo("ana/1 1, ana/2 1, ana/3 0");
    }

    @Test
    @DisplayName("while the store does not commit, the topic takes what comes")
    void topicShouldTakeWhatTheStoreCannot() throws Exception {
        broker.topic(topic, 1, Map.of());
        KafkaLog log = log("group");
        log.drain();
        append(log, "ana", 1);
        await("taken in", () -> events() == 1);
        CountDownLatch busy = new CountDownLatch(1);
        CompletableFuture<Boolean> holds = store.write(tx -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        for (int i = 2; i < 12; i++) {
            append(log, "ana", i); // acknowledged all the same
        }
        assertThat(events()).isEqualTo(1);
        busy.countDown();
        holds.join();
        await("taken in", () -> events() == 11);
        log.close();
    }

    @Test
    @DisplayName(
            "a partition moves between two members of a group under load, and everything is there once and in order")
    void partitionsShouldMoveWithoutLossOrDouble() throws Exception {
        broker.topic(topic, 4, Map.of());
        KafkaLog one = log("group");
        one.drain();
        KafkaLog two = null;
        for (int i = 0; i < 300; i++) {
            append(one, "c" + i % 13, i);
            if (i == 100) {
                two = log("group");
                two.drain();
            }
            if (i == 200) {
                KafkaLog newcomer = two;
                await(
                        "the newcomer has some",
                        () -> !newcomer.state().partitions().isEmpty());
                await(
                        "each partition is told by one of them",
                        () -> one.state().partitions().size()
                                        + newcomer.state().partitions().size()
                                == 4);
                one.stopDraining();
            }
        }
        KafkaLog last = two;
        await("all taken in", () -> events() == 300);
        await("the newcomer has all", () -> last.state().partitions().size() == 4);
        one.close();
        last.close();
        assertThat(test.number("SELECT sum(duplicates) FROM event")).isZero();
        assertThat(test.number("SELECT count(*) FROM event WHERE type<>'"
                        + EventTypes.of(CustomerEvent.MessageReceived.class) + "'"))
                .isZero();
    }

    @Test
    void topicThatLosesMessagesShouldBeRefusedWithTheRemedy() throws Exception {
        assertThatThrownBy(() -> log("group"))
                .isInstanceOf(StoreException.Unusable.class)
                .hasMessageContaining("there is no topic " + topic)
                .hasMessageContaining("kafka-topics.sh --create --topic " + topic);
        broker.topic(
                topic,
                1,
                Map.of("cleanup.policy", "compact", "compression.type", "snappy", "max.message.bytes", "1000"));
        assertThatThrownBy(() -> log("group"))
                .isInstanceOf(StoreException.Unusable.class)
                .hasMessageContaining("cleanup.policy=delete")
                .hasMessageContaining("compressed with snappy")
                .hasMessageContaining("max.message.bytes=1048588");
    }

    @Test
    void onlyOneReplicaShouldBeAWarning() throws Exception {
        broker.topic(topic, 2, Map.of("retention.ms", "3600000"));
        try (TopicCheck check = new TopicCheck(new TopicPlace(broker.address(), topic, "g", Map.of()))) {
            TopicCheck.Found found = check.look(java.time.Duration.ofSeconds(5));
            assertThat(found.wrong()).isEmpty();
            assertThat(found.partitions()).isEqualTo(2);
            assertThat(found.away()).isNull();
            assertThat(found.warnings())
                    .anyMatch(one -> one.contains("one replica"))
                    .anyMatch(one -> one.contains("keeps records for PT1H"));
        }
    }

    @Test
    void nothingShouldBeTakenWhereNoBrokerIs() {
        KafkaLog log = new KafkaLog(
                new TopicPlace("127.0.0.1:" + io.dragoman.FreePort.find(), topic, "g", Map.of()),
                store,
                null,
                null,
                null,
                new io.micrometer.core.instrument.simple.SimpleMeterRegistry(),
                java.time.Clock.systemUTC());
        assertThatThrownBy(
                        () -> log.append(List.of(TopicBench.arrived("ana", 1))).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ArrivalLog.Unavailable.class);
        assertThat(log.state().usable()).isFalse();
        log.close();
    }
}
