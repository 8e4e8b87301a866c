// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.webchat.WebChatSimulator;
import java.util.List;

/** Davit opens the chat of the shop's website, asks, and reads the answer while he waits. */
final class ChatScenario {
    private static final String DAVIT = "Davit";
    private static final String QUESTION = "Ողջույն, այս վերարկուն կա՞ 48 չափսի 🧥";
    private static final String ANSWER = "Այո, երկու հատ ունենք։";
    private static final String MORE = "Հիանալի, վերցնում եմ։";

    private final DemoScript script;
    private final WebChatSimulator chat;

    ChatScenario(DemoScript script) {
        this.script = script;
        this.chat = script.environment.chat;
    }

    void run() {
        script.print("Web chat. Davit opens the shop's website, and writes in Armenian: " + QUESTION);
        script.expect(
                "the website gets the chat's script, its frame and all that it loads",
                "200",
                () -> chat.opens(script.callback(DemoEnvironment.CHAT)));
        chat.customerWrites(script.callback(DemoEnvironment.CHAT), DAVIT, QUESTION);
        script.expectAtDesk("Davit", QUESTION);
        script.agentAnswers("Mara", QUESTION, ANSWER);
        script.expect("Davit's chat shows the answer", List.of(ANSWER), () -> DemoScript.received(chat, DAVIT));
        script.print("  Davit's chat shows: " + String.join(" | ", DemoScript.received(chat, DAVIT)));
        script.expect(
                "the desk learns that Davit has read it",
                "read",
                () -> script.desk.delivery(script.desk.conversation(QUESTION), "read", "status"));
        script.print("  Davit writes: " + MORE);
        chat.customerWrites(script.callback(DemoEnvironment.CHAT), DAVIT, MORE);
        script.expect(
                "the desk has it in the same conversation",
                List.of(QUESTION, MORE),
                () -> script.desk.conversationTexts(script.desk.conversation(QUESTION)));
    }
}
