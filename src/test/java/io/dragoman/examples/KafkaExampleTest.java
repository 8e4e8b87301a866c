// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import io.dragoman.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/examples/routes/kafka.camel.yaml}, with a real broker. */
final class KafkaExampleTest {
    @Test
    void recordShouldBecomeAMessageAndTheAnswerARecord(@TempDir Path folder) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"));
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new StringSerializer());
                KafkaConsumer<String, String> consumer = consumer(broker.address())) {
            producer.send(new ProducerRecord<>("app.in", Example.MESSAGE)).get();
            try (Example example = Example.start(folder, "kafka", Map.of("KAFKA", broker.address()))) {
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
}
