// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What every scene needs: the stage, the desk's view, the list of expected effects, and a voice. */
final class DemoScript {
    final DemoEnvironment stage;
    final Helpdesk desk;
    private final Expectations expectations;
    private final Consumer<String> voice;

    DemoScript(DemoEnvironment stage, Expectations expectations, Consumer<String> voice) {
        this.stage = stage;
        this.desk = new Helpdesk(stage.desk);
        this.expectations = expectations;
        this.voice = voice;
    }

    /** Tells the audience. */
    void say(String line) {
        voice.accept(line);
    }

    void expect(String what, Object expected, Supplier<?> observed) {
        expectations.expect(what, expected, observed);
    }

    /** The desk has a customer's message; tells where the rules put it. */
    void arrives(String who, String text) {
        expect("the desk has " + who + "'s message", text, () -> desk.message(text)
                .map(Note::text)
                .orElse("nothing"));
        Optional<Note> note = desk.message(text);
        note.ifPresent(found -> {
            rules(found.json().at("/data/message/id").asText());
            JsonNode conversation = found.json().at("/data/conversation");
            say("  the desk has it as " + found.id()
                    + (conversation.path("team").isTextual()
                            ? " for team " + conversation.path("team").asText() + ", priority "
                                    + conversation.path("priority").asText()
                            : ""));
        });
    }

    /** Tells which rules matched and what they did, as it is kept with the message. */
    private void rules(String message) {
        String decision = stage.gateway()
                .store()
                .read(tx -> tx.messages().decision(message))
                .orElse("{}");
        for (JsonNode rule : tree(decision).at("/decision/rules")) {
            if (rule.path("matched").asBoolean()) {
                List<String> actions = new ArrayList<>();
                rule.path("actions").forEach(action -> actions.add(action.asText()));
                say("  rule '" + rule.path("rule").asText() + "' → " + String.join(", ", actions));
            }
        }
    }

    /** An agent answers with text in the conversation that a customer's message is in. */
    void answer(String agent, String customerText, String answer) {
        say("  agent " + agent + " answers: " + answer);
        int status =
                stage.desk.agentReplies(stage.callback("helpdesk"), desk.conversation(customerText), agent, answer);
        expect("the gateway takes " + agent + "'s answer", 200, () -> status);
    }

    /** All that a customer was brought, in order. */
    static List<String> phone(Simulator channel, String customer) {
        return channel.delivered().stream()
                .filter(delivered -> delivered.customer().equals(customer))
                .map(Delivered::content)
                .toList();
    }

    /** The provider's id of what a customer was brought last. */
    static String lastId(Simulator channel, String customer) {
        return channel.delivered().stream()
                .filter(delivered -> delivered.customer().equals(customer))
                .reduce((first, second) -> second)
                .map(Delivered::id)
                .orElse("");
    }

    URI callback(String channel) {
        return stage.callback(channel);
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
