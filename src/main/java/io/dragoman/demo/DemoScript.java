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

/** What every scenario needs: the environment, what the desk has, the list of expected effects, and where to print. */
final class DemoScript {
    final DemoEnvironment environment;
    final Helpdesk desk;
    private final Expectations expectations;
    private final Consumer<String> output;

    DemoScript(DemoEnvironment environment, Expectations expectations, Consumer<String> output) {
        this.environment = environment;
        this.desk = new Helpdesk(environment.desk);
        this.expectations = expectations;
        this.output = output;
    }

    /** Prints a line. */
    void print(String line) {
        output.accept(line);
    }

    void expect(String what, Object expected, Supplier<?> observed) {
        expectations.expect(what, expected, observed);
    }

    /** Waits for a customer's message at the desk, and prints where the rules put it. */
    void expectAtDesk(String who, String text) {
        expect("the desk has " + who + "'s message", text, () -> desk.message(text)
                .map(Note::text)
                .orElse("nothing"));
        Optional<Note> note = desk.message(text);
        note.ifPresent(found -> {
            printRules(found.json().at("/data/message/id").asText());
            JsonNode conversation = found.json().at("/data/conversation");
            print("  the desk has it as " + found.id()
                    + (conversation.path("team").isTextual()
                            ? " for team " + conversation.path("team").asText() + ", priority "
                                    + conversation.path("priority").asText()
                            : ""));
        });
    }

    /** Prints which rules matched and what they did, as it is stored with the message. */
    private void printRules(String message) {
        String decision = environment
                .gateway()
                .store()
                .read(tx -> tx.messages().decision(message))
                .orElse("{}");
        for (JsonNode rule : tree(decision).at("/decision/rules")) {
            if (rule.path("matched").asBoolean()) {
                List<String> actions = new ArrayList<>();
                rule.path("actions").forEach(action -> actions.add(action.asText()));
                print("  rule '" + rule.path("rule").asText() + "' → " + String.join(", ", actions));
            }
        }
    }

    /** An agent answers with text in the conversation that a customer's message is in. */
    void agentAnswers(String agent, String customerText, String answer) {
        print("  agent " + agent + " answers: " + answer);
        int status = environment.desk.agentReplies(
                environment.callback("helpdesk"), desk.conversation(customerText), agent, answer);
        expect("the gateway takes " + agent + "'s answer", 200, () -> status);
    }

    /** All that a customer received, in order. */
    static List<String> received(Simulator channel, String customer) {
        return channel.delivered().stream()
                .filter(delivered -> delivered.customer().equals(customer))
                .map(Delivered::content)
                .toList();
    }

    /** The provider's id of what a customer received last. */
    static String lastId(Simulator channel, String customer) {
        return channel.delivered().stream()
                .filter(delivered -> delivered.customer().equals(customer))
                .reduce((first, second) -> second)
                .map(Delivered::id)
                .orElse("");
    }

    URI callback(String channel) {
        return environment.callback(channel);
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
