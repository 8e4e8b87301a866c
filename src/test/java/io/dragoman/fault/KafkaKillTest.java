// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.FreePort;
import io.dragoman.store.TestStore;
import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways on one PostgreSQL with Kafka as the inbox, under load, of which one or a broker is killed again and again,
 * watched from outside as in {@link Kills}. Runs with {@code -Ddragoman.kill.kafka.cycles}; with
 * {@code -Ddragoman.kill.kafka.brokers=3} on three brokers, of which two must have each record.
 */
@EnabledIfSystemProperty(named = "dragoman.kill.kafka.cycles", matches = "[1-9]\\d*")
final class KafkaKillTest {
    private static final int PARTITIONS = 6;
    private static final int BROKERS = Integer.getInteger("dragoman.kill.kafka.brokers", 1);
    private static final String TOPIC = "dragoman-inbox";
    /** Before each request: the topic takes far more than gateways that are killed all the time can work off. */
    private static final Duration PAUSE = Duration.ofMillis(Long.getLong("dragoman.kill.kafka.pause", 200));

    private static final Duration STANDSTILL = Duration.ofMinutes(2);
    private static final long SEED = Long.getLong("dragoman.kill.seed", System.nanoTime());

    @TempDir
    private Path folder;

    private final List<VictimProcess> gateways = new ArrayList<>();
    private List<BrokerProcess> brokers = List.of();
    private final Random random = new Random(SEED);
    private int gatewayKills;
    private int brokerKills;

    @AfterEach
    void stop() {
        gateways.forEach(VictimProcess::close);
        brokers.forEach(BrokerProcess::close);
    }

    @Test
    void everythingAcknowledgedArrivesOnceAndInOrderThroughKillsOfGatewaysAndBroker() throws Exception {
        long begun = System.nanoTime();
        int cycles = Integer.getInteger("dragoman.kill.kafka.cycles");
        long messages = Long.getLong("dragoman.kill.kafka.messages", 400);
        Path home = folder.resolve("one");
        try (TestStore store = TestStore.postgres(Files.createDirectories(folder.resolve("store")));
                OutsideProcess outside = new OutsideProcess(home, store.url().toString(), SEED)) {
            brokers = BrokerProcess.cluster(folder.resolve("kafka"), BROKERS);
            topic();
            List<Path> homes = List.of(home, folder.resolve("two"));
            Balancer balancer = new Balancer(publicPort(home), PAUSE, configure(homes));
            try {
                Archive.made().train();
                for (Path one : homes) {
                    gateways.add(VictimProcess.start(one));
                }
                for (VictimProcess gateway : gateways) {
                    assertThat(gateway.awaitReady()).isTrue();
                }
                outside.write();
                for (int cycle = 0; cycle < cycles; cycle++) {
                    kill(cycle, homes);
                }
                while (outside.taken() < messages) {
                    LockSupport.parkNanos(100_000_000);
                }
                balancer.hurry();
                outside.stop();
                drained(store);
                judge(outside, store, begun);
            } finally {
                balancer.close();
            }
        }
    }

    private void topic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses()))) {
            String most = Integer.toString(BROKERS / 2 + 1);
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) BROKERS)
                            .configs(Map.of("min.insync.replicas", most))))
                    .all()
                    .get();
        }
    }

    private String addresses() {
        return brokers.stream().map(BrokerProcess::address).collect(Collectors.joining(","));
    }

    private static int publicPort(Path home) throws IOException {
        String text = Files.readString(home.resolve("config/gateway.yaml"));
        return Integer.parseInt(text.replaceAll("(?s).*port: (\\d+), publicUrl.*", "$1"));
    }

    /** Gives both the same configuration but for their ports, and gives those. */
    private int[] configure(List<Path> homes) throws IOException {
        Path first = homes.get(0).resolve("config");
        Files.createDirectories(homes.get(1).resolve("config"));
        String gateway = Files.readString(first.resolve("gateway.yaml"))
                .replaceAll("store: \\{", "store: {key: \"" + "k".repeat(32) + "\", ");
        Path media = Files.createDirectories(folder.resolve("media"));
        int[] ports = {FreePort.find(), FreePort.find()};
        for (int i = 0; i < ports.length; i++) {
            Path config = homes.get(i).resolve("config");
            Files.createSymbolicLink(
                    OwnerOnly.folder(homes.get(i).resolve("data")).resolve("media"), media);
            for (String name : List.of("channels.yaml", "desks.yaml", "rules.yaml", "replies.yaml")) {
                if (i > 0) {
                    Files.copy(first.resolve(name), config.resolve(name));
                }
            }
            Files.writeString(
                    config.resolve("gateway.yaml"),
                    gateway.replaceAll("port: \\d+, publicUrl", "port: " + ports[i] + ", publicUrl")
                            + "inbox: {kafka: {brokers: \"" + addresses() + "\"}}\n");
        }
        return ports;
    }

    /** One of a gateway, at any moment of its life; every fourth of a broker, which others do without for a while. */
    private void kill(int cycle, List<Path> homes) throws IOException, InterruptedException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300 + random.nextInt(1_500)));
        if (cycle % 4 == 3) {
            BrokerProcess broker = brokers.get(random.nextInt(brokers.size()));
            broker.kill();
            brokerKills++;
            if (brokers.size() > 1) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(15_000)));
            }
            broker.start();
            return;
        }
        int which = random.nextInt(gateways.size());
        gateways.get(which).kill();
        gatewayKills++;
        VictimProcess next = VictimProcess.start(homes.get(which));
        gateways.set(which, next);
        if (random.nextInt(4) > 0) { // else it may be killed in its start
            assertThat(next.awaitReady()).isTrue();
        }
    }

    /** What was acknowledged is in the store. */
    private void drained(TestStore store) throws Exception {
        long moved = System.nanoTime();
        long before = -1;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses()))) {
            Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(TOPIC, partition), partition -> OffsetSpec.latest()));
            while (System.nanoTime() - moved < STANDSTILL.toNanos()) {
                long end = 0;
                for (var found : admin.listOffsets(ends).all().get().values()) {
                    end += found.offset();
                }
                long reached = store.number("SELECT coalesce(sum(next_offset),0) FROM inbox_offset");
                if (reached == end) {
                    return;
                }
                moved = reached == before ? moved : System.nanoTime();
                before = reached;
                LockSupport.parkNanos(200_000_000);
            }
        }
        throw new AssertionError("the topic is not read on: "
                + store.text("SELECT string_agg(part||' '||next_offset,', ') FROM inbox_offset") + "; events "
                + store.text(
                        "SELECT string_agg(state||' '||n,', ') FROM (SELECT state,count(*) AS n FROM event GROUP BY"
                                + " state) s"));
    }

    private void judge(OutsideProcess outside, TestStore store, long begun) throws IOException {
        Map<String, String> figures = outside.judge(store.jdbc());
        System.out.printf(
                "kill -9 with Kafka: seed %d, %d kills of 2 gateways, %d of %d broker(s), %d s, %d records lost, %s%n",
                SEED,
                gatewayKills,
                brokerKills,
                brokers.size(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                store.number("SELECT coalesce(sum(lost),0) FROM inbox_offset"),
                figures);
        Figures.demandZeros(figures);
        assertThat(store.number("SELECT coalesce(sum(lost),0) FROM inbox_offset"))
                .isZero();
    }
}
