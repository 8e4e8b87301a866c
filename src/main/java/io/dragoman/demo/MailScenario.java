// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import java.util.List;
import java.util.Map;

/** Anahit writes a mail and goes on with the thread; a robot writes one that nothing may answer. */
final class MailScenario {
    private static final String ANAHIT = "anahit@customers.example";
    private static final String ROBOT = "robot@customers.example";
    private static final String SUBJECT = "Պատվերի մասին";
    private static final String REQUEST = "Բարև ձեզ, ես ուզում եմ իմ refund-ը։ Շնորհակալություն";
    private static final String CLOSED = "Thank you for writing to Example Shop. We are back at 09:00.";
    private static final String ANSWER = "Բարև Անահիտ, գումարը ճանապարհին է։ ✅";
    private static final String THANKS = "Շատ շնորհակալ եմ!";
    private static final String VACATION = "I am on vacation until Monday.";

    private final DemoScript script;
    private final MailSimulator mail;

    MailScenario(DemoScript script) {
        this.script = script;
        this.mail = script.environment.mail;
    }

    void run() {
        script.print("E-mail, out of hours. Anahit writes in Armenian, and asks for a refund: " + REQUEST);
        String first = mail.writes(ANAHIT, MailSimulator.ADDRESS, SUBJECT, REQUEST, Map.of());
        script.expectAtDesk("Anahit", REQUEST);
        script.expect("Anahit's mailbox has the reply that nobody is in", List.of(CLOSED), this::texts);
        script.print("  Anahit's mailbox shows: " + String.join(" | ", texts()));
        script.expect("that reply says that a machine wrote it", "auto-replied", () -> last("Auto-Submitted"));
        script.agentAnswers("Mara", REQUEST, ANSWER);
        script.expect("Anahit's mailbox has Mara's answer, too", List.of(CLOSED, ANSWER), this::texts);
        script.expect("the answer has the subject of the thread", "Re: " + SUBJECT, () -> mail.mailbox(ANAHIT).stream()
                .reduce((a, b) -> b)
                .map(Mail::subject)
                .orElse(""));
        script.expect(
                "the answer belongs to the thread of Anahit's mail",
                true,
                () -> last("References").contains(first) && !last("In-Reply-To").isEmpty());
        script.print("  Anahit's mailbox shows it in the thread '" + SUBJECT + "'");
        thanks();
    }

    private void thanks() {
        script.print("  Anahit replies: " + THANKS);
        mail.writes(
                ANAHIT,
                last("Reply-To").isEmpty() ? MailSimulator.ADDRESS : last("Reply-To"),
                "Re: " + SUBJECT,
                THANKS,
                Map.of("In-Reply-To", last("Message-ID"), "References", last("Message-ID")));
        script.expect(
                "Anahit's reply is in the same conversation",
                List.of(REQUEST, THANKS),
                () -> script.desk.conversationTexts(script.desk.conversation(REQUEST)));
    }

    /** Runs before the others, so that there is time for an answer that must not come. */
    void robot() {
        script.print("E-mail. A machine sends an out-of-office mail: " + VACATION);
        mail.writes(ROBOT, MailSimulator.ADDRESS, "Out of office", VACATION, Map.of("Auto-Submitted", "auto-replied"));
        script.expectAtDesk("the machine", VACATION);
    }

    /** After all other scenarios. */
    void robotGotNothing() {
        script.expect("nothing answered the machine's mail", List.of(), () -> mail.mailbox(ROBOT));
    }

    private List<String> texts() {
        return mail.mailbox(ANAHIT).stream().map(Mail::text).toList();
    }

    private String last(String header) {
        List<Mail> all = mail.mailbox(ANAHIT);
        return all.isEmpty() ? "" : all.get(all.size() - 1).header(header);
    }
}
