// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Looks for new inputs, guided by coverage, one target at a time; docs/reliability.md says how. Not run by itself:
 * {@link CorpusTest} replays what was found.
 */
final class Fuzzing {
    @FuzzTest(maxDuration = "10m")
    void json(byte[] input) throws Exception {
        Targets.ALL.get("json").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void whatsapp(byte[] input) throws Exception {
        Targets.ALL.get("whatsapp").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void telegram(byte[] input) throws Exception {
        Targets.ALL.get("telegram").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void webhook(byte[] input) throws Exception {
        Targets.ALL.get("webhook").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void twilio(byte[] input) throws Exception {
        Targets.ALL.get("twilio").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void whatsappProof(byte[] input) throws Exception {
        Targets.ALL.get("whatsapp-proof").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void telegramProof(byte[] input) throws Exception {
        Targets.ALL.get("telegram-proof").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void webhookProof(byte[] input) throws Exception {
        Targets.ALL.get("webhook-proof").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void twilioProof(byte[] input) throws Exception {
        Targets.ALL.get("twilio-proof").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void route(byte[] input) throws Exception {
        Targets.ALL.get("route").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void mail(byte[] input) throws Exception {
        Targets.ALL.get("mail").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void mailHtml(byte[] input) throws Exception {
        Targets.ALL.get("mail-html").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void mailQuoted(byte[] input) throws Exception {
        Targets.ALL.get("mail-quoted").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void mailReport(byte[] input) throws Exception {
        Targets.ALL.get("mail-report").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void adminBody(byte[] input) throws Exception {
        Targets.ALL.get("admin-body").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void adminQuery(byte[] input) throws Exception {
        Targets.ALL.get("admin-query").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void mediaLink(byte[] input) throws Exception {
        Targets.ALL.get("media-link").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void whatsappAnswer(byte[] input) throws Exception {
        Targets.ALL.get("whatsapp-answer").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void telegramAnswer(byte[] input) throws Exception {
        Targets.ALL.get("telegram-answer").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void twilioAnswer(byte[] input) throws Exception {
        Targets.ALL.get("twilio-answer").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void webhookAnswer(byte[] input) throws Exception {
        Targets.ALL.get("webhook-answer").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void yaml(byte[] input) throws Exception {
        Targets.ALL.get("yaml").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void config(byte[] input) throws Exception {
        Targets.ALL.get("config").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void rules(byte[] input) throws Exception {
        Targets.ALL.get("rules").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void hours(byte[] input) throws Exception {
        Targets.ALL.get("hours").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void cel(byte[] input) throws Exception {
        Targets.ALL.get("cel").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void regex(byte[] input) throws Exception {
        Targets.ALL.get("regex").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void words(byte[] input) throws Exception {
        Targets.ALL.get("words").run(input);
    }

    @FuzzTest(maxDuration = "10m")
    void liquid(byte[] input) throws Exception {
        Targets.ALL.get("liquid").run(input);
    }
}
