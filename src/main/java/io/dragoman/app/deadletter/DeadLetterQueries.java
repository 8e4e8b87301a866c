// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.deadletter;

import io.dragoman.app.explain.MessageStory;
import io.dragoman.connector.Request;
import io.dragoman.store.DeadLetters.DeadLetter;
import io.dragoman.store.DeadLetters.Filter;
import io.dragoman.store.DeadLetters.Origin;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What needs a person: dead events, dead and uncertain deliveries. Blocks. */
public final class DeadLetterQueries {
    private static final int LARGEST_SHOWN = 256 * 1024;

    private final ReadAccess store;
    private final MediaStore bodies;

    /** @param bodies the files of large bodies */
    public DeadLetterQueries(ReadAccess store, MediaStore bodies) {
        this.store = store;
        this.bodies = bodies;
    }

    /**
     * Dead deadLetters, the latest first.
     *
     * @param count how many there are in all
     */
    public record DeadLetterPage(long count, List<DeadLetter> deadLetters) {}

    /**
     * One dead letter with all that is known of it.
     *
     * @param raw what arrived, of an event
     * @param delivery with its attempts, of a delivery
     */
    public record DeadLetterDetail(
            DeadLetter deadLetter, @Nullable RawBytes raw, MessageStory.@Nullable Delivery delivery) {}

    /**
     * What arrived, byte for byte.
     *
     * @param body null when it is larger than 256 KiB
     */
    public record RawBytes(
            String method, String path, Map<String, String> headers, int size, byte @Nullable [] body, Instant at) {
        static RawBytes of(Request request) {
            byte[] body = request.body();
            return new RawBytes(
                    request.method(),
                    request.path(),
                    request.headers(),
                    body.length,
                    body.length > LARGEST_SHOWN ? null : body,
                    request.receivedAt());
        }

        @Override
        public String toString() {
            return "RawBytes[" + size + " bytes]";
        }
    }

    /** The latest of a selection. */
    public DeadLetterPage latest(DeadLetterSelection selection, int most) {
        Filter filter = selection.filter();
        return store.read(tx -> new DeadLetterPage(
                tx.deadLetters().count(filter), tx.deadLetters().latest(filter, most)));
    }

    /** All that is known of a dead letter; empty when nothing dead has this id. */
    public Optional<DeadLetterDetail> find(String id) {
        Filter one = new Filter(id, null, null, null, null);
        return store.read(
                tx -> tx.deadLetters().latest(one, 1).stream().findFirst().map(deadLetter -> detail(tx, deadLetter)));
    }

    private DeadLetterDetail detail(Tx tx, DeadLetter deadLetter) {
        return deadLetter.origin() == Origin.DELIVERY
                ? new DeadLetterDetail(deadLetter, null, delivery(tx, deadLetter.id()))
                : new DeadLetterDetail(deadLetter, raw(tx, deadLetter.id()), null);
    }

    private static MessageStory.@Nullable Delivery delivery(Tx tx, String id) {
        return tx.deliveries()
                .find(id)
                .map(found -> MessageStory.Delivery.of(found, tx.attempts().of(id)))
                .orElse(null);
    }

    private @Nullable RawBytes raw(Tx tx, String id) {
        return tx.events()
                .find(id)
                .flatMap(stored -> tx.events().raw(stored.raw()))
                .map(raw -> {
                    try {
                        return RawBytes.of(RawRequest.whole(raw, bodies));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(null);
    }
}
