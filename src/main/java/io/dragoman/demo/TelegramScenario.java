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

    private final DemoScript play;
    private final TelegramSimulator telegram;

    TelegramScenario(DemoScript play) {
        this.play = play;
        this.telegram = play.stage.telegram;
    }

    void play() {
        telegram.speaks(NOOR, "ar");
        telegram.speaks(SOMCHAI, "th");
        play.say("Telegram, out of hours. Noor writes in Arabic: " + GREETING);
        telegram.customerWrites(play.callback(DemoEnvironment.TELEGRAM), NOOR, GREETING);
        play.arrives("Noor", GREETING);
        play.expect(
                "Noor is told in Arabic that nobody is in",
                List.of(CLOSED_ARABIC),
                () -> DemoScript.phone(telegram, NOOR));
        play.say("  Noor's phone shows: " + String.join(" | ", DemoScript.phone(telegram, NOOR)));
        play.answer("Mara", GREETING, ANSWER_ARABIC);
        play.expect(
                "Noor's phone shows Mara's answer, too",
                List.of(CLOSED_ARABIC, ANSWER_ARABIC),
                () -> DemoScript.phone(telegram, NOOR));
        photo();
    }

    private void photo() {
        play.say("Telegram. Somchai sends a photo, and writes in Thai: " + CAPTION);
        telegram.customerSendsPhoto(play.callback(DemoEnvironment.TELEGRAM), SOMCHAI, PHOTO, CAPTION);
        play.arrives("Somchai", CAPTION);
        play.expect(
                "Somchai is told in Thai that nobody is in",
                List.of(CLOSED_THAI),
                () -> DemoScript.phone(telegram, SOMCHAI));
        String link = play.desk
                .part(play.desk.conversation(CAPTION), "media")
                .path("url")
                .asText();
        play.expect(
                "the photo's link at the desk opens and gives the same bytes",
                "200, the same bytes",
                () -> fetched(link));
        play.say("  the desk has a link to the photo: " + link.replaceFirst("\\?.*", "?…"));
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
