// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where the topic is, and how its clients are set.
 *
 * @param brokers to begin with, with commas between
 * @param group of the gateways that share a store
 * @param client how clients log in, by the names of Kafka's settings
 */
public record TopicPlace(String brokers, String topic, String group, Map<String, String> client) {
    /** The largest record; topics take a little more by default. */
    static final int LARGEST_RECORD = 900_000;

    /** What a topic must take, with what surrounds a record. */
    static final int LARGEST_BATCH = 1_000_000;

    /** How long a request of a provider waits at most to be durable: shorter than the most impatient of them. */
    static final Duration PRODUCE = Duration.ofSeconds(5);

    /** How long a reader may be silent until its partitions are another's. */
    static final Duration READER_GONE = Duration.ofSeconds(10);

    private static final int MOST_WAITING_BYTES = 16 * 1024 * 1024;
    private static final int MOST_FETCHED_BYTES = 8 * 1024 * 1024;
    private static final long NEVER = Duration.ofDays(3650).toMillis();

    public TopicPlace {
        client = Map.copyOf(client);
    }

    /** Without what it logs in with. */
    @Override
    public String toString() {
        return "topic " + topic + " at " + brokers;
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, ""); // ours are enough, and JMX is off
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }

    /**
     * All or nothing, in order, and never on the caller's time: where there is no room or no broker it fails at once.
     */
    Map<String, Object> producer() {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MOST_WAITING_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_BATCH);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PRODUCE.toMillis() - 500);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PRODUCE.toMillis());
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, NEVER); // what was forgotten could not be sent at once
        return settings;
    }

    /** The store says where it begins, and nothing else does. */
    Map<String, Object> consumer() {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_FETCHED_BYTES);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) READER_GONE.toMillis());
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) READER_GONE.toMillis() / 5);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 120_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName()); // a newcomer stops only what it takes over
        return settings;
    }

    Map<String, Object> admin() {
        return common();
    }
}
