// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.admin.access.Gatekeeper;
import io.dragoman.app.agent.AgentCommands;
import io.dragoman.app.agent.AgentCommands.Receipt;
import io.dragoman.app.agent.AgentCommands.Result;
import io.dragoman.app.agent.CommandSource;
import io.dragoman.app.agent.ConversationAct;
import io.dragoman.connector.MalformedPayload;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an agent does by the API: answered after the commit, and the same again for the same key. */
final class WriteApi {
    private final AgentCommands agents;
    private final MeterRegistry meters;

    WriteApi(AgentCommands agents, MeterRegistry meters) {
        this.agents = agents;
        this.meters = meters;
    }

    /** One of an agent's commands. */
    @FunctionalInterface
    private interface Command {
        CompletionStage<Result> carryOut(String key, byte[] body, CommandSource source, String path)
                throws MalformedPayload;
    }

    CompletionStage<ApiResponse> start(ApiRequest request) {
        return act(request, agents::start);
    }

    CompletionStage<ApiResponse> reply(ApiRequest request) {
        return act(request, (key, body, source, path) -> agents.reply(request.id(), key, body, source, path));
    }

    CompletionStage<ApiResponse> close(ApiRequest request) {
        return act(request, (key, body, source, path) -> agents.close(request.id(), key, body, source, path));
    }

    CompletionStage<ApiResponse> act(ApiRequest request, ConversationAct act) {
        return act(request, (key, body, source, path) -> agents.act(act, request.id(), key, body, source, path));
    }

    private CompletionStage<ApiResponse> act(ApiRequest request, Command command) {
        try {
            String key = key(request);
            request.requireJson();
            return command.carryOut(key, request.body(), CommandSource.api(request.actor()), request.path())
                    .thenApply(result -> answer(request.id(), result));
        } catch (Refusal e) {
            return CompletableFuture.completedFuture(e.answer());
        } catch (MalformedPayload e) {
            return CompletableFuture.completedFuture(Refusal.unreadable(e).answer());
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
        String name = request.actor().name();
        String key = request.keys().get(0);
        // of each person their own: no key has a blank; those of the installation's token stay as they were stored
        return name.equals(Gatekeeper.ADMIN) ? key : name + " " + key;
    }

    private ApiResponse answer(String conversation, Result result) {
        return switch (result.taken()) {
            case YES -> {
                meters.counter("dragoman.api.acts").increment();
                yield ApiResponse.json(202, new Receipt(result.id(), conversation.isEmpty() ? null : conversation));
            }
            case OTHER_BODY ->
                ApiResponse.problem(
                        409, "This Idempotency-Key was used for another request. Take a new key for a new request.");
            case NO_CONVERSATION -> ApiResponse.problem(404, "There is no conversation with this id.");
            case FORBIDDEN_LINK ->
                ApiResponse.problem(
                        422,
                        "A file of this message would never be fetched: " + result.why()
                                + ". Send its bytes in data, or allow the address under outbound in gateway.yaml.");
            case UNREACHABLE -> ApiResponse.problem(422, result.why());
            case OPTED_OUT -> ApiResponse.problem(409, result.why());
            case NO_MESSAGE -> ApiResponse.problem(400, "replyTo names no message of this conversation.");
        };
    }
}
