// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.util.ArrayList;
import java.util.List;

/** Ana, who hides her phone number, asks for her money back, and picks from buttons. */
final class WhatsAppScenario {
    /** A user id instead of a number: an answer must find her all the same. */
    private static final String ANA = "DE.88123";

    private static final String REQUEST = "გამარჯობა! მინდა თანხის დაბრუნება 🙏";
    private static final String QUESTION = "Would you like your money, or a voucher?";

    private final DemoScript script;
    private final WhatsAppSimulator whatsapp;

    WhatsAppScenario(DemoScript script) {
        this.script = script;
        this.whatsapp = script.environment.whatsapp;
    }

    void run() {
        whatsapp.named(ANA, "Ana");
        whatsapp.reportTo(script.callback(DemoEnvironment.WHATSAPP));
        script.print("WhatsApp, where somebody is in. Ana, who hides her phone number, writes in Georgian: " + REQUEST);
        script.expect(
                "the webhook is registered with WhatsApp",
                true,
                () -> whatsapp.handshake(script.callback(DemoEnvironment.WHATSAPP)));
        whatsapp.customerWrites(script.callback(DemoEnvironment.WHATSAPP), ANA, REQUEST);
        script.expectAtDesk("Ana", REQUEST);
        script.expect(
                "the rule has put Ana's request where refunds go",
                "team billing, tags [\"refund\"], priority high",
                this::place);
        script.expect("Ana is known by her user id alone", "whatsapp DE.88123", this::identities);
        script.print("  WhatsApp posts the same webhook again, as it does when it is in doubt");
        int again = whatsapp.repeats(script.callback(DemoEnvironment.WHATSAPP));
        script.expect("the repeated webhook is acknowledged", 200, () -> again);
        ask();
        pick();
        script.expect(
                "Ana's phone shows one message and no other",
                List.of(QUESTION + " [Money] [Voucher]"),
                () -> DemoScript.received(whatsapp, ANA));
    }

    private String place() {
        return script.desk
                .message(REQUEST)
                .map(note -> note.json().at("/data/conversation"))
                .map(conversation -> "team " + conversation.path("team").asText() + ", tags "
                        + conversation.path("tags") + ", priority "
                        + conversation.path("priority").asText())
                .orElse("nothing");
    }

    private String identities() {
        List<String> identities = new ArrayList<>();
        script.desk.message(REQUEST).map(Note::json).ifPresent(json -> json.at("/data/contact/identities")
                .forEach(identity -> identities.add(identity.path("type").asText() + " "
                        + identity.path("value").asText())));
        return String.join(", ", identities);
    }

    private void ask() {
        script.print("  agent Max answers with two buttons: " + QUESTION);
        ArrayNode parts = Json.mapper().createArrayNode();
        ObjectNode choices = parts.addObject().put("type", "choices").put("text", QUESTION);
        ArrayNode list = choices.putArray("choices");
        list.addObject().put("id", "money").put("title", "Money");
        list.addObject().put("id", "voucher").put("title", "Voucher");
        script.environment.desk.agentReplies(
                script.callback("helpdesk"), script.desk.conversation(REQUEST), "Max", parts);
        script.expect(
                "Ana's phone shows Max's question with its buttons",
                QUESTION + " [Money] [Voucher]",
                () -> String.join(" | ", DemoScript.received(whatsapp, ANA)));
        script.print("  Ana's phone shows: " + String.join(" | ", DemoScript.received(whatsapp, ANA)));
        script.expect(
                "the desk learns that Ana has read it",
                "read",
                () -> script.desk.delivery(script.desk.conversation(REQUEST), "read", "status"));
    }

    private void pick() {
        script.print("  Ana taps on Money");
        whatsapp.customerTaps(
                script.callback(DemoEnvironment.WHATSAPP), ANA, "money", "Money", DemoScript.lastId(whatsapp, ANA));
        script.expect(
                "the desk has Ana's choice in the same conversation",
                List.of(REQUEST, "[Money]"),
                () -> script.desk.conversationTexts(script.desk.conversation(REQUEST)));
    }
}
