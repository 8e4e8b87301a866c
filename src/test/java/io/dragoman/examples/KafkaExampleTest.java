// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import io.dragoman.FreePort;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/examples/routes/kafka.camel.yaml}, with a real broker. */
final class KafkaExampleTest {
    @Test
    void recordShouldBecomeAMessageAndTheAnswerARecord(@TempDir Path folder) throws Exception {
        int port = FreePort.find();
        String brokers = "127.0.0.1:" + port;
        KafkaRaftServer server = server(folder.resolve("kafka"), port, FreePort.find());
        server.startup();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer());
                KafkaConsumer<String, String> consumer = consumer(brokers)) {
            producer.send(new ProducerRecord<>("app.in", Example.MESSAGE)).get();
            try (Example example = Example.start(folder, "kafka", Map.of("KAFKA", brokers))) {
                consumer.subscribe(List.of("app.out"));
                example.converse(answer -> {
                    for (var found : consumer.poll(Duration.ofMillis(200))) {
                        if (found.value().contains(answer)) {
                            return true;
                        }
                    }
                    return false;
                });
            }
        } finally {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static KafkaConsumer<String, String> consumer(String brokers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "test",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        "500"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static KafkaRaftServer server(Path folder, int port, int controller) throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controller,
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names",
                "CONTROLLER",
                "log.dirs",
                folder.toString(),
                "offsets.topic.replication.factor",
                "1"));
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("offsets.topic.num.partitions", "1");
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        }
        return new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    }
}
