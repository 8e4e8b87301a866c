// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out, to a Cloud API that checks it as Meta does. */
final class WhatsAppSendTest {
    private final WhatsAppSimulator meta = new WhatsAppSimulator(0);
    private final WhatsApp whatsApp = new WhatsApp();
    private final Account account = Accounts.of(meta.settings(), false);
    private final PlainTransport transport = new PlainTransport();

    @AfterEach
    void close() {
        meta.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "გამარჯობა",
                "Բարեւ",
                "مرحبا",
                "สวัสดี",
                "👨‍👩‍👧‍👦 🇬🇪",
                "line\nline\t\"quoted\" \\ \u0001",
                "Ýagşymy"
            })
    void textShouldArriveUnchanged(String text) {
        Outcome outcome = send(new Text(text));
        Delivered delivered = meta.delivered().get(0);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Sent.class, sent -> assertThat(sent.externalId())
                .isEqualTo(delivered.id()));
        assertThat(delivered.customer()).isEqualTo("+4917000");
        assertThat(delivered.content()).isEqualTo(text);
    }

    @Test
    void textShouldBeSaidAsTheDocumentationHasIt() throws Exception {
        Outbound.ToCustomer message = new Outbound.ToCustomer(
                "delivery-1", "m", "c", "+4917000", List.of(new Text("hi")), "wamid.PREV", null, List.of(), null, true);
        assertThat(sent(message)).isEqualTo(Json.tree("""
                        {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+4917000",
                         "context": {"message_id": "wamid.PREV"}, "biz_opaque_callback_data": "delivery-1",
                         "type": "text", "text": {"body": "hi", "preview_url": false}}""".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void userWithoutPhoneShouldBeNamedAsRecipient() throws Exception {
        JsonNode body = sent(to("DE.88123", new Text("hi")));
        assertThat(body.path("recipient").asText()).isEqualTo("DE.88123");
        assertThat(body.has("to")).isFalse();
        assertThat(whatsApp.send(account, to("DE.88123", new Text("hi")), transport))
                .isInstanceOf(Outcome.Sent.class);
        assertThat(meta.delivered().get(0).customer()).isEqualTo("DE.88123");
    }

    @Test
    void groupShouldBeNamedAsGroup() throws Exception {
        JsonNode body = sent(to("group:Y2FwaV9ncm91cDox", new Text("hi")));
        assertThat(body.path("recipient_type").asText()).isEqualTo("group");
        assertThat(body.path("to").asText()).isEqualTo("Y2FwaV9ncm91cDox");
    }

    @Test
    void buttonsAndListShouldBeShown() {
        List<Choice> three = choices(3);
        assertThat(send(new Part.Choices("Which?", three, null))).isInstanceOf(Outcome.Sent.class);
        assertThat(send(new Part.Choices("Which?", choices(10), "Choose"))).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.delivered())
                .extracting(Delivered::content)
                .first()
                .isEqualTo("Which? [Title 1] [Title 2] [Title 3]");
        assertThat(meta.delivered())
                .extracting(Delivered::content)
                .last()
                .asString()
                .contains("[Title 10]");
    }

    @Test
    void whatRenderingPlansShouldBeTaken() {
        List<Part> parts = List.of(
                new Text("word ".repeat(2000)),
                new Part.Choices("q ".repeat(900), choices(3), null),
                new Part.Choices("Which?", choices(4), null),
                new Part.Choices("Which?", choices(11), null),
                new Part.Choices("Which?", List.of(new Choice("a", "A", "d".repeat(100))), null),
                new Part.Location(41.7, 44.8, "Bridge", null),
                new Part.ContactCard("Levan K", List.of("+9955551"), List.of("l@example.com"), null),
                new Part.Template("welcome", "en_US", List.of("Ana")),
                new Media(MediaKind.IMAGE, "image/tiff", "a.tiff", 10L, null, null, "https://example.com/a.tiff"),
                new Text("its caption"),
                new Media(MediaKind.VIDEO, "video/mp4", "a.mp4", 1L << 40, null, null, "https://example.com/a.mp4"));
        Rendering.Plan plan = Rendering.plan(whatsApp.limits(account), parts);
        for (List<Part> step : plan.steps()) {
            assertThat(whatsApp.send(account, to("+4917000", step.toArray(Part[]::new)), transport))
                    .as(step.toString())
                    .isInstanceOf(Outcome.Sent.class);
        }
        assertThat(meta.delivered()).hasSize(plan.steps().size());
        assertThat(meta.delivered()).extracting(Delivered::content).contains("[document] its caption");
    }

    @Test
    void templateShouldCarryItsParameters() throws Exception {
        JsonNode body = sent(to("+4917000", new Part.Template("welcome", "de", List.of("Ana", "7"))));
        assertThat(body.path("template").path("language").path("code").asText()).isEqualTo("de");
        assertThat(body.path("template")
                        .path("components")
                        .path(0)
                        .path("parameters")
                        .findValuesAsText("text"))
                .containsExactly("Ana", "7");
        assertThat(sent(to("+4917000", new Part.Template("plain", "de", List.of())))
                        .path("template")
                        .has("components"))
                .isFalse();
    }

    @Test
    void contactCardsShouldGoTogether() {
        Part card = new Part.ContactCard("Levan K", List.of("+9955551"), List.of(), null);
        assertThat(whatsApp.send(account, to("+4917000", card, card), transport))
                .isInstanceOf(Outcome.Sent.class);
        assertThat(meta.delivered().get(0).content()).isEqualTo("[contacts] [Levan K] [Levan K]");
    }

    @Test
    void storedMediaShouldBeUploadedFirst() {
        byte[] bytes = {(byte) 0xff, (byte) 0xd8, 13, 10, 45, 45, 0, 13, 10};
        transport.put("media-1", bytes);
        Media image = new Media(MediaKind.IMAGE, "image/jpeg", "a.jpg", 3L, null, "media-1", "https://unused.example");
        Outcome outcome = whatsApp.send(account, to("+4917000", image, new Text("look")), transport);
        assertThat(outcome).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.delivered().get(0).content()).isEqualTo("[image] look");
        String id = meta.mediaIds().iterator().next();
        Outcome fetched = whatsApp.fetch(
                account, Media.incoming(MediaKind.IMAGE, null, null, null, id), Accounts.get(""), transport);
        assertThat(transport.kept(((Outcome.Fetched) fetched).blob().sha256())).isEqualTo(bytes);
        assertThat(((Outcome.Fetched) fetched).blob().mimeType()).isEqualTo("image/jpeg");
    }

    @Test
    void linkedMediaShouldGoAsALink() throws Exception {
        Media file =
                new Media(MediaKind.FILE, "application/pdf", "a.pdf", null, null, null, "https://example.com/a.pdf");
        JsonNode body = sent(to("+4917000", file));
        assertThat(body.path("document").toString())
                .isEqualTo("{\"filename\":\"a.pdf\",\"link\":\"https://example.com/a.pdf\"}");
    }

    @Test
    void failedUploadShouldBeTriedAgainBecauseNothingWasSent() {
        transport.put("media-1", new byte[3]);
        Outbound.ToCustomer message =
                to("+4917000", new Media(MediaKind.AUDIO, "a\r\nb", null, null, null, "media-1", null));
        meta.answerNext(500, Map.of(), "");
        assertThat(whatsApp.send(account, message, transport)).isInstanceOf(Outcome.Retry.class);
        meta.answerNext(429, Map.of("Retry-After", "3"), "");
        assertThat(whatsApp.send(account, message, transport))
                .isEqualTo(new Outcome.Retry(Reason.THROTTLED, "WhatsApp answered 429", Duration.ofSeconds(3)));
        try (FakeProvider silent = FakeProvider.silent()) {
            Account other = Accounts.account(silent.baseUrl().toString());
            assertThat(whatsApp.send(other, message, wireOf(300))).isInstanceOf(Outcome.Retry.class);
        }
        assertThat(meta.delivered()).isEmpty();
        assertThat(whatsApp.send(account, message, transport)).isInstanceOf(Outcome.Sent.class);
    }

    @Test
    void mediaThatNobodyHasShouldBeRefused() {
        Media gone = new Media(MediaKind.IMAGE, "image/png", null, null, null, "no-such", null);
        Media nothing = new Media(MediaKind.IMAGE, "image/png", null, null, null, null, null);
        for (Media media : List.of(gone, nothing)) {
            assertThat(send(media))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.MEDIA_REFUSED));
        }
    }

    @Test
    void stepOfPartsThatDoNotBelongTogetherShouldBeRefused() {
        Text text = new Text("x");
        Media voice = new Media(MediaKind.AUDIO, "audio/ogg", null, null, null, null, "https://example.com/a");
        for (Part[] parts : List.of(
                new Part[0],
                new Part[] {text, text},
                new Part[] {voice, text},
                new Part[] {new Part.ChoiceMade("a", "b")},
                new Part[] {new Part.Unsupported("a", "b")})) {
            assertThat(whatsApp.send(account, to("+4917000", parts), transport))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.UNSUPPORTED));
        }
        assertThat(meta.delivered()).isEmpty();
    }

    @Test
    void providersRefusalsShouldHaveOurReasons() {
        meta.closeWindow("+4917000");
        assertThat(reason(send(new Text("late")))).isEqualTo(Reason.WINDOW_CLOSED);
        assertThat(send(new Part.Template("welcome", "en", List.of()))).isInstanceOf(Outcome.Sent.class);
        assertThat(reason(whatsApp.send(account, to("+4917001", new Text("x".repeat(4097))), transport)))
                .isEqualTo(Reason.CONTENT_REFUSED);
        Account stranger = Accounts.account(meta.baseUrl().toString());
        assertThat(reason(whatsApp.send(stranger, to("+4917001", new Text("x")), transport)))
                .isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void typingShouldBeShownWithTheTicksWhereItIsAskedFor() {
        Outbound.ReadReceipt seen = new Outbound.ReadReceipt("k", "+4917000", "wamid.AAA");
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{\"success\":true}")) {
            String base = provider.baseUrl().toString();
            whatsApp.markRead(Accounts.account(base), seen, transport);
            whatsApp.markRead(Accounts.account(base, Map.of("typing", "true")), seen, transport);
            assertThat(provider.bodies())
                    .containsExactly(
                            "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.AAA\"}",
                            "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.AAA\","
                                    + "\"typing_indicator\":{\"type\":\"text\"}}");
        }
    }

    @Test
    void seenShouldBeToldOnceAsked() {
        Outbound.ReadReceipt seen = new Outbound.ReadReceipt("k", "+4917000", "wamid.none");
        assertThat(whatsApp.markRead(account, seen, transport)).isInstanceOf(Outcome.Refused.class);
        meta.answerNext(500, Map.of(), "");
        assertThat(whatsApp.markRead(account, seen, transport)).as("repeatable").isInstanceOf(Outcome.Retry.class);
        Account quiet = Accounts.account(meta.baseUrl().toString(), Map.of("markRead", "false"));
        assertThat(whatsApp.marksRead(quiet)).isFalse();
        assertThat(whatsApp.marksRead(account)).isTrue();
    }

    @Test
    void expiredMediaShouldBeRefusedAndABusyProviderAskedAgain() {
        Media old = Media.incoming(MediaKind.IMAGE, "image/jpeg", null, null, "4711");
        assertThat(reason(fetch(old))).isEqualTo(Reason.MEDIA_REFUSED);
        meta.answerNext(410, Map.of(), "");
        assertThat(reason(fetch(old))).isEqualTo(Reason.MEDIA_REFUSED);
        meta.answerNext(503, Map.of("Retry-After", "5"), "");
        assertThat(((Outcome.Retry) fetch(old)).after()).isEqualTo(Duration.ofSeconds(5));
        meta.answerNext(500, Map.of(), "");
        assertThat(fetch(old)).isInstanceOf(Outcome.Retry.class);
        meta.answerNext(200, Map.of(), "{\"url\":\"" + meta.baseUrl() + "/media-file/1\",\"file_size\":999999999}");
        assertThat(reason(fetch(old))).isEqualTo(Reason.TOO_LARGE);
        meta.answerNext(200, Map.of(), "{\"url\":\"" + meta.baseUrl() + "/media-file/1\"}");
        assertThat(reason(fetch(old))).isEqualTo(Reason.MEDIA_REFUSED);
    }

    @Test
    void tokenShouldGoNowhereInTheClear() {
        Media media = Media.incoming(MediaKind.IMAGE, "image/jpeg", null, null, "4711");
        for (String url : List.of("http://127.0.0.1:1/x", "ftp://x/y", "file:///etc/passwd", "", "not a url")) {
            meta.answerNext(200, Map.of(), "{\"url\":\"" + url + "\"}");
            assertThat(reason(fetch(media))).as(url).isEqualTo(Reason.MEDIA_REFUSED);
        }
        assertThat(transport.calls()).hasSize(5);
        assertThat(reason(fetch(Media.incoming(MediaKind.IMAGE, null, null, null, "../me?x="))))
                .isEqualTo(Reason.MEDIA_REFUSED);
        assertThat(transport.calls()).hasSize(5);
    }

    private Outcome fetch(Media media) {
        return whatsApp.fetch(account, media, Accounts.get(""), transport);
    }

    private Outcome send(Part part) {
        return whatsApp.send(account, to("+4917000", part), transport);
    }

    /** The body of the one call that a message makes. */
    private JsonNode sent(Outbound.ToCustomer message) throws IOException {
        PlainTransport own = new PlainTransport();
        whatsApp.send(account, message, own);
        HttpCall call = own.calls().get(0);
        assertThat(call.uri().getPath()).isEqualTo("/v25.0/106540352242922/messages");
        return Json.tree(Objects.requireNonNull(call.body()).source().open().readAllBytes());
    }

    private static PlainTransport wireOf(int millis) {
        PlainTransport impatient = new PlainTransport(Duration.ofMillis(millis));
        impatient.put("media-1", new byte[3]);
        return impatient;
    }

    private static Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).reason();
    }

    private static List<Choice> choices(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Choice("c" + i, "Title " + i, i % 2 == 0 && count > 3 ? "more" : null))
                .toList();
    }

    private static Outbound.ToCustomer to(String address, Part... parts) {
        return new Outbound.ToCustomer(
                "delivery-1", "m", "c", address, List.of(parts), null, null, List.of(), null, false);
    }
}
