// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.util.ArrayList;
import java.util.List;

/** Ana, who hides her phone number, wants her money back, and picks from buttons. */
final class WhatsAppScenario {
    /** A user id instead of a number: an answer must find her all the same. */
    private static final String ANA = "DE.88123";

    private static final String REQUEST = "გამარჯობა! მინდა თანხის დაბრუნება 🙏";
    private static final String QUESTION = "Would you like your money, or a voucher?";

    private final DemoScript play;
    private final WhatsAppSimulator whatsapp;

    WhatsAppScenario(DemoScript play) {
        this.play = play;
        this.whatsapp = play.stage.whatsapp;
    }

    void play() {
        whatsapp.named(ANA, "Ana");
        whatsapp.reportTo(play.callback(DemoEnvironment.WHATSAPP));
        play.say("WhatsApp, where somebody is in. Ana, who hides her phone number, writes in Georgian: " + REQUEST);
        play.expect(
                "the webhook is registered with WhatsApp",
                true,
                () -> whatsapp.handshake(play.callback(DemoEnvironment.WHATSAPP)));
        whatsapp.customerWrites(play.callback(DemoEnvironment.WHATSAPP), ANA, REQUEST);
        play.arrives("Ana", REQUEST);
        play.expect(
                "the rule has put Ana's request where refunds go",
                "team billing, tags [\"refund\"], priority high",
                this::place);
        play.expect("Ana is known by her user id alone", "whatsapp DE.88123", this::identities);
        play.say("  WhatsApp posts the same webhook again, as it does when it is in doubt");
        int again = whatsapp.repeats(play.callback(DemoEnvironment.WHATSAPP));
        play.expect("the repeated webhook is acknowledged", 200, () -> again);
        ask();
        pick();
        play.expect(
                "Ana's phone shows one message and no other",
                List.of(QUESTION + " [Money] [Voucher]"),
                () -> DemoScript.phone(whatsapp, ANA));
    }

    private String place() {
        return play.desk
                .message(REQUEST)
                .map(note -> note.json().at("/data/conversation"))
                .map(conversation -> "team " + conversation.path("team").asText() + ", tags "
                        + conversation.path("tags") + ", priority "
                        + conversation.path("priority").asText())
                .orElse("nothing");
    }

    private String identities() {
        List<String> identities = new ArrayList<>();
        play.desk.message(REQUEST).map(Note::json).ifPresent(json -> json.at("/data/contact/identities")
                .forEach(identity -> identities.add(identity.path("type").asText() + " "
                        + identity.path("value").asText())));
        return String.join(", ", identities);
    }

    private void ask() {
        play.say("  agent Max answers with two buttons: " + QUESTION);
        ArrayNode parts = Json.mapper().createArrayNode();
        ObjectNode choices = parts.addObject().put("type", "choices").put("text", QUESTION);
        ArrayNode list = choices.putArray("choices");
        list.addObject().put("id", "money").put("title", "Money");
        list.addObject().put("id", "voucher").put("title", "Voucher");
        play.stage.desk.agentReplies(play.callback("helpdesk"), play.desk.conversation(REQUEST), "Max", parts);
        play.expect(
                "Ana's phone shows Max's question with its buttons",
                QUESTION + " [Money] [Voucher]",
                () -> String.join(" | ", DemoScript.phone(whatsapp, ANA)));
        play.say("  Ana's phone shows: " + String.join(" | ", DemoScript.phone(whatsapp, ANA)));
        play.expect(
                "the desk learns that Ana has read it",
                "read",
                () -> play.desk.delivery(play.desk.conversation(REQUEST), "read", "status"));
    }

    private void pick() {
        play.say("  Ana taps on Money");
        whatsapp.customerTaps(
                play.callback(DemoEnvironment.WHATSAPP), ANA, "money", "Money", DemoScript.lastId(whatsapp, ANA));
        play.expect(
                "the desk has Ana's choice in the same conversation",
                List.of(REQUEST, "[Money]"),
                () -> play.desk.conversationTexts(play.desk.conversation(REQUEST)));
    }
}
