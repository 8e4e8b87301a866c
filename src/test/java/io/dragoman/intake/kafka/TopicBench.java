// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import io.dragoman.KafkaBroker;
import io.dragoman.connector.Request;
import io.dragoman.intake.EventReader;
import io.dragoman.intake.TakeIn;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Hashes;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.store.Events.Arrived;
import io.dragoman.store.Store;
import io.dragoman.store.blob.MediaFiles;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.IgnoredCounter;
import io.dragoman.work.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Logs between a topic and a store, without a gateway around them. */
final class TopicBench {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis() << 20);
    static final Supplier<String> NEW_IDS = () -> String.format("%020d", IDS.incrementAndGet());

    private TopicBench() {}

    /** One member of a group, opened. */
    static KafkaLog log(KafkaBroker broker, String topic, String group, Store store, Path files) {
        return log(broker, topic, group, store, files, new SimpleMeterRegistry());
    }

    static KafkaLog log(KafkaBroker broker, String topic, String group, Store store, Path files, MeterRegistry meters) {
        KafkaLog log = new KafkaLog(
                new TopicPlace(broker.address(), topic, group, Map.of()),
                store,
                new TakeIn(NEW_IDS, CLOCK, meters, new IgnoredCounter(meters), new ChannelActivity(), Traces.OFF),
                new MediaFiles(files),
                new EventReader(List::of),
                meters,
                CLOCK);
        log.open();
        return log;
    }

    /** What one customer writes, a message for each number. */
    static Arrived arrived(String customer, int... numbers) {
        byte[] body = (customer + java.util.Arrays.toString(numbers)).getBytes(StandardCharsets.UTF_8);
        List<CustomerEvent> events = new ArrayList<>();
        for (int number : numbers) {
            events.add(message(customer, number, "text " + number));
        }
        return arrived(body, events);
    }

    static Arrived arrived(byte[] body, List<CustomerEvent> events) {
        Request request =
                new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", "", Map.of(), body, CLOCK.instant());
        return new Arrived("shop", request, body, null, Hashes.sha256Hex(body), events, null);
    }

    static CustomerEvent message(String customer, int number, String text) {
        return CustomerEvent.MessageReceived.of(
                customer + "/" + number,
                Instant.EPOCH,
                new CustomerEvent.Sender(customer, List.of(new Identity("test", customer, true)), null, null),
                customer + "/" + number,
                List.of(new Part.Text(text)),
                null);
    }

    /** Writes into a topic as anybody may who reaches it. */
    static void write(KafkaBroker broker, String topic, byte[] value) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker.address());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }
}
