// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import io.dragoman.connector.Request;
import io.dragoman.intake.ArrivalRecord;
import io.dragoman.intake.EventReader;
import io.dragoman.model.Event;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import io.dragoman.store.Events;
import io.dragoman.store.Events.Arrived;
import io.dragoman.store.InboxOffsets.Partition;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic and what it says.
 *
 * @param arrived what is to be taken in; of what cannot be read, the bytes as they are
 */
record TopicRecord(long offset, @Nullable Integer leaderEpoch, byte[] bytes, Arrived arrived) {

    /** What reading a record needs besides: the files of large bodies, and who reads such a body again. */
    record Readers(MediaStore files, EventReader events) {}

    /**
     * Reads one.
     *
     * @throws ArrivalRecord.TooNew when a newer gateway must read it
     * @throws IOException when its body is in a file that cannot be read now
     */
    static TopicRecord read(Partition partition, ConsumerRecord<byte[], byte[]> record, Readers readers)
            throws ArrivalRecord.TooNew, IOException {
        byte[] bytes = record.value() == null ? new byte[0] : record.value();
        Arrived arrived;
        try {
            ArrivalRecord.Read read = ArrivalRecord.read(bytes);
            arrived = read.again() ? again(read.arrived(), record.key(), readers) : read.arrived();
        } catch (ArrivalRecord.Unreadable e) {
            Instant at = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
            arrived = raw(partition, record.offset(), bytes, at, String.valueOf(e.getMessage()));
        }
        return new TopicRecord(record.offset(), record.leaderEpoch().orElse(null), bytes, arrived);
    }

    /** Of a request whose events had no room: those of the sender whose record it is. */
    private static Arrived again(Arrived arrived, byte @Nullable [] key, Readers readers) throws IOException {
        try {
            Request request = arrived.request();
            String file = arrived.bodyFile();
            Request whole =
                    file == null ? request : withBody(request, readers.files().read(file));
            EventReader.Reading reading = readers.events().again(arrived.source(), whole);
            List<? extends Event> theirs = reading.events().stream()
                    .filter(event -> event instanceof Ignored
                            || Arrays.equals(ArrivalRecord.key(Events.lane(arrived.source(), event)), key))
                    .toList();
            return with(arrived, theirs, arrived.unread() == null ? reading.unread() : arrived.unread());
        } catch (NoSuchFileException e) {
            return with(arrived, List.of(), "the file of its body is not there");
        }
    }

    private static Request withBody(Request request, byte[] body) {
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                body,
                request.receivedAt());
    }

    private static Arrived with(Arrived arrived, List<? extends Event> events, @Nullable String unread) {
        return new Arrived(
                arrived.source(),
                arrived.request(),
                arrived.body(),
                arrived.bodyFile(),
                arrived.sha256(),
                events,
                unread);
    }

    private static Arrived raw(Partition partition, long offset, byte[] bytes, Instant at, String why) {
        String place = partition.topic() + "/" + partition.number() + "/" + offset;
        return new Arrived(
                Events.TOPIC + partition.topic(),
                new Request(Request.Origin.ROUTE, "", place, "", Map.of(), bytes, at),
                bytes,
                null,
                Hashes.sha256Hex(bytes),
                List.of(),
                "the record at " + place + " cannot be read: " + why);
    }

    /** The same as what cannot be stored: of a request that is known, its raw bytes alone. */
    TopicRecord dead(String why) {
        return new TopicRecord(offset, leaderEpoch, bytes, with(arrived, List.of(), "it cannot be stored: " + why));
    }

    /** The same as bytes alone, where not even that can be stored. */
    TopicRecord bytesAlone(Partition partition, String why) {
        Instant at = arrived.request().receivedAt();
        return new TopicRecord(offset, leaderEpoch, bytes, raw(partition, offset, bytes, at, why));
    }

    /** Without what it says, which is a customer's. */
    @Override
    public String toString() {
        return "TopicRecord[" + offset + "]";
    }
}
