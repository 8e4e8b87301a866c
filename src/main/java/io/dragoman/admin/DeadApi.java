// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.Question.Refusal;
import io.dragoman.connector.Fields;
import io.dragoman.connector.Request;
import io.dragoman.connector.Unreadable;
import io.dragoman.explain.Story;
import io.dragoman.store.DeadLetters.Filter;
import io.dragoman.store.DeadLetters.Letter;
import io.dragoman.store.DeadLetters.Origin;
import io.dragoman.store.Events;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dead letters over the API. Blocks. */
public final class DeadApi {
    private static final int LARGEST_SHOWN = 256 * 1024;

    private final Store store;
    private final DeadActs acts;
    private final DeadActs.Bodies bodies;

    DeadApi(Store store, DeadActs acts, DeadActs.Bodies bodies) {
        this.store = store;
        this.acts = acts;
        this.bodies = bodies;
    }

    /**
     * One dead letter with all that is known of it.
     *
     * @param raw what arrived, of an event
     * @param delivery with its attempts, of a delivery
     */
    public record Shown(Letter letter, @Nullable Raw raw, Story.@Nullable Delivery delivery) {}

    /**
     * What arrived, byte for byte.
     *
     * @param body null when it is larger than 256 KiB
     */
    public record Raw(
            String method, String path, Map<String, String> headers, int size, byte @Nullable [] body, Instant at) {
        static Raw of(Request request) {
            byte[] body = request.body();
            return new Raw(
                    request.method(),
                    request.path(),
                    request.headers(),
                    body.length,
                    body.length > LARGEST_SHOWN ? null : body,
                    request.receivedAt());
        }

        @Override
        public String toString() {
            return "Raw[" + size + " bytes]";
        }
    }

    Answer list(Question question) throws Refusal {
        int limit = question.limit();
        Filter filter = new Filter(
                null,
                question.parameters().get("channel"),
                question.parameters().get("reason"),
                time(question, "since"),
                time(question, "until"));
        return Answer.json(200, store.read(tx -> ReadApi.dead(tx, filter, limit)));
    }

    private static @Nullable Instant time(Question question, String name) throws Refusal {
        String given = question.parameters().get(name);
        return given == null ? null : question.time(name, given);
    }

    Answer show(Question question) throws Refusal {
        Optional<Shown> found = store.read(tx -> show(tx, bodies, question.id()));
        return Answer.json(200, found.orElseThrow(() -> new Refusal(404, "There is no dead letter with this id.")));
    }

    /** All that is known of a dead letter. */
    public static Optional<Shown> show(Tx tx, DeadActs.Bodies bodies, String id) {
        Filter one = new Filter(id, null, null, null, null);
        return tx.deadLetters().latest(one, 1).stream().findFirst().map(letter -> {
            if (letter.origin() == Origin.DELIVERY) {
                return new Shown(
                        letter,
                        null,
                        tx.deliveries()
                                .find(id)
                                .map(found ->
                                        Story.Delivery.of(found, tx.attempts().of(id)))
                                .orElse(null));
            }
            try {
                Optional<Events.Raw> raw =
                        tx.events().find(id).flatMap(stored -> tx.events().raw(stored.raw()));
                return new Shown(letter, raw.isEmpty() ? null : Raw.of(DeadActs.whole(raw.get(), bodies)), null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    Answer replay(Question question) throws Refusal {
        Fields body = body(question);
        long perSecond = number(body, "perSecond", 50);
        return Answer.json(200, acts.replay(filter(body), body.flag("dryRun"), (int) perSecond));
    }

    Answer discard(Question question) throws Refusal {
        Fields body = body(question);
        String why = text(body, "why");
        return Answer.json(200, acts.discard(filter(body), body.flag("dryRun"), why == null ? "by an operator" : why));
    }

    private static Fields body(Question question) throws Refusal {
        WriteApi.checkType(question);
        try {
            return Fields.of(question.body());
        } catch (Unreadable e) {
            throw unreadable(e);
        }
    }

    private static Filter filter(Fields body) throws Refusal {
        Filter filter = new Filter(
                text(body, "id"),
                text(body, "channel"),
                text(body, "reason"),
                time(body, "since"),
                time(body, "until"));
        if (filter.equals(Filter.ALL) && !body.flag("all")) {
            throw new Refusal(
                    400, "Say which: id, channel, reason, since, until, or \"all\": true for every one of them.");
        }
        return filter;
    }

    private static @Nullable String text(Fields body, String name) throws Refusal {
        try {
            return body.findText(name).orElse(null);
        } catch (Unreadable e) {
            throw unreadable(e);
        }
    }

    private static long number(Fields body, String name, long otherwise) throws Refusal {
        try {
            long number = body.findNumber(name).orElse(otherwise);
            if (number < 1 || number > 10_000) {
                throw new Refusal(400, name + " must be a whole number from 1 to 10000.");
            }
            return number;
        } catch (Unreadable e) {
            throw unreadable(e);
        }
    }

    private static @Nullable Instant time(Fields body, String name) throws Refusal {
        String given = text(body, name);
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refusal(400, name + " must be a time in ISO 8601, such as 2026-11-21T10:02:11Z.");
        }
    }

    private static Refusal unreadable(Unreadable e) {
        return new Refusal(400, "The request cannot be read: " + e.getMessage() + ".");
    }
}
