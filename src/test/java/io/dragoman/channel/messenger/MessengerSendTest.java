// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Reason;
import io.dragoman.model.TemplateButton;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.messenger.MessengerSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes out, to a Send API that checks it as Meta does. */
final class MessengerSendTest {
    private final MessengerSimulator meta = new MessengerSimulator(0);
    private final Messenger messenger = new Messenger();
    private final Account account = MessengerAccounts.of(meta.settings());
    private final PlainTransport transport = new PlainTransport();

    @AfterEach
    void close() {
        meta.close();
    }

    @Test
    void textShouldBeSaidAsTheDocumentationHasIt() throws Exception {
        ToCustomer message = new ToCustomer(
                "delivery-1", "m", "c", "PSID1", List.of(new Text("hi")), "m_prev", null, List.of(), null, false);
        Outcome outcome = messenger.send(account, message, transport);
        assertThat(outcome).isEqualTo(new Outcome.Sent(meta.delivered().get(0).id()));
        assertThat(meta.bodies().get(0)).isEqualTo(json("""
                {"recipient": {"id": "PSID1"}, "messaging_type": "RESPONSE", "reply_to": {"mid": "m_prev"},
                 "message": {"metadata": "dragoman:delivery-1", "text": "hi"}}"""));
    }

    @Test
    void whatHasNoIdAtMetaIsNotAnswered() {
        ToCustomer message = new ToCustomer(
                "d", "m", "c", "PSID1", List.of(new Text("hi")), "referral|PSID1|17", null, List.of(), null, false);
        assertThat(messenger.send(account, message, transport)).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.bodies().get(0).has("reply_to")).isFalse();
    }

    @Test
    void whatRenderingPlansShouldBeTaken() {
        transport.put("file-1", "pdf".getBytes(StandardCharsets.UTF_8));
        Media picture = new Media(MediaKind.IMAGE, "image/png", null, 9L, null, null, "https://example.com/a.png");
        List<Card.Button> buttons =
                List.of(new Card.Button("Buy", "buy", null), new Card.Button("See", null, "https://x.example"));
        List<Part> parts = List.of(
                new Text("word ".repeat(1000)),
                new Part.Choices("q ".repeat(1500), choices(13), null),
                new Part.Choices("Which?", choices(14), null),
                new Part.Location(41.7, 44.8, "Bridge", null),
                new Part.ContactCard("Levan K", List.of("+9955551"), List.of(), null),
                picture,
                new Media(MediaKind.FILE, "application/pdf", "a.pdf", 3L, null, "file-1", null),
                new Media(MediaKind.STICKER, "image/webp", null, 9L, null, null, "https://example.com/s.webp"),
                new Media(MediaKind.IMAGE, "image/tiff", "a.tiff", 9L, null, null, "https://example.com/a.tiff"),
                new Card("Boots", "Warm", picture, buttons),
                new Card("Boots", null, null, buttons),
                new Card("Boots", "long ".repeat(20), null, buttons),
                new Carousel(
                        "Which?",
                        IntStream.range(0, 12)
                                .mapToObj(i -> new Card("Boots " + i, null, picture, buttons))
                                .toList()),
                new Part.Template("order_ready", "en_US", List.of("Ana")));
        Rendering.Plan plan = Rendering.plan(messenger.limits(account), parts);
        for (List<Part> step : plan.steps()) {
            assertThat(messenger.send(account, to(step.get(0)), transport))
                    .as(step.toString())
                    .isInstanceOf(Outcome.Sent.class);
        }
        assertThat(meta.delivered()).hasSize(plan.steps().size());
        assertThat(meta.delivered())
                .extracting(Delivered::content)
                .contains("[file]", "[generic] Boots Buy See", "[template] order_ready [Ana]", "Which?");
        assertThat(meta.bodies())
                .filteredOn(
                        body -> body.at("/message/attachment/payload/elements").size() == 10)
                .hasSize(1);
        assertThat(meta.bodies())
                .filteredOn(body -> body.at("/message/attachment/payload/template_type")
                        .asText()
                        .equals("button"))
                .hasSize(1);
    }

    @Test
    void agentsMayUseTheTagForSevenDaysAndNobodyElse() {
        Map<String, String> settings = new HashMap<>(meta.settings());
        settings.put("humanAgent", "true");
        Account tagged = MessengerAccounts.of(settings);
        assertThat(messenger.limits(account).replyWindow()).isEqualTo(Duration.ofHours(24));
        assertThat(messenger.limits(tagged).replyWindow()).isEqualTo(Duration.ofDays(7));
        meta.closeWindow("PSID1");
        assertThat(messenger.send(tagged, to(new Text("hi")), transport)).isInstanceOf(Outcome.Sent.class);
        ToCustomer automatic =
                new ToCustomer("d", "m", "c", "PSID1", List.of(new Text("hi")), null, null, List.of(), null, true);
        for (Outcome closed : List.of(
                messenger.send(tagged, automatic, transport), messenger.send(account, to(new Text("hi")), transport))) {
            assertThat(closed).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                    .isEqualTo(Reason.WINDOW_CLOSED));
        }
        assertThat(messenger.send(account, to(new Part.Template("ready", "en_US", List.of())), transport))
                .isInstanceOf(Outcome.Sent.class);
        assertThat(meta.bodies().get(1).path("messaging_type").asText()).isEqualTo("UTILITY");
    }

    @Test
    void templateShouldHaveItsHeaderAndItsButtons() throws Exception {
        List<TemplateButton> buttons = List.of(new TemplateButton(1, null, "b"), new TemplateButton(0, null, "a"));
        Part template = new Part.Template("ready", "en", List.of("4711"), new Text("Order"), buttons);
        assertThat(messenger.send(account, to(template), transport)).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.bodies().get(0).at("/message/template/components"))
                .isEqualTo(Json.tree("""
                        [{"type": "header", "parameters": [{"type": "text", "text": "Order"}]},
                         {"type": "body", "parameters": [{"type": "text", "text": "4711"}]},
                         {"type": "buttons", "parameters": [
                           {"type": "POSTBACK", "payload": "a"}, {"type": "POSTBACK", "payload": "b"}]}]""".getBytes(StandardCharsets.UTF_8)));
        Media picture = new Media(MediaKind.IMAGE, "image/png", null, 9L, null, null, "https://example.com/1.png");
        for (Part wrong : List.of(
                new Part.Template("ready", "en", List.of(), picture, List.of()),
                new Part.Template("ready", "en", List.of("a\tb")),
                new Part.Template("ready", "en", List.of(), null, List.of(new TemplateButton(0, "x", null))),
                new Part.Template("ready", "en", List.of(), null, List.of(new TemplateButton(1, null, "x"))))) {
            assertThat(messenger.send(account, to(wrong), transport))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.CONTENT_REFUSED));
        }
        assertThat(meta.bodies()).hasSize(1);
    }

    @Test
    void agentMayTakeTheConversationFromAnotherAppAndNoRuleMay() {
        Map<String, String> settings = new HashMap<>(meta.settings());
        settings.put("takeThread", "true");
        Account taking = MessengerAccounts.of(settings);
        meta.anotherAppHas("PSID1");
        ToCustomer automatic =
                new ToCustomer("d", "m", "c", "PSID1", List.of(new Text("hi")), null, null, List.of(), null, true);
        for (Outcome held : List.of(
                messenger.send(account, to(new Text("hi")), transport), messenger.send(taking, automatic, transport))) {
            assertThat(held).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.detail())
                    .contains("another app has the conversation"));
        }
        assertThat(messenger.send(taking, to(new Text("mine now")), transport)).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.delivered()).extracting(Delivered::content).containsExactly("mine now");
        meta.anotherAppHas("PSID1");
        meta.answerNext(400, Map.of(), "{\"error\":{\"code\":10,\"error_subcode\":2018300}}");
        meta.answerNext(403, Map.of(), "{\"error\":{\"code\":10,\"message\":\"not the primary receiver\"}}");
        assertThat(messenger.send(taking, to(new Text("x")), transport))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.AUTHENTICATION_FAILED));
        assertThat(meta.delivered()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 10, 2018278, WINDOW_CLOSED, false",
        "400, 100, 2018001, RECIPIENT_UNKNOWN, false",
        "400, 100, 2018109, TOO_LARGE, false",
        "400, 100, 0, CONTENT_REFUSED, false",
        "403, 10, 0, AUTHENTICATION_FAILED, false",
        "403, 10, 1893063, ACCOUNT_BLOCKED, false",
        "400, 190, 463, AUTHENTICATION_FAILED, false",
        "403, 200, 0, AUTHENTICATION_FAILED, false",
        "400, 551, 1545041, RECIPIENT_UNKNOWN, false",
        "400, 613, 0, THROTTLED, true",
        "400, 80006, 0, THROTTLED, true",
        "500, 1200, 0, PROVIDER_DOWN, true",
        "500, 2, 0, PROVIDER_DOWN, true"
    })
    void errorShouldHaveItsReason(int status, int code, int subcode, Reason reason, boolean again) {
        String error = "{\"error\":{\"code\":" + code + ",\"error_subcode\":" + subcode + "}}";
        meta.answerNext(status, Map.of(), error);
        Outcome outcome = messenger.send(account, to(new Text("hi")), transport);
        if (again) {
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.reason())
                    .isEqualTo(reason));
        } else {
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                    .isEqualTo(reason));
        }
    }

    @Test
    void theTimeThatMetaAsksForIsWaited() {
        String usage =
                "{\"1045\":[{\"type\":\"messenger\",\"call_count\":100,\"estimated_time_to_regain_access\":19}]}";
        meta.answerNext(400, Map.of("X-Business-Use-Case-Usage", usage), "{\"error\":{\"code\":80006}}");
        assertThat(messenger.send(account, to(new Text("hi")), transport))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).isEqualTo(Duration.ofMinutes(19)));
        meta.answerNext(400, Map.of("X-Business-Use-Case-Usage", "no json"), "{\"error\":{\"code\":80006}}");
        assertThat(messenger.send(account, to(new Text("hi")), transport))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).isNull());
    }

    @Test
    void seenIsShown() {
        assertThat(messenger.markRead(account, new Outbound.ReadReceipt("k", "PSID1", "m_1"), transport))
                .isEqualTo(new Outcome.Sent(null));
        assertThat(meta.seen()).containsExactly("PSID1");
    }

    @Test
    void typingIsShownWhereItIsAskedForUntilTheAnswer() {
        Outbound.ReadReceipt receipt = new Outbound.ReadReceipt("k", "PSID1", "m_1");
        messenger.markRead(account, receipt, transport);
        assertThat(meta.typing()).isEmpty();
        Map<String, String> texts = new HashMap<>(meta.settings());
        texts.put("typing", "true");
        Account typing = MessengerAccounts.of(texts);
        assertThat(messenger.markRead(typing, receipt, transport)).isEqualTo(new Outcome.Sent(null));
        assertThat(meta.typing()).containsExactly("PSID1");
        assertThat(messenger.send(account, to(new Text("hello")), transport)).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.typing()).isEmpty();
        meta.answerNext(500, Map.of(), "{}");
        assertThat(messenger.markRead(typing, receipt, transport))
                .as("not seen: tried again, and nothing about it is uncertain")
                .isInstanceOf(Outcome.Retry.class);
        assertThat(meta.typing()).isEmpty();
    }

    @Test
    void aMessageWhoseAnswerWasLostIsFoundAndNotTakenForAnother() {
        Instant since = Instant.now();
        meta.loseNextAnswer();
        assertThat(messenger.send(account, to(new Text("hello")), transport)).isInstanceOf(Outcome.Uncertain.class);
        String id = meta.delivered().get(0).id();
        Set<String> known = new HashSet<>();
        assertThat(lookUp("hello", since, known)).isEqualTo(new DeliveryLookup.Found(id));
        assertThat(lookUp("other words", since.minusSeconds(100), known)).isEqualTo(new DeliveryLookup.Absent());
        assertThat(lookUp("other words", since, known)).isInstanceOf(DeliveryLookup.Unknown.class);
        known.add(id);
        assertThat(lookUp("hello", since.minusSeconds(100), known)).isEqualTo(new DeliveryLookup.Absent());
        meta.answerNext(500, Map.of(), "{}");
        assertThat(lookUp("hello", since, Set.of())).isInstanceOf(DeliveryLookup.Unknown.class);
    }

    private DeliveryLookup.Answer lookUp(String text, Instant since, Set<String> known) {
        return messenger.lookUp(account, to(new Text(text)), since, known::contains, transport);
    }

    private static ToCustomer to(Part part) {
        return new ToCustomer("d-1", "m-1", "c-1", "PSID1", List.of(part), null, null, List.of(), "Mara", false);
    }

    private static List<Choice> choices(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Choice("id" + i, "Title " + i, null))
                .toList();
    }

    private static JsonNode json(String text) throws Exception {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }
}
