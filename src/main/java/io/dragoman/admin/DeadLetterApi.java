// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.deadletter.DeadLetterQueries;
import io.dragoman.app.deadletter.DeadLetterSelection;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Dead letters over the API. Blocks. */
final class DeadLetterApi {
    private final DeadLetterQueries queries;
    private final DeadLetterService service;

    DeadLetterApi(DeadLetterQueries queries, DeadLetterService service) {
        this.queries = queries;
        this.service = service;
    }

    ApiResponse list(ApiRequest request) throws Refusal {
        int limit = request.limit();
        DeadLetterSelection selection = new DeadLetterSelection(
                null,
                request.parameters().get("channel"),
                request.parameters().get("reason"),
                time(request, "since"),
                time(request, "until"));
        return ApiResponse.json(200, queries.latest(selection, limit));
    }

    private static @Nullable Instant time(ApiRequest request, String name) throws Refusal {
        String given = request.parameters().get(name);
        return given == null ? null : request.time(name, given);
    }

    ApiResponse show(ApiRequest request) throws Refusal {
        return ApiResponse.json(
                200,
                queries.find(request.id())
                        .orElseThrow(() -> new Refusal(404, "There is no dead letter with this id.")));
    }

    ApiResponse replay(ApiRequest request) throws Refusal {
        JsonFields body = body(request);
        long perSecond = number(body, "perSecond", 50);
        return ApiResponse.json(
                200, service.replay(selection(body), body.flag("dryRun"), (int) perSecond, request.actor()));
    }

    ApiResponse discard(ApiRequest request) throws Refusal {
        JsonFields body = body(request);
        String why = text(body, "why");
        return ApiResponse.json(
                200,
                service.discard(
                        selection(body), body.flag("dryRun"), why == null ? "by an operator" : why, request.actor()));
    }

    private static JsonFields body(ApiRequest request) throws Refusal {
        request.requireJson();
        try {
            return JsonFields.of(request.body());
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }

    private static DeadLetterSelection selection(JsonFields body) throws Refusal {
        DeadLetterSelection selection = new DeadLetterSelection(
                text(body, "id"),
                text(body, "channel"),
                text(body, "reason"),
                time(body, "since"),
                time(body, "until"));
        if (selection.isEverything() && !body.flag("all")) {
            throw new Refusal(
                    400, "Say which: id, channel, reason, since, until, or \"all\": true for every one of them.");
        }
        return selection;
    }

    private static @Nullable String text(JsonFields body, String name) throws Refusal {
        try {
            return body.findText(name).orElse(null);
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
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
            throw Refusal.unreadable(e);
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
}
