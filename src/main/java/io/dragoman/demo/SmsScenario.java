// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.twilio.TwilioSimulator;
import java.util.List;

/** Merdan asks by SMS, gets his answer, and then wants no more messages. */
final class SmsScenario {
    private static final String MERDAN = "+99365123456";
    private static final String QUESTION = "Salam! Sargydym haçan geler? Ýagyş ýagýar ☔";
    private static final String ANSWER = "Salam Merdan! Ertir, öýläň.";

    private final DemoScript play;
    private final TwilioSimulator twilio;

    SmsScenario(DemoScript play) {
        this.play = play;
        this.twilio = play.stage.twilio;
    }

    void play() {
        play.say("SMS. Merdan writes in Turkmen: " + QUESTION);
        twilio.customerWrites(play.callback(DemoEnvironment.SMS), MERDAN, QUESTION);
        play.arrives("Merdan", QUESTION);
        play.answer("Max", QUESTION, ANSWER);
        play.expect("Merdan's phone shows the answer", List.of(ANSWER), () -> DemoScript.phone(twilio, MERDAN));
        play.say("  Merdan's phone shows: " + String.join(" | ", DemoScript.phone(twilio, MERDAN)));
        play.expect(
                "the desk learns that it was delivered",
                "delivered",
                () -> play.desk.delivery(play.desk.conversation(QUESTION), "delivered", "status"));
        stop();
    }

    private void stop() {
        play.say("  Merdan writes: STOP");
        twilio.customerWrites(play.callback(DemoEnvironment.SMS), MERDAN, "STOP");
        play.arrives("Merdan", "STOP");
        play.answer("Max", QUESTION, "Just one more question…");
        play.expect(
                "the desk learns that this answer may not be sent, and why",
                "recipient-opted-out",
                () -> play.desk.delivery(play.desk.conversation(QUESTION), "failed", "reason"));
        play.say("  it is refused, and the desk is told why: "
                + play.desk.delivery(play.desk.conversation(QUESTION), "failed", "reason"));
        play.expect("Merdan's phone stays silent after STOP", List.of(ANSWER), () -> DemoScript.phone(twilio, MERDAN));
    }
}
