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
import io.dragoman.model.Card;
import io.dragoman.model.Json;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Links, requests for a place, and what stands above buttons, at a Cloud API that checks them as Meta does. */
final class WhatsAppInteractiveTest {
    private static final String TO = "+4917000";
    private static final Card LINK =
            new Card("Order 17", "It is on its way.", null, List.of(button("Track it", "https://shop.example/17")));
    private static final Media PHOTO = photo("image/jpeg");

    private final WhatsAppSimulator meta = new WhatsAppSimulator(0);
    private final WhatsApp whatsApp = new WhatsApp();
    private final Account account = Accounts.of(meta.settings(), false);
    private final PlainTransport transport = new PlainTransport();

    @AfterEach
    void close() {
        meta.close();
    }

    @Test
    void linkShouldBeSaidAsTheDocumentationHasIt() throws Exception {
        assertThat(sent(LINK)).isEqualTo(json("""
                {"type": "cta_url", "body": {"text": "Order 17\\nIt is on its way."},
                 "action": {"name": "cta_url",
                  "parameters": {"display_text": "Track it", "url": "https://shop.example/17"}}}"""));
    }

    @Test
    void placeShouldBeAskedForAsTheDocumentationHasIt() throws Exception {
        assertThat(sent(new LocationRequest("Where are you?"))).isEqualTo(json("""
                {"type": "location_request_message", "body": {"text": "Where are you?"},
                 "action": {"name": "send_location"}}"""));
    }

    @Test
    void pictureShouldStandAboveButtonsAndLinks() throws Exception {
        JsonNode header = json("{\"type\":\"image\",\"image\":{\"link\":\"https://shop.example/1.jpg\"}}");
        Choices size = new Choices("Which?", List.of(new Choice("s", "Small", null)), null);
        assertThat(sent(PHOTO, size).path("header")).isEqualTo(header);
        Card shown = new Card("Shoe", null, PHOTO, LINK.buttons());
        assertThat(sent(shown).path("header")).isEqualTo(header);
        Media paper = new Media(MediaKind.FILE, "application/pdf", "a.pdf", 9L, null, null, "https://shop.example/a");
        assertThat(sent(paper, size).path("header"))
                .isEqualTo(json("{\"type\":\"document\",\"document\":{\"filename\":\"a.pdf\","
                        + "\"link\":\"https://shop.example/a\"}}"));
    }

    @Test
    void storedPictureShouldBeUploadedForTheHeader() {
        transport.put("media-1", new byte[] {(byte) 0xff, (byte) 0xd8});
        Media stored = new Media(MediaKind.IMAGE, "image/jpeg", "a.jpg", 2L, null, "media-1", "https://unused.example");
        Card card = new Card("Shoe", null, stored, List.of(new Card.Button("Buy", "buy", null)));
        assertThat(whatsApp.send(account, to(card), transport)).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.mediaIds()).hasSize(1);
        assertThat(meta.delivered()).extracting(Delivered::content).containsExactly("[image] Shoe [Buy]");
    }

    @Test
    void whatIsPlannedShouldBeTakenAndWhatDoesNotFitShouldGoAsTextWithTheAddress() {
        Card twoLinks = new Card(
                "Shoe",
                null,
                null,
                List.of(button("Buy", "https://shop.example/1"), button("All", "https://a.example")));
        Card mixed = new Card(
                "Hat", null, PHOTO, List.of(button("See", "https://b.example"), new Card.Button("Buy", "buy", null)));
        Card bare = new Card("Sock", null, PHOTO, List.of());
        Card webp = new Card("Cap", null, photo("image/webp"), LINK.buttons());
        Card answers = new Card("Belt", "red", PHOTO, List.of(new Card.Button("Buy", "buy", null)));
        Choices list = new Choices("Which?", List.of(new Choice("s", "Small", null)), "Choose");
        Choices buttons = new Choices("Which?", list.choices(), null);
        Rendering.Plan plan = Rendering.plan(
                whatsApp.limits(account),
                List.of(
                        LINK,
                        twoLinks,
                        mixed,
                        bare,
                        webp,
                        answers,
                        PHOTO,
                        list,
                        PHOTO,
                        buttons,
                        new LocationRequest("w ".repeat(900))));
        for (List<Part> step : plan.steps()) {
            assertThat(whatsApp.send(account, to(step.toArray(Part[]::new)), transport))
                    .as(step.toString())
                    .isInstanceOf(Outcome.Sent.class);
        }
        assertThat(meta.delivered())
                .extracting(Delivered::content)
                .contains(
                        "Order 17\nIt is on its way. [Track it](https://shop.example/17)",
                        "Shoe\nBuy: https://shop.example/1\nAll: https://a.example",
                        "[image] Hat\nSee: https://b.example [Buy]",
                        "[image] Sock",
                        "[document] Cap\nTrack it: https://shop.example/17",
                        "[image] Belt\nred [Buy]",
                        "[image]",
                        "Which? [Small]",
                        "[image] Which? [Small]")
                .last()
                .asString()
                .endsWith("[send location]");
    }

    @Test
    void groupShouldGetTextBecauseItTakesNothingToTap() {
        String group = "group:Y2FwaV9ncm91cDox";
        Rendering.Plan plan = Rendering.plan(
                whatsApp.limits(account, group),
                List.of(LINK, new LocationRequest("Where?"), new Choices("Which?", List.of(choice()), null)));
        for (List<Part> step : plan.steps()) {
            Outbound.ToCustomer message =
                    new Outbound.ToCustomer("d", "m", "c", group, step, null, null, List.of(), null, false);
            assertThat(whatsApp.send(account, message, transport)).isInstanceOf(Outcome.Sent.class);
        }
        assertThat(meta.delivered())
                .extracting(Delivered::content)
                .containsExactly(
                        "Order 17\nIt is on its way.\nTrack it: https://shop.example/17", "Where?", "Which?\n1. Small");
        assertThat(plan.losses()).hasSize(3);
    }

    private static Choice choice() {
        return new Choice("s", "Small", null);
    }

    private static Media photo(String type) {
        return new Media(MediaKind.IMAGE, type, null, 9L, null, null, "https://shop.example/1.jpg");
    }

    private static Card.Button button(String title, String url) {
        return new Card.Button(title, null, url);
    }

    /** What a message of something to tap is, in the one call that it makes. */
    private JsonNode sent(Part... parts) throws IOException {
        PlainTransport own = new PlainTransport();
        assertThat(whatsApp.send(account, to(parts), own)).isInstanceOf(Outcome.Sent.class);
        HttpCall call = own.calls().get(0);
        return Json.tree(Objects.requireNonNull(call.body()).source().open().readAllBytes())
                .path("interactive");
    }

    private static JsonNode json(String text) throws IOException {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Outbound.ToCustomer to(Part... parts) {
        return new Outbound.ToCustomer("d", "m", "c", TO, List.of(parts), null, null, List.of(), null, false);
    }
}
