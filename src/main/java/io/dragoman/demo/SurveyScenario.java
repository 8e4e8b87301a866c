// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.messenger.MessengerSimulator;
import java.util.List;
import java.util.Optional;

/** Tamar, whom a person has answered by then, is asked how it was, answers with a face, and is escalated. */
final class SurveyScenario {
    private static final String ANSWER = "შეკვეთა ხვალ მოვა, ბოდიში დაგვიანებისთვის.";
    /** In the language of what Tamar asked: Messenger does not tell which one she reads. */
    private static final String QUESTION = "კმაყოფილი ხართ ჩვენი პასუხით? [😡] [🙁] [😐] [🙂] [😍]";

    private static final String SCORE = "😡";
    private static final String COMMENT = "რა უნდა გავაუმჯობესოთ?";

    private final DemoScript script;
    private final MessengerSimulator messenger;

    SurveyScenario(DemoScript script) {
        this.script = script;
        this.messenger = script.environment.messenger;
    }

    void run() {
        script.agentAnswers("Mara", AnswerScenario.WISH, ANSWER);
        script.expect("Tamar gets Mara's answer", ANSWER, this::last);
        String conversation = script.desk.conversation(AnswerScenario.WISH);
        int closed = script.environment.desk.agentCloses(script.callback("helpdesk"), conversation);
        script.expect("the gateway takes that Mara closes the conversation", 200, () -> closed);
        script.expect("Tamar is asked how it was, with five faces", QUESTION, this::last);
        script.print("  Tamar is asked how it was, and answers: " + SCORE);
        messenger.customerWrites(script.callback(DemoEnvironment.MESSENGER), AnswerScenario.TAMAR, SCORE);
        script.expect("Tamar is asked what could be better", COMMENT, this::last);
        script.expect(
                "the desk is told of the score",
                "The customer answered the survey csat with 1 of 1-5.",
                () -> told(conversation).orElse("nothing"));
        script.expect(
                "the low score is escalated at the desk", "team care, priority urgent", () -> escalated(conversation));
        script.print("  rule 'Unhappy' → " + escalated(conversation));
    }

    private String last() {
        List<String> all = DemoScript.received(messenger, AnswerScenario.TAMAR);
        return all.isEmpty() ? "nothing" : all.get(all.size() - 1);
    }

    private Optional<String> told(String conversation) {
        return updates(conversation).stream()
                .map(note -> note.json().at("/data/detail").asText())
                .filter(detail -> detail.contains("survey"))
                .findFirst();
    }

    private String escalated(String conversation) {
        return updates(conversation).stream()
                .map(note -> note.json().at("/data/conversation"))
                .filter(one -> one.path("team").isTextual())
                .map(SurveyScenario::place)
                .reduce((first, second) -> second)
                .orElse("nothing");
    }

    private static String place(JsonNode conversation) {
        return "team " + conversation.path("team").asText() + ", priority "
                + conversation.path("priority").asText();
    }

    private List<Note> updates(String conversation) {
        return script.environment.desk.notes().stream()
                .filter(note -> note.type().equals("conversation.updated")
                        && note.conversation().equals(conversation))
                .toList();
    }
}
