// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Looks at the topic: whether it is there, whether it can take something now, and whether what it takes is safe there. */
public final class TopicCheck implements AutoCloseable {
    private static final Set<String> READABLE = Set.of("producer", "uncompressed", "gzip");
    private static final Duration DAY = Duration.ofDays(1);
    private static final long NO_END = -1;
    private static final int LARGEST_BY_DEFAULT = 1_048_588;

    private final TopicPlace place;
    private final Admin admin;

    /** @throws KafkaException when what it logs in with makes no sense, or no broker has an address */
    public TopicCheck(TopicPlace place) {
        this.place = place;
        this.admin = Admin.create(place.admin());
    }

    /**
     * What was found.
     *
     * @param topicId null while it cannot be told
     * @param away why it cannot take anything now, which may pass; null while it can
     * @param wrong why it must not be used, with what to do
     * @param warnings what an operator should know
     */
    public record Found(
            @Nullable String topicId,
            int partitions,
            @Nullable String away,
            List<String> wrong,
            List<String> warnings) {
        static Found away(String why) {
            return new Found(null, 0, why, List.of(), List.of());
        }

        static Found wrong(String why) {
            return new Found(null, 0, null, List.of(why), List.of());
        }
    }

    /** Asks the brokers; blocks up to twice so long. */
    public Found look(Duration patience) {
        try {
            int millis = (int) patience.toMillis();
            TopicDescription topic = admin.describeTopics(
                            List.of(place.topic()), new DescribeTopicsOptions().timeoutMs(millis))
                    .allTopicNames()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .get(place.topic());
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, place.topic());
            Config config = admin.describeConfigs(List.of(resource), new DescribeConfigsOptions().timeoutMs(millis))
                    .all()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .get(resource);
            return judged(Objects.requireNonNull(topic), Objects.requireNonNull(config)); // they were asked for
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (TimeoutException e) {
            return silent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Found.away("the gateway is stopping");
        }
    }

    private Found silent() {
        return Found.away("no broker of " + place.brokers() + " answers");
    }

    private Found failed(@Nullable Throwable cause) {
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return silent();
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return Found.wrong("there is no topic " + place.topic() + " at " + place.brokers()
                    + ". Create it: kafka-topics.sh --create --topic " + place.topic()
                    + " --partitions 12 --replication-factor 3 --config min.insync.replicas=2");
        }
        if (cause instanceof AuthenticationException) {
            return Found.away("the brokers refuse the login. Compare inbox.kafka.client with what they expect");
        }
        if (cause instanceof AuthorizationException) {
            return Found.away("the brokers do not allow this user to describe the topic " + place.topic()
                    + ". Allow Describe, DescribeConfigs, Read and Write on it, and Read on the group "
                    + place.group());
        }
        String name = cause == null ? "nothing" : cause.getClass().getSimpleName();
        return Found.away("the brokers of " + place.brokers() + " answered " + name);
    }

    private Found judged(TopicDescription topic, Config config) {
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        });
        int inSync = number(values, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 1);
        String id = topic.topicId().equals(Uuid.ZERO_UUID)
                ? topic.name()
                : topic.topicId().toString();
        return new Found(
                id, topic.partitions().size(), away(topic, inSync), wrong(values), warnings(topic, values, inSync));
    }

    private static @Nullable String away(TopicDescription topic, int inSync) {
        for (TopicPartitionInfo partition : topic.partitions()) {
            if (partition.leader() == null || partition.leader().isEmpty()) {
                return "partition " + partition.partition() + " has no leader";
            }
            if (partition.isr().size() < inSync) {
                return "partition " + partition.partition() + " has "
                        + partition.isr().size() + " replicas in sync and needs " + inSync;
            }
        }
        return null;
    }

    private List<String> wrong(Map<String, String> values) {
        List<String> wrong = new ArrayList<>();
        if (values.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "").contains("compact")) {
            wrong.add("the topic " + place.topic()
                    + " is compacted, which would drop messages. Set cleanup.policy=delete");
        }
        int largest = number(values, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, LARGEST_BY_DEFAULT);
        if (largest < TopicPlace.LARGEST_BATCH) {
            wrong.add("the topic " + place.topic() + " takes records of " + largest + " bytes at most. Set"
                    + " max.message.bytes=" + LARGEST_BY_DEFAULT);
        }
        String compression = values.getOrDefault(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
        if (!READABLE.contains(compression)) {
            wrong.add("the topic " + place.topic() + " is compressed with " + compression
                    + ", which this program cannot" + " read. Set compression.type=producer, or gzip");
        }
        return wrong;
    }

    private List<String> warnings(TopicDescription topic, Map<String, String> values, int inSync) {
        List<String> warnings = new ArrayList<>();
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        if (replicas < 2) {
            warnings.add(
                    "the topic " + place.topic() + " has one replica: what was acknowledged is lost with its broker's"
                            + " disk. Give it a replication factor of 3, and min.insync.replicas=2");
        } else if (inSync < 2) {
            warnings.add("the topic " + place.topic() + " has min.insync.replicas=" + inSync
                    + ": what was acknowledged may" + " be on one broker alone. Set min.insync.replicas=2");
        } else if (inSync >= replicas) {
            warnings.add("the topic " + place.topic() + " needs all of its " + replicas
                    + " replicas: without one of them nothing is accepted. Give it one more than min.insync.replicas");
        }
        if ("true".equals(values.get(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG))) {
            warnings.add("the topic " + place.topic() + " may elect a leader that lacks what was acknowledged. Set"
                    + " unclean.leader.election.enable=false");
        }
        long retention = Long.parseLong(values.getOrDefault(TopicConfig.RETENTION_MS_CONFIG, "604800000"));
        if (retention != NO_END && retention < DAY.toMillis()) {
            warnings.add("the topic " + place.topic() + " keeps records for " + Duration.ofMillis(retention)
                    + ": what is not taken in by then is lost. Set retention.ms=604800000, or more than the longest outage"
                    + " of the store");
        }
        return warnings;
    }

    private static int number(Map<String, String> values, String name, int usual) {
        return Integer.parseInt(values.getOrDefault(name, Integer.toString(usual)));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
