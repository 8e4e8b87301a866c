// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import io.dragoman.store.InboxOffsets;
import io.dragoman.store.InboxOffsets.Partition;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From where each partition is read on: where the store says, and where the brokers no longer have that, from the next that
 * they have. For the reader's thread.
 */
final class PartitionPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionPlaces.class);

    static final Duration ASK = Duration.ofSeconds(3);

    private static final long AGAIN_MILLIS = 1_000;

    private final Store store;
    private final Clock clock;

    PartitionPlaces(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Asks the store from where a partition is read on, where that is to be asked. */
    void find(KafkaConsumer<byte[], byte[]> consumer, TopicPartition at, Reading reading) {
        if (!reading.mayAsk()) {
            return;
        }
        try {
            InboxOffsets.Place found = store.read(tx -> tx.inboxOffsets().find(reading.partition))
                    .orElseGet(() -> begin(consumer, at, reading.partition));
            consumer.seek(at, new OffsetAndMetadata(found.next(), Optional.ofNullable(found.leaderEpoch()), ""));
            reading.next = found.next();
        } catch (StoreException e) {
            LOG.warn("inbox: {} waits for the store: {}", reading.partition, e.getMessage());
            reading.askAgain(AGAIN_MILLIS);
        }
    }

    private InboxOffsets.Place begin(KafkaConsumer<byte[], byte[]> consumer, TopicPartition at, Partition partition) {
        long first = first(consumer, at);
        if (first > 0) {
            LOG.warn("inbox: {} is read for the first time, from offset {}; what was before it is gone", at, first);
        }
        return store.writeAndWait(tx -> {
            tx.inboxOffsets().begin(partition, first, clock.millis());
            return tx.inboxOffsets().find(partition).orElseThrow();
        });
    }

    private static long first(KafkaConsumer<byte[], byte[]> consumer, TopicPartition at) {
        return consumer.beginningOffsets(List.of(at), ASK).getOrDefault(at, 0L);
    }

    /** Records are not where the store says: the brokers deleted them, or lost them. */
    void displaced(
            KafkaConsumer<byte[], byte[]> consumer, InvalidOffsetException e, Map<TopicPartition, Reading> readings) {
        for (TopicPartition at : e.partitions()) {
            Reading reading = readings.get(at);
            if (reading == null) {
                continue;
            }
            Long expected = reading.next;
            if (e instanceof OffsetOutOfRangeException && expected != null) {
                OffsetAndMetadata common = e instanceof LogTruncationException truncated
                        ? truncated.divergentOffsets().get(at)
                        : null;
                move(reading, expected, first(consumer, at), common);
            }
            reading.askAgain(0);
        }
    }

    private void move(Reading reading, long expected, long first, @Nullable OffsetAndMetadata common) {
        try {
            if (expected < first) {
                skip(reading.partition, expected, first);
            } else {
                goBack(reading.partition, expected, common == null ? first : Math.max(first, common.offset()));
            }
        } catch (StoreException failure) {
            LOG.warn("inbox: {} waits for the store: {}", reading.partition, failure.getMessage());
        }
    }

    private void skip(Partition partition, long expected, long first) {
        long now = clock.millis();
        store.writeAndWait(tx -> {
            tx.inboxOffsets().skip(partition, expected, first, now);
            return true;
        });
        LOG.error(
                "inbox: {} records of {} were deleted by the brokers before they were taken in, from offset {} on. Whoever"
                        + " sent them was told that they arrived. Make retention.ms longer",
                first - expected,
                partition,
                expected);
    }

    /** What is read twice is known by its key. */
    private void goBack(Partition partition, long expected, long back) {
        long now = clock.millis();
        store.writeAndWait(tx -> {
            tx.inboxOffsets().advance(partition, expected, back, null, now);
            return true;
        });
        LOG.error(
                "inbox: the brokers lost records of {} that were taken in; it is read again from offset {}",
                partition,
                back);
    }
}
