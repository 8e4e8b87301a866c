// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import io.dragoman.intake.ArrivalLog;
import io.dragoman.intake.ArrivalRecord;
import io.dragoman.model.Event;
import io.dragoman.model.Ignored;
import io.dragoman.store.Events;
import io.dragoman.store.Events.Arrived;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the topic: a record for each sender in a request, all of whose records are in one partition. What fails, or is
 * not known to be durable in time, is sent again by whoever posted it, and is known by its key then. Thread-safe.
 */
final class TopicProducer {
    private final TopicPlace place;
    private final Timer timer;
    private final Counter failures;
    private final ExecutorService afterwards =
            Executors.newFixedThreadPool(2, task -> daemon(task, "inbox-acknowledge"));
    private volatile @Nullable KafkaProducer<byte[], byte[]> producer;
    /** It fails for good, and needs another in its place. */
    private volatile boolean broken;

    TopicProducer(TopicPlace place, MeterRegistry meters) {
        this.place = place;
        this.timer = Timer.builder("dragoman.inbox.append")
                .description("How long what was posted took to be durable in the topic.")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.failures = Counter.builder("dragoman.inbox.refused")
                .description("Requests that were not acknowledged because the topic did not take them.")
                .register(meters);
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether it knows the topic's partitions, without which nothing can be sent; asks for them. */
    boolean ready() {
        KafkaProducer<byte[], byte[]> current = producer;
        if (current == null || broken) {
            close(current);
            broken = false;
            current = new KafkaProducer<>(place.producer(), new ByteArraySerializer(), new ByteArraySerializer());
            producer = current;
        }
        try {
            return !current.partitionsFor(place.topic()).isEmpty();
        } catch (KafkaException e) {
            return false; // not yet: it asks beside
        }
    }

    CompletableFuture<Void> append(List<Arrived> arrived) {
        long begun = System.nanoTime();
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (Arrived one : arrived) {
            bySender(one)
                    .forEach((lane, theirs) -> sent.add(
                            send(ArrivalRecord.key(lane), ArrivalRecord.write(theirs, TopicPlace.LARGEST_RECORD))));
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new))
                .whenCompleteAsync((none, failure) -> count(failure, begun), afterwards);
    }

    private void count(@Nullable Throwable failure, long begun) {
        if (failure == null) {
            timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        } else {
            failures.increment();
        }
    }

    /** What each sender wrote, by its lane; what has none goes with the first. */
    static Map<String, Arrived> bySender(Arrived arrived) {
        Map<String, List<Event>> events = new LinkedHashMap<>();
        List<Event> ofNobody = new ArrayList<>();
        for (Event event : arrived.events()) {
            if (event instanceof Ignored) {
                ofNobody.add(event);
            } else {
                events.computeIfAbsent(Events.lane(arrived.source(), event), lane -> new ArrayList<>())
                        .add(event);
            }
        }
        if (events.isEmpty()) {
            events.put(arrived.sha256(), new ArrayList<>());
        }
        Map<String, Arrived> parts = new LinkedHashMap<>();
        events.forEach((lane, theirs) -> {
            boolean first = parts.isEmpty();
            if (first) {
                theirs.addAll(ofNobody);
            }
            parts.put(lane, with(arrived, theirs, first ? arrived.unread() : null));
        });
        return parts;
    }

    private static Arrived with(Arrived arrived, List<Event> events, @Nullable String unread) {
        return new Arrived(
                arrived.source(),
                arrived.request(),
                arrived.body(),
                arrived.bodyFile(),
                arrived.sha256(),
                events,
                unread);
    }

    private CompletableFuture<Void> send(byte[] key, byte[] value) {
        KafkaProducer<byte[], byte[]> current = producer;
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (current == null) {
            done.completeExceptionally(unavailable("the brokers were not reached yet"));
            return done;
        }
        try {
            current.send(new ProducerRecord<>(place.topic(), key, value), (metadata, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    fail(done, failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) { // the latter: it is closed just now
            fail(done, e);
        }
        return done;
    }

    private void fail(CompletableFuture<Void> done, Exception failure) {
        boolean passing = failure instanceof RetriableException || failure instanceof IllegalStateException;
        broken |= !passing && !(failure instanceof ApiException && isOfThisRecord(failure));
        done.completeExceptionally(
                unavailable("the topic did not take it: " + failure.getClass().getSimpleName()));
    }

    private static boolean isOfThisRecord(Exception failure) {
        return failure instanceof org.apache.kafka.common.errors.RecordTooLargeException;
    }

    private static ArrivalLog.Unavailable unavailable(String why) {
        return new ArrivalLog.Unavailable(why);
    }

    private static void close(@Nullable KafkaProducer<byte[], byte[]> producer) {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }

    /** Waits a moment for what is under way. */
    void close() {
        close(producer);
        afterwards.shutdown();
    }
}
