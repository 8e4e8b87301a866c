// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.AgentCommands;
import io.dragoman.app.AgentCommands.Receipt;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.Event;
import io.dragoman.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What an agent does by the API: answered after the commit, and the same again for the same key. */
final class WriteApi {
    private final Store store;
    private final Supplier<String> ids;
    private final Clock clock;
    private final MeterRegistry meters;

    WriteApi(Store store, Supplier<String> ids, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    /** Makes an event of a body. */
    @FunctionalInterface
    private interface Reading {
        Event read(String conversation, String key, byte[] body, Instant at) throws MalformedPayload;
    }

    CompletionStage<ApiResponse> reply(ApiRequest request) {
        return act(request, AgentCommands::reply);
    }

    CompletionStage<ApiResponse> close(ApiRequest request) {
        return act(request, AgentCommands::close);
    }

    private CompletionStage<ApiResponse> act(ApiRequest request, Reading reading) {
        try {
            String key = key(request);
            checkType(request);
            Instant now = clock.instant();
            Event event = reading.read(request.id(), key, request.body(), now);
            Request raw = new Request(
                    Request.Origin.RECEIVED,
                    "POST",
                    request.path(),
                    "",
                    Map.of("idempotency-key", key),
                    request.body(),
                    now);
            return store.takeIn(tx -> AgentCommands.take(tx, request.id(), event, raw, ids))
                    .thenApply(result -> answer(request.id(), result));
        } catch (Refusal e) {
            return CompletableFuture.completedFuture(e.answer());
        } catch (MalformedPayload e) {
            return CompletableFuture.completedFuture(
                    ApiResponse.problem(400, "The request cannot be read: " + e.getMessage() + "."));
        }
    }

    private static String key(ApiRequest request) throws Refusal {
        boolean good = request.keys().size() == 1 && request.keys().get(0).matches("[\\x21-\\x7e]{1,255}");
        if (!good) {
            throw new Refusal(
                    400,
                    "Idempotency-Key must be sent once, with 1 to 255 printable characters: a new one for each new"
                            + " request, the same one when it is repeated.");
        }
        return request.keys().get(0);
    }

    /** Refuses a body of another type than JSON. */
    static void checkType(ApiRequest request) throws Refusal {
        String type = request.contentType() == null ? "" : request.contentType();
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (request.body().length > 0 && !bare.equals("application/json")) {
            throw new Refusal(415, "Only application/json is taken here.");
        }
    }

    private ApiResponse answer(String conversation, AgentCommands.Result result) {
        return switch (result.taken()) {
            case YES -> {
                meters.counter("dragoman.api.acts").increment();
                yield ApiResponse.json(202, new Receipt(result.id(), conversation));
            }
            case OTHER_BODY ->
                ApiResponse.problem(
                        409, "This Idempotency-Key was used for another request. Take a new key for a new request.");
            case NO_CONVERSATION -> ApiResponse.problem(404, "There is no conversation with this id.");
            case NO_MESSAGE -> ApiResponse.problem(400, "replyTo names no message of this conversation.");
        };
    }
}
