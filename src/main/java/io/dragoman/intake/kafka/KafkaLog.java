// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import io.dragoman.intake.ArrivalLog;
import io.dragoman.intake.EventReader;
import io.dragoman.intake.TakeIn;
import io.dragoman.store.Events.Arrived;
import io.dragoman.store.InboxOffsets;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.blob.MediaStore;
import io.dragoman.work.TopicState;
import io.dragoman.work.TopicState.PartitionState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic of Kafka's as the log that the store is filled from. It looks at the topic all the time: while that cannot take
 * anything, the gateway is not ready. Thread-safe.
 */
public final class KafkaLog implements ArrivalLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final long LOOK_AGAIN_MILLIS = 2_000;
    private static final long KNOWN_WITHIN_MILLIS = 5_000;

    private final TopicPlace place;
    private final Store store;
    private final PartitionTaker taker;
    private final MeterRegistry meters;
    private final Clock clock;
    private final TopicProducer producer;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(task -> TopicProducer.daemon(task, "inbox-look"));
    private volatile @Nullable TopicCheck check;
    private @Nullable TopicReader reader;
    private boolean draining;
    private volatile @Nullable String topicId;
    private volatile @Nullable String problem = "the brokers were not reached yet";
    private volatile Losses losses = new Losses(0, null);

    /** How many records the brokers had deleted before they were taken in, and when that was seen last. */
    private record Losses(long records, @Nullable Instant at) {
        static Losses of(List<InboxOffsets.Place> places) {
            return new Losses(
                    places.stream().mapToLong(InboxOffsets.Place::lost).sum(),
                    places.stream()
                            .map(InboxOffsets.Place::lostAt)
                            .flatMap(Stream::ofNullable)
                            .max(Instant::compareTo)
                            .orElse(null));
        }
    }

    /**
     * @param files of large bodies
     * @param events reads again what had no room in a record
     */
    public KafkaLog(
            TopicPlace place,
            Store store,
            TakeIn takeIn,
            MediaStore files,
            EventReader events,
            MeterRegistry meters,
            Clock clock) {
        this.place = place;
        this.store = store;
        this.taker = new PartitionTaker(store, takeIn, new TopicRecord.Readers(files, events), clock);
        this.meters = meters;
        this.clock = clock;
        this.producer = new TopicProducer(place, meters);
        Gauge.builder("dragoman.inbox.usable", () -> problem == null ? 1 : 0)
                .description("1 while the topic takes what is posted.")
                .register(meters);
        Gauge.builder("dragoman.inbox.lost", () -> losses.records())
                .description("Records that the brokers had deleted before they were taken in.")
                .register(meters);
    }

    @Override
    public void open() {
        TopicCheck.Found found;
        try {
            TopicCheck looking = new TopicCheck(place);
            check = looking;
            found = looking.look(FIRST_LOOK);
        } catch (KafkaException e) {
            throw new StoreException.Unusable("inbox.kafka cannot be used: " + refusal(e));
        }
        if (!found.wrong().isEmpty()) {
            throw new StoreException.Unusable("inbox.kafka cannot be used: " + String.join("; ", found.wrong()) + ".");
        }
        found.warnings().forEach(warning -> LOG.warn("inbox: {}", warning));
        follow(found);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KNOWN_WITHIN_MILLIS);
        while (found.away() == null && problem != null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            follow(found);
        }
        looks.scheduleWithFixedDelay(this::look, LOOK_AGAIN_MILLIS, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What Kafka says of settings may quote them: its words are not passed on. */
    public static String refusal(KafkaException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).contains("bootstrap")
                ? "none of the hosts of inbox.kafka.brokers has an address."
                : "Kafka's client does not start with what inbox.kafka.client says ("
                        + cause.getClass().getSimpleName() + ").";
    }

    private void look() {
        try {
            TopicCheck.Found found = Objects.requireNonNull(check).look(LOOK);
            if (Thread.currentThread().isInterrupted()) {
                return; // it ends
            }
            follow(found);
            String id = topicId;
            if (id != null) {
                losses = Losses.of(store.read(tx -> tx.inboxOffsets().all(id)));
            }
        } catch (RuntimeException e) { // the next look is soon
            LOG.debug("inbox: looking failed: {}", e.toString());
        }
    }

    private synchronized void follow(TopicCheck.Found found) {
        String now = verdict(found);
        String before = problem;
        problem = now;
        if (now != null && !now.equals(before)) {
            LOG.warn("inbox: what is posted is refused with 503: {}", now);
        } else if (now == null && before != null) {
            LOG.info("inbox: {} takes what is posted", place);
        }
        if (topicId == null && found.topicId() != null) {
            topicId = found.topicId();
            read();
        }
    }

    private @Nullable String verdict(TopicCheck.Found found) {
        if (!found.wrong().isEmpty()) {
            return String.join("; ", found.wrong());
        }
        if (topicId != null && found.topicId() != null && !topicId.equals(found.topicId())) {
            return "the topic " + place.topic() + " was deleted and made anew. Restart all gateways of this store";
        }
        if (found.away() != null) {
            return found.away();
        }
        return producer.ready() ? null : "the brokers were not reached yet";
    }

    @Override
    public CompletableFuture<Void> append(List<Arrived> arrived) {
        return producer.append(arrived);
    }

    @Override
    public synchronized void drain() {
        draining = true;
        read();
    }

    private void read() {
        String id = topicId;
        if (draining && reader == null && id != null) {
            reader = new TopicReader(place, id, store, taker, meters, clock);
            reader.start();
        }
    }

    @Override
    public void stopDraining() {
        TopicReader last;
        synchronized (this) {
            draining = false;
            last = reader;
        }
        if (last != null) {
            last.stop();
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        stopDraining();
        producer.close();
        TopicCheck last = check;
        if (last != null) {
            last.close();
        }
    }

    @Override
    public TopicState state() {
        TopicReader current = reader();
        List<PartitionState> partitions = current == null ? List.of() : current.partitions();
        Losses lossesNow = losses;
        String now = problem;
        String reading = current == null ? null : current.problem();
        return new TopicState(
                place.topic(),
                now == null,
                Optional.ofNullable(now).orElse(reading),
                partitions.stream().mapToLong(PartitionState::waiting).sum(),
                partitions,
                lossesNow.records(),
                lossesNow.at());
    }

    private synchronized @Nullable TopicReader reader() {
        return reader;
    }
}
