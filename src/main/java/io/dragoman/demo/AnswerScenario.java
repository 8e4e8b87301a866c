// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.messenger.MessengerSimulator;
import java.util.List;
import java.util.stream.StreamSupport;

/** Tamar asks what many ask, is answered from the FAQ, and then wants a person. */
final class AnswerScenario {
    static final String TAMAR = "tamar-2210";
    private static final String QUESTION = "გამარჯობა, როდის მოვა ჩემი შეკვეთა?";
    private static final String ANSWER =
            "შეკვეთა სამ სამუშაო დღეში მოვა.\nhttps://shop.example/ka/delivery\n\n" + "დაგეხმარათ ეს? [დიახ] [არა]";
    static final String WISH = "ოპერატორთან დამაკავშირეთ";
    private static final String TOLD = "აქ გიპასუხებთ ჩვენი თანამშრომელი.";

    private final DemoScript script;
    private final MessengerSimulator messenger;

    AnswerScenario(DemoScript script) {
        this.script = script;
        this.messenger = script.environment.messenger;
    }

    void run() {
        script.print("Messenger. Tamar asks in Georgian what many ask: " + QUESTION);
        messenger.customerWrites(script.callback(DemoEnvironment.MESSENGER), TAMAR, QUESTION);
        script.expectAtDesk("Tamar", QUESTION);
        script.expect(
                "Tamar gets the answer of the FAQ in Georgian, with its source",
                List.of(ANSWER),
                () -> DemoScript.received(messenger, TAMAR));
        script.print("  Tamar's phone shows: " + String.join(" | ", DemoScript.received(messenger, TAMAR)));
        script.print("  Tamar asks for a person: " + WISH);
        messenger.customerWrites(script.callback(DemoEnvironment.MESSENGER), TAMAR, WISH);
        script.expectAtDesk("Tamar", WISH);
        script.expect(
                "the desk has the reason why people go on",
                List.of("The answers handed the conversation over: the customer asked for a person ('ოპერატორთან')."),
                () -> notes(WISH));
        script.expect(
                "Tamar is told that somebody will answer",
                List.of(ANSWER, TOLD),
                () -> DemoScript.received(messenger, TAMAR));
    }

    private List<String> notes(String text) {
        return script.desk
                .message(text)
                .map(note -> StreamSupport.stream(note.json().at("/data/notes").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList())
                .orElse(List.of());
    }
}
