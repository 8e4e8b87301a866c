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

    private final DemoScript play;
    private final MailSimulator mail;

    MailScenario(DemoScript play) {
        this.play = play;
        this.mail = play.stage.mail;
    }

    void play() {
        play.say("E-mail, out of hours. Anahit writes in Armenian, and wants a refund: " + REQUEST);
        String first = mail.writes(ANAHIT, MailSimulator.ADDRESS, SUBJECT, REQUEST, Map.of());
        play.arrives("Anahit", REQUEST);
        play.expect("Anahit's mailbox has the reply that nobody is in", List.of(CLOSED), this::texts);
        play.say("  Anahit's mailbox shows: " + String.join(" | ", texts()));
        play.expect("that reply says that a machine wrote it", "auto-replied", () -> last("Auto-Submitted"));
        play.answer("Mara", REQUEST, ANSWER);
        play.expect("Anahit's mailbox has Mara's answer, too", List.of(CLOSED, ANSWER), this::texts);
        play.expect("the answer has the subject of the thread", "Re: " + SUBJECT, () -> mail.mailbox(ANAHIT).stream()
                .reduce((a, b) -> b)
                .map(Mail::subject)
                .orElse(""));
        play.expect(
                "the answer belongs to the thread of Anahit's mail",
                true,
                () -> last("References").contains(first) && !last("In-Reply-To").isEmpty());
        play.say("  Anahit's mailbox shows it in the thread '" + SUBJECT + "'");
        thanks();
    }

    private void thanks() {
        play.say("  Anahit replies: " + THANKS);
        mail.writes(
                ANAHIT,
                last("Reply-To").isEmpty() ? MailSimulator.ADDRESS : last("Reply-To"),
                "Re: " + SUBJECT,
                THANKS,
                Map.of("In-Reply-To", last("Message-ID"), "References", last("Message-ID")));
        play.expect(
                "Anahit's reply is in the same conversation",
                List.of(REQUEST, THANKS),
                () -> play.desk.conversationTexts(play.desk.conversation(REQUEST)));
    }

    /** Plays before the others, so that there is time for an answer that must not come. */
    void robot() {
        play.say("E-mail. A machine sends an out-of-office mail: " + VACATION);
        mail.writes(ROBOT, MailSimulator.ADDRESS, "Out of office", VACATION, Map.of("Auto-Submitted", "auto-replied"));
        play.arrives("the machine", VACATION);
    }

    /** At the end of the story. */
    void robotGotNothing() {
        play.expect("nothing answered the machine's mail", List.of(), () -> mail.mailbox(ROBOT));
    }

    private List<String> texts() {
        return mail.mailbox(ANAHIT).stream().map(Mail::text).toList();
    }

    private String last(String header) {
        List<Mail> all = mail.mailbox(ANAHIT);
        return all.isEmpty() ? "" : all.get(all.size() - 1).header(header);
    }
}
