// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.AgentActs.Receipt;
import io.dragoman.admin.Question.Refusal;
import io.dragoman.connector.Request;
import io.dragoman.connector.Unreadable;
import io.dragoman.message.Event;
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
        Event read(String conversation, String key, byte[] body, Instant at) throws Unreadable;
    }

    CompletionStage<Answer> reply(Question question) {
        return act(question, AgentActs::reply);
    }

    CompletionStage<Answer> close(Question question) {
        return act(question, AgentActs::close);
    }

    private CompletionStage<Answer> act(Question question, Reading reading) {
        try {
            String key = key(question);
            checkType(question);
            Instant now = clock.instant();
            Event event = reading.read(question.id(), key, question.body(), now);
            Request request = new Request(
                    Request.Origin.RECEIVED,
                    "POST",
                    question.path(),
                    "",
                    Map.of("idempotency-key", key),
                    question.body(),
                    now);
            return store.takeIn(tx -> AgentActs.take(tx, question.id(), event, request, ids))
                    .thenApply(result -> answer(question.id(), result));
        } catch (Refusal e) {
            return CompletableFuture.completedFuture(e.answer());
        } catch (Unreadable e) {
            return CompletableFuture.completedFuture(
                    Answer.problem(400, "The request cannot be read: " + e.getMessage() + "."));
        }
    }

    private static String key(Question question) throws Refusal {
        boolean good = question.keys().size() == 1 && question.keys().get(0).matches("[\\x21-\\x7e]{1,255}");
        if (!good) {
            throw new Refusal(
                    400,
                    "Idempotency-Key must be sent once, with 1 to 255 printable characters: a new one for each new"
                            + " request, the same one when it is repeated.");
        }
        return question.keys().get(0);
    }

    /** Refuses a body of another type than JSON. */
    static void checkType(Question question) throws Refusal {
        String type = question.contentType() == null ? "" : question.contentType();
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (question.body().length > 0 && !bare.equals("application/json")) {
            throw new Refusal(415, "Only application/json is taken here.");
        }
    }

    private Answer answer(String conversation, AgentActs.Result result) {
        return switch (result.taken()) {
            case YES -> {
                meters.counter("dragoman.api.acts").increment();
                yield Answer.json(202, new Receipt(result.id(), conversation));
            }
            case OTHER_BODY ->
                Answer.problem(
                        409, "This Idempotency-Key was used for another request. Take a new key for a new request.");
            case NO_CONVERSATION -> Answer.problem(404, "There is no conversation with this id.");
            case NO_MESSAGE -> Answer.problem(400, "replyTo names no message of this conversation.");
        };
    }
}
