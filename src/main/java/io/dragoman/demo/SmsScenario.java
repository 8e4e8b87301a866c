// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.twilio.TwilioSimulator;
import java.util.List;

/** Merdan asks by SMS, gets his answer, and then opts out. */
final class SmsScenario {
    private static final String MERDAN = "+99365123456";
    private static final String QUESTION = "Salam! Sargydym haçan geler? Ýagyş ýagýar ☔";
    private static final String ANSWER = "Salam Merdan! Ertir, öýläň.";

    private final DemoScript script;
    private final TwilioSimulator twilio;

    SmsScenario(DemoScript script) {
        this.script = script;
        this.twilio = script.environment.twilio;
    }

    void run() {
        script.print("SMS. Merdan writes in Turkmen: " + QUESTION);
        twilio.customerWrites(script.callback(DemoEnvironment.SMS), MERDAN, QUESTION);
        script.expectAtDesk("Merdan", QUESTION);
        script.agentAnswers("Max", QUESTION, ANSWER);
        script.expect("Merdan's phone shows the answer", List.of(ANSWER), () -> DemoScript.received(twilio, MERDAN));
        script.print("  Merdan's phone shows: " + String.join(" | ", DemoScript.received(twilio, MERDAN)));
        script.expect(
                "the desk learns that it was delivered",
                "delivered",
                () -> script.desk.delivery(script.desk.conversation(QUESTION), "delivered", "status"));
        stop();
    }

    private void stop() {
        script.print("  Merdan writes: STOP");
        twilio.customerWrites(script.callback(DemoEnvironment.SMS), MERDAN, "STOP");
        script.expectAtDesk("Merdan", "STOP");
        script.agentAnswers("Max", QUESTION, "Just one more question…");
        script.expect(
                "the desk learns that this answer may not be sent, and why",
                "recipient-opted-out",
                () -> script.desk.delivery(script.desk.conversation(QUESTION), "failed", "reason"));
        script.print("  it is refused, and the desk gets the reason: "
                + script.desk.delivery(script.desk.conversation(QUESTION), "failed", "reason"));
        script.expect(
                "Merdan's phone stays silent after STOP", List.of(ANSWER), () -> DemoScript.received(twilio, MERDAN));
    }
}
