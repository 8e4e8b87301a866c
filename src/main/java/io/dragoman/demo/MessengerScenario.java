// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.messenger.MessengerSimulator;
import java.util.List;

/** Nino writes to the shop's page, is shown a card, and taps its button. */
final class MessengerScenario {
    private static final String NINO = "nino-7741";
    private static final String QUESTION = "გაქვთ წითელი შარფი? 🧣";
    private static final String CARD = "The red scarf is here.";
    private static final String SHOWN = CARD + " [Reserve]";

    private final DemoScript script;
    private final MessengerSimulator messenger;

    MessengerScenario(DemoScript script) {
        this.script = script;
        this.messenger = script.environment.messenger;
    }

    void run() {
        script.print("Messenger. Nino writes to the shop's page in Georgian: " + QUESTION);
        script.expect(
                "the webhook is registered with Messenger",
                true,
                () -> messenger.handshake(script.callback(DemoEnvironment.MESSENGER)));
        messenger.customerWrites(script.callback(DemoEnvironment.MESSENGER), NINO, QUESTION);
        script.expectAtDesk("Nino", QUESTION);
        card();
        script.print("  Nino taps on Reserve");
        messenger.customerTaps(script.callback(DemoEnvironment.MESSENGER), NINO, "reserve-scarf", "Reserve");
        script.expect(
                "the desk has Nino's tap in the same conversation",
                List.of(QUESTION, "[Reserve]"),
                () -> script.desk.conversationTexts(script.desk.conversation(QUESTION)));
        script.expect("the desk gets what is behind the button", "reserve-scarf", () -> script.desk
                .part(script.desk.conversation(QUESTION), "choice")
                .path("id")
                .asText());
    }

    private void card() {
        script.print("  agent Max answers with a card: " + SHOWN);
        ArrayNode parts = Json.mapper().createArrayNode();
        parts.addObject()
                .put("type", "card")
                .put("title", CARD)
                .putArray("buttons")
                .addObject()
                .put("id", "reserve-scarf")
                .put("title", "Reserve");
        script.environment.desk.agentReplies(
                script.callback("helpdesk"), script.desk.conversation(QUESTION), "Max", parts);
        script.expect("Nino sees the card with its button", List.of(SHOWN), () -> DemoScript.received(messenger, NINO));
        messenger.delivered(script.callback(DemoEnvironment.MESSENGER), NINO, DemoScript.lastId(messenger, NINO));
        script.expect(
                "the desk learns that it was delivered",
                "delivered",
                () -> script.desk.delivery(script.desk.conversation(QUESTION), "delivered", "status"));
    }
}
