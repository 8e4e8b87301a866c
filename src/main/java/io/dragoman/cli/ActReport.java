// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.agent.ConversationAct;
import io.dragoman.model.Json;
import io.dragoman.model.Words;
import java.nio.charset.StandardCharsets;

/** What is said of an act on a conversation that was accepted; so {@code --json} prints it. */
record ActReport(String id, String conversation, boolean running) {

    /** Sends an act, says what came of it, and gives the exit code. */
    static int send(Dragoman dragoman, ConversationAct act, String conversation, ObjectNode json)
            throws InterruptedException {
        byte[] body = Json.write(json).getBytes(StandardCharsets.UTF_8);
        AgentRequest request = AgentRequest.in(
                conversation,
                Words.of(act),
                body,
                (agents, id, key, bytes, source, path) -> agents.act(act, id, key, bytes, source, path));
        return request.send(dragoman, (event, running) -> new ActReport(event, conversation, running).say(dragoman));
    }

    private void say(Dragoman dragoman) {
        if (dragoman.json()) {
            dragoman.print(this);
            return;
        }
        dragoman.out()
                .println(
                        running
                                ? "Accepted. What came of it: ./dragoman explain " + id
                                : "Stored. The gateway does not run: it happens at the next start.");
        dragoman.out().flush();
    }
}
