// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import io.dragoman.store.InboxOffsets.Partition;
import io.dragoman.store.Lanes;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.work.RedactedStackTrace;
import io.dragoman.work.TopicState.PartitionState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the partitions that Kafka gives this gateway, as a member of the group of those that share the store. Where reading
 * begins the store says, each time that a partition comes; what Kafka notes of it is for people who watch.
 */
final class TopicReader {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LOOK_MILLIS = 5_000;
    private static final long STORE_LOOK_MILLIS = 1_000;
    private static final long AGAIN_MILLIS = 1_000;
    /** A store whose work waits for longer gets no more, until it waits for less. */
    private static final Duration STORE_BEHIND = Duration.ofSeconds(30);

    private static final Duration STORE_THERE = Duration.ofSeconds(10);

    private final TopicPlace place;
    private final String topicId;
    private final Store store;
    private final PartitionTaker taker;
    private final PartitionPlaces places;
    private final MeterRegistry meters;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Map<TopicPartition, Reading> readings = new ConcurrentHashMap<>();
    private final Set<Integer> measured = new HashSet<>();
    private final Thread thread = TopicProducer.daemon(this::run, "inbox-reader");
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile @Nullable String problem;
    private boolean storeBehind;
    private long lookedAtStore;
    private long lookedAtTopic;

    /** @param topicId which topic of that name it is, as the store knows it */
    TopicReader(
            TopicPlace place, String topicId, Store store, PartitionTaker taker, MeterRegistry meters, Clock clock) {
        this.place = place;
        this.topicId = topicId;
        this.store = store;
        this.taker = taker;
        this.places = new PartitionPlaces(store, clock);
        this.meters = meters;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /** Leaves the group; returns when nothing more is taken in. */
    void stop() {
        stop.countDown();
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it reads nothing, in a sentence; null while it does. */
    @Nullable
    String problem() {
        return problem;
    }

    List<PartitionState> partitions() {
        return readings.values().stream()
                .map(reading -> new PartitionState(
                        reading.partition.number(),
                        Optional.ofNullable(reading.next).orElse(-1L),
                        reading.waiting,
                        reading.problem))
                .sorted(Comparator.comparing(PartitionState::partition))
                .toList();
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void run() {
        while (!stopping()) {
            try {
                read();
            } catch (WakeupException e) {
                LOG.debug("inbox: stopping");
            } catch (RuntimeException | Error e) { // whatever it was: nobody else would read on
                problem = "the topic cannot be read: " + e.getClass().getSimpleName();
                LOG.error("inbox: {}: {}", problem, RedactedStackTrace.of(e));
                await(AGAIN_MILLIS);
            }
        }
    }

    private void await(long millis) {
        try {
            if (stop.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("inbox: stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        KafkaConsumer<byte[], byte[]> current =
                new KafkaConsumer<>(place.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer = current;
        try {
            current.subscribe(List.of(place.topic()), new Assignment(current));
            while (!stopping()) {
                round(current);
            }
        } finally {
            consumer = null;
            readings.clear();
            current.close(CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    /** What Kafka gives and takes; all of it happens within a poll. */
    private final class Assignment implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        Assignment(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        /** Nothing is read before the store has said from where: until then a place must stand there, of no meaning. */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition one : partitions) {
                readings.put(one, new Reading(new Partition(topicId, one.topic(), one.partition())));
                consumer.seek(one, 0);
                measure(one.partition());
            }
            consumer.pause(partitions);
            if (!partitions.isEmpty()) {
                LOG.info("inbox: this gateway reads {} more partitions", partitions.size());
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            readings.keySet().removeAll(Set.copyOf(partitions));
        }
    }

    private void measure(int partition) {
        if (measured.add(partition)) {
            Gauge.builder("dragoman.inbox.waiting", () -> waiting(partition))
                    .description("Records of a partition that this gateway reads and has not taken in yet.")
                    .tag("partition", Integer.toString(partition))
                    .register(meters);
        }
    }

    private long waiting(int partition) {
        Reading reading = readings.get(new TopicPartition(place.topic(), partition));
        return reading == null ? 0 : reading.waiting;
    }

    private void round(KafkaConsumer<byte[], byte[]> current) {
        readings.forEach((at, reading) -> places.find(current, at, reading));
        hold(current);
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = current.poll(POLL);
            problem = null;
        } catch (InvalidOffsetException e) {
            places.displaced(current, e, readings);
            return;
        }
        for (TopicPartition at : records.partitions()) {
            Reading reading = readings.get(at);
            if (reading != null && reading.next != null) {
                taker.take(reading, records.records(at));
            }
        }
        look(current);
    }

    /** Reads nothing of what the store must be asked about, and nothing at all while the store cannot follow. */
    private void hold(KafkaConsumer<byte[], byte[]> current) {
        boolean behind = storeBehind();
        Set<TopicPartition> held = new HashSet<>();
        readings.forEach((at, reading) -> {
            if (behind || reading.next == null) {
                held.add(at);
            }
        });
        Set<TopicPartition> free = new HashSet<>(current.assignment());
        free.removeAll(held);
        held.retainAll(current.assignment());
        current.pause(held);
        current.resume(free);
    }

    private boolean storeBehind() {
        long now = clock.millis();
        if (Math.abs(now - lookedAtStore) < STORE_LOOK_MILLIS) {
            return storeBehind;
        }
        lookedAtStore = now;
        try {
            long waited = now - store.read(tx -> tx.lanes().oldestReady(Lanes.Kind.INBOX));
            Duration most = storeBehind ? STORE_THERE : STORE_BEHIND;
            boolean behind = !store.usable() || waited > most.toMillis();
            if (behind != storeBehind) {
                LOG.info("inbox: {}", behind ? "the store is behind, nothing more is read for now" : "reading on");
            }
            storeBehind = behind;
        } catch (StoreException e) {
            storeBehind = true;
        }
        return storeBehind;
    }

    /** How much waits; and lets Kafka's own tools know how far this is. */
    private void look(KafkaConsumer<byte[], byte[]> current) {
        long now = clock.millis();
        if (Math.abs(now - lookedAtTopic) < LOOK_MILLIS || readings.isEmpty()) {
            return;
        }
        lookedAtTopic = now;
        Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
        try {
            Map<TopicPartition, Long> ends = current.endOffsets(readings.keySet(), PartitionPlaces.ASK);
            readings.forEach((at, reading) -> {
                Long next = reading.next;
                if (next != null) {
                    reading.waiting = Math.max(0, ends.getOrDefault(at, next) - next);
                    reached.put(at, new OffsetAndMetadata(next));
                }
            });
            current.commitAsync(reached, (offsets, failure) -> {});
        } catch (org.apache.kafka.common.errors.RetriableException e) {
            LOG.debug("inbox: how much waits cannot be told now");
        }
    }
}
