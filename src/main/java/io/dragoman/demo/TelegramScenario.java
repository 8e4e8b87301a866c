// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.telegram.TelegramSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Noor and Somchai write while the office is closed; one of them with a photo. */
final class TelegramScenario {
    private static final String NOOR = "Noor";
    private static final String GREETING = "مرحبا، هل المتجر مفتوح اليوم؟";
    private static final String CLOSED_ARABIC = "شكرا لرسالتك يا Noor. سنعود إليك قريبا.";
    private static final String ANSWER_ARABIC = "أهلا Noor، نعم، حتى الساعة الخامسة.";
    private static final String SOMCHAI = "สมชาย";
    private static final String CAPTION = "นี่คือใบเสร็จ 👨‍👩‍👧‍👦";
    private static final String CLOSED_THAI = "ขอบคุณที่ติดต่อเรา คุณ สมชาย เราจะตอบกลับเร็ว ๆ นี้";
    private static final byte[] PHOTO = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private final DemoScript script;
    private final TelegramSimulator telegram;

    TelegramScenario(DemoScript script) {
        this.script = script;
        this.telegram = script.environment.telegram;
    }

    void run() {
        telegram.speaks(NOOR, "ar");
        telegram.speaks(SOMCHAI, "th");
        script.print("Telegram, out of hours. Noor writes in Arabic: " + GREETING);
        telegram.customerWrites(script.callback(DemoEnvironment.TELEGRAM), NOOR, GREETING);
        script.expectAtDesk("Noor", GREETING);
        script.expect(
                "Noor gets the reply in Arabic that nobody is in",
                List.of(CLOSED_ARABIC),
                () -> DemoScript.received(telegram, NOOR));
        script.print("  Noor's phone shows: " + String.join(" | ", DemoScript.received(telegram, NOOR)));
        script.agentAnswers("Mara", GREETING, ANSWER_ARABIC);
        script.expect(
                "Noor's phone shows Mara's answer, too",
                List.of(CLOSED_ARABIC, ANSWER_ARABIC),
                () -> DemoScript.received(telegram, NOOR));
        photo();
    }

    private void photo() {
        script.print("Telegram. Somchai sends a photo, and writes in Thai: " + CAPTION);
        telegram.customerSendsPhoto(script.callback(DemoEnvironment.TELEGRAM), SOMCHAI, PHOTO, CAPTION);
        script.expectAtDesk("Somchai", CAPTION);
        script.expect(
                "Somchai gets the reply in Thai that nobody is in",
                List.of(CLOSED_THAI),
                () -> DemoScript.received(telegram, SOMCHAI));
        String link = script.desk
                .part(script.desk.conversation(CAPTION), "media")
                .path("url")
                .asText();
        script.expect(
                "the photo's link at the desk opens and gives the same bytes",
                "200, the same bytes",
                () -> fetched(link));
        script.print("  the desk has a link to the photo: " + link.replaceFirst("\\?.*", "?…"));
    }

    private static String fetched(String link) {
        if (!link.startsWith("http")) {
            return "no link";
        }
        try {
            HttpResponse<byte[]> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode()
                    + (Arrays.equals(response.body(), PHOTO) ? ", the same bytes" : ", other bytes");
        } catch (IOException e) {
            return "nobody answers";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
