// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.twilio.account.WebhookForm;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FormTest {
    private static final Account OPEN = TwilioAccounts.account("https://a.example", TwilioAccounts.SMS, true);

    @Test
    void strayPerCentSignsStandForThemselves() {
        ReceivedForm form = ReceivedForm.parse("a=100%&b=%zz&c=%4&d=%41%&e=%%41");
        assertThat(List.of(form.text("a"), form.text("b"), form.text("c"), form.text("d"), form.text("e")))
                .containsExactly("100%", "%zz", "%4", "A%", "%A");
    }

    @Test
    void bytesThatAreNoUtf8AreShownAsSuch() {
        assertThat(ReceivedForm.parse("a=%ff%fe&b=%C3%A9&c=%C3").text("a")).isEqualTo("\uFFFD\uFFFD");
        assertThat(ReceivedForm.parse("a=%ff%fe&b=%C3%A9&c=%C3").text("b")).isEqualTo("é");
        assertThat(ReceivedForm.parse("a=%ff").sorted()).containsExactly('a', 0xff);
    }

    @Test
    void emptyPiecesAndMissingSignsAreTaken() {
        ReceivedForm form = ReceivedForm.parse("&&a&=b&c=&d=x=y&");
        assertThat(form.text("a")).isEmpty();
        assertThat(form.text("")).isEqualTo("b");
        assertThat(form.text("d")).isEqualTo("x=y");
        assertThat(new String(form.sorted(), StandardCharsets.UTF_8)).isEqualTo("bacdx=y");
    }

    @Test
    void firstOfARepeatedNameIsRead() {
        assertThat(ReceivedForm.parse("a=1&a=2").text("a")).isEqualTo("1");
        assertThat(ReceivedForm.parse("a=%20&b=2").find("a", "b")).contains("2");
        assertThat(ReceivedForm.parse("n=12&m=x&l=99999999999").number("n")).isEqualTo(12);
        assertThat(ReceivedForm.parse("n=12&m=x&l=99999999999").number("m")).isZero();
        assertThat(ReceivedForm.parse("n=12&m=x&l=99999999999").number("l")).isZero();
    }

    @Test
    void jsonIsReadOnlyWithTheHashThatSignsIt() throws Exception {
        byte[] body = "{\"MessageSid\":\"SM1\",\"NumMedia\":0,\"Body\":\"\\ud83d\",\"x\":null,\"y\":{\"z\":1}}"
                .getBytes(StandardCharsets.UTF_8);
        Map<String, String> type = Map.of("content-type", "application/json; charset=utf-8");
        ReceivedForm form = WebhookForm.of(TwilioAccounts.post("bodySHA256=00", body, type));
        assertThat(List.of(form.text("MessageSid"), form.text("Body"), form.text("x"), form.text("y")))
                .containsExactly("SM1", "?", "", "{\"z\":1}");
        assertThat(WebhookForm.of(TwilioAccounts.post("", body, type)).find("MessageSid"))
                .isEmpty();
    }

    @Test
    void randomBytesNeverEndInAnythingButARefusal() {
        Random random = new Random(42);
        String[] seeds = {
            "MessageSid=SM1&From=%2B4917000&Body=",
            "MessageSid=SM1&From=whatsapp%3A%2B4917000&Latitude=1&Longitude=",
            "MessageSid=SM1&MessageStatus=failed&To=%2B4917000&ErrorCode=",
            "MessageSid=SM1&From=%2B4917000&NumMedia=2&MediaUrl0=",
            ""
        };
        for (int i = 0; i < 1_500; i++) {
            byte[] seed = seeds[random.nextInt(seeds.length)].getBytes(StandardCharsets.UTF_8);
            byte[] body = new byte[seed.length + random.nextInt(40)];
            random.nextBytes(body);
            System.arraycopy(seed, 0, body, 0, seed.length);
            if (random.nextInt(3) == 0 && body.length > 0) {
                body[random.nextInt(body.length)] = (byte) "%&=+:\u0000".charAt(random.nextInt(6));
            }
            String query = random.nextInt(5) == 0 ? "bodySHA256=x" : "";
            readsOrRefuses(TwilioAccounts.post(query, body, Map.of()));
            readsOrRefuses(TwilioAccounts.post(query, body, Map.of("x-twilio-signature", "x")));
            readsOrRefuses(TwilioAccounts.get(new String(body, StandardCharsets.ISO_8859_1), "x"));
        }
    }

    private static void readsOrRefuses(Request request) {
        try {
            for (Event event : new Twilio().read(OPEN, new Twilio().verify(OPEN, request))) {
                assertThat(Json.read(Json.write(event), Event.class)).isEqualTo(event);
            }
        } catch (AuthenticationFailed | MalformedPayload expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }
}
