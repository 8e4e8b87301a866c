// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.DeadLetterService;
import io.dragoman.app.explain.MessageStory;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
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
public final class DeadLetterApi {
    private static final int LARGEST_SHOWN = 256 * 1024;

    private final Store store;
    private final DeadLetterService acts;
    private final DeadLetterService.Bodies bodies;

    DeadLetterApi(Store store, DeadLetterService acts, DeadLetterService.Bodies bodies) {
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
    public record Shown(Letter letter, @Nullable Raw raw, MessageStory.@Nullable Delivery delivery) {}

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

    ApiResponse list(ApiRequest request) throws Refusal {
        int limit = request.limit();
        Filter filter = new Filter(
                null,
                request.parameters().get("channel"),
                request.parameters().get("reason"),
                time(request, "since"),
                time(request, "until"));
        return ApiResponse.json(200, store.read(tx -> ReadApi.dead(tx, filter, limit)));
    }

    private static @Nullable Instant time(ApiRequest request, String name) throws Refusal {
        String given = request.parameters().get(name);
        return given == null ? null : request.time(name, given);
    }

    ApiResponse show(ApiRequest request) throws Refusal {
        Optional<Shown> found = store.read(tx -> show(tx, bodies, request.id()));
        return ApiResponse.json(
                200, found.orElseThrow(() -> new Refusal(404, "There is no dead letter with this id.")));
    }

    /** All that is known of a dead letter. */
    public static Optional<Shown> show(Tx tx, DeadLetterService.Bodies bodies, String id) {
        Filter one = new Filter(id, null, null, null, null);
        return tx.deadLetters().latest(one, 1).stream().findFirst().map(letter -> {
            if (letter.origin() == Origin.DELIVERY) {
                return new Shown(
                        letter,
                        null,
                        tx.deliveries()
                                .find(id)
                                .map(found -> MessageStory.Delivery.of(
                                        found, tx.attempts().of(id)))
                                .orElse(null));
            }
            try {
                Optional<Events.Raw> raw =
                        tx.events().find(id).flatMap(stored -> tx.events().raw(stored.raw()));
                return new Shown(
                        letter, raw.isEmpty() ? null : Raw.of(DeadLetterService.whole(raw.get(), bodies)), null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    ApiResponse replay(ApiRequest request) throws Refusal {
        JsonFields body = body(request);
        long perSecond = number(body, "perSecond", 50);
        return ApiResponse.json(200, acts.replay(filter(body), body.flag("dryRun"), (int) perSecond));
    }

    ApiResponse discard(ApiRequest request) throws Refusal {
        JsonFields body = body(request);
        String why = text(body, "why");
        return ApiResponse.json(
                200, acts.discard(filter(body), body.flag("dryRun"), why == null ? "by an operator" : why));
    }

    private static JsonFields body(ApiRequest request) throws Refusal {
        WriteApi.checkType(request);
        try {
            return JsonFields.of(request.body());
        } catch (MalformedPayload e) {
            throw unreadable(e);
        }
    }

    private static Filter filter(JsonFields body) throws Refusal {
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

    private static @Nullable String text(JsonFields body, String name) throws Refusal {
        try {
            return body.findText(name).orElse(null);
        } catch (MalformedPayload e) {
            throw unreadable(e);
        }
    }

    private static long number(JsonFields body, String name, long otherwise) throws Refusal {
        try {
            long number = body.findNumber(name).orElse(otherwise);
            if (number < 1 || number > 10_000) {
                throw new Refusal(400, name + " must be a whole number from 1 to 10000.");
            }
            return number;
        } catch (MalformedPayload e) {
            throw unreadable(e);
        }
    }

    private static @Nullable Instant time(JsonFields body, String name) throws Refusal {
        String given = text(body, name);
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refusal(400, name + " must be a time in ISO 8601, such as 2026-11-21T10:02:11Z.");
        }
    }

    private static Refusal unreadable(MalformedPayload e) {
        return new Refusal(400, "The request cannot be read: " + e.getMessage() + ".");
    }
}
