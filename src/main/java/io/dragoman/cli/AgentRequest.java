// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.agent.AgentCommands;
import io.dragoman.app.agent.AgentCommands.Result;
import io.dragoman.app.agent.AgentCommands.Taken;
import io.dragoman.app.agent.CommandSource;
import io.dragoman.config.GatewaySettings;
import io.dragoman.connector.MalformedPayload;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Something that an agent does by the command line: a running gateway takes it at once; without one it is stored for
 * the next start.
 *
 * @param path the API's, below {@code conversations}
 * @param unknown what is said where the path can name nothing
 * @param offline how it is stored
 */
record AgentRequest(String path, String unknown, byte[] body, Offline offline) {

    /** In a conversation. */
    static AgentRequest in(String conversation, String path, byte[] body, InConversation offline) {
        return new AgentRequest(
                "/" + conversation + "/" + path,
                "There is no conversation " + conversation + ". List them: ./dragoman conversations",
                body,
                (agents, key, json, source, at) -> offline.store(agents, conversation, key, json, source, at));
    }

    /** The first of one. */
    static AgentRequest first(byte[] body) {
        return new AgentRequest("", "", body, AgentCommands::start);
    }

    /** One of an agent's commands. */
    @FunctionalInterface
    interface Offline {
        CompletableFuture<Result> store(
                AgentCommands agents, String key, byte[] body, CommandSource source, String path)
                throws MalformedPayload;
    }

    /** One of those that name a conversation. */
    @FunctionalInterface
    interface InConversation {
        CompletableFuture<Result> store(
                AgentCommands agents, String conversation, String key, byte[] body, CommandSource source, String path)
                throws MalformedPayload;
    }

    /** Says what came of it. */
    @FunctionalInterface
    interface Said {
        void accepted(String id, boolean running);
    }

    /** Sends it and gives the exit code. */
    int send(Dragoman dragoman, Said said) throws InterruptedException {
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        String key = UUID.randomUUID().toString();
        if (!path.matches("(/[0-9a-zA-Z-]{1,64}/[a-z]+)?")) {
            return dragoman.failed(unknown);
        }
        try {
            Optional<AdminClient.Reply> answer =
                    new AdminClient(gateway).ask("/api/v1/conversations" + path, body, Map.of("Idempotency-Key", key));
            if (answer.isPresent()) {
                return answer.get().status() == 202
                        ? accepted(said, answer.get().body().path("id").asText(), true)
                        : dragoman.failed(answer.get().title());
            }
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        return OfflineStore.change(dragoman, gateway, commands -> {
            try {
                Result result = offline.store(
                                commands.agents(), key, body, CommandSource.commandLine(dragoman.actor()), path)
                        .join();
                return result.taken() == Taken.YES
                        ? accepted(said, result.id(), false)
                        : dragoman.failed(result.why().isEmpty() ? unknown : result.why());
            } catch (MalformedPayload e) {
                return dragoman.failed("It cannot be accepted: " + e.getMessage() + ".");
            }
        });
    }

    private static int accepted(Said said, String id, boolean running) {
        said.accepted(id, running);
        return Dragoman.OK;
    }

    @Override
    public String toString() {
        return "AgentRequest[" + path + "]";
    }
}
