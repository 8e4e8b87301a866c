// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.smsgate.SmsGateSimulator;
import java.net.URI;
import java.util.List;

/** Aylar writes to a phone that is a gateway for SMS, which the product knows by a YAML profile alone. */
final class PhoneScenario {
    private static final String AYLAR = "+99362345678";
    private static final String QUESTION = "Salam, dükan ertir açykmy?";
    private static final String ANSWER = "Hawa, sagat 9-dan.";

    private final DemoScript script;
    private final SmsGateSimulator phone;

    PhoneScenario(DemoScript script) {
        this.script = script;
        this.phone = script.environment.phone;
    }

    void run() {
        URI callback = script.callback(DemoEnvironment.PHONE);
        phone.reportTo(callback);
        script.print("A provider that is one YAML file (profiles/smsgate.yaml: an Android phone). Aylar writes: "
                + QUESTION);
        phone.customerWrites(callback, AYLAR, QUESTION);
        script.expectAtDesk("Aylar", QUESTION);
        script.agentAnswers("Mara", QUESTION, ANSWER);
        script.expect("Aylar's phone shows the answer", List.of(ANSWER), () -> DemoScript.received(phone, AYLAR));
        script.print("  Aylar's phone shows: " + String.join(" | ", DemoScript.received(phone, AYLAR)));
        script.expect(
                "the desk learns that it was delivered",
                "delivered",
                () -> script.desk.delivery(script.desk.conversation(QUESTION), "delivered", "status"));
        script.print("  somebody else posts a webhook, signed with another key");
        int forged = phone.forges(callback, AYLAR);
        script.expect("it is refused by what the profile says of signatures", 401, () -> forged);
    }
}
