// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Retry;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.Card;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.telegram.TelegramSimulator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending and fetching against a Bot API that refuses what the real one refuses. */
final class TelegramSendTest {
    private final TelegramSimulator telegram = new TelegramSimulator(0, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final PlainTransport transport = new PlainTransport();
    private final Telegram channel = new Telegram();

    @BeforeEach
    void anaWritesFirst() {
        telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "hello");
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void textArrivesUnchanged() {
        String text = "*no* _markup_ <b> & გამარჯობა 👩‍👩‍👧\nhttps://example.com";
        Outcome outcome = send(new Part.Text(text));
        assertThat(telegram.delivered()).containsExactly(new Delivered("Ana", id(outcome), text));
        assertThat(id(outcome)).isEqualTo(ana() + ":2");
    }

    @Test
    void theLongestTextArrivesAndALongerOneIsTooLarge() {
        String emojis = "😀".repeat(2048);
        assertThat(send(new Part.Text(emojis))).isInstanceOf(Sent.class);
        assertThat(send(new Part.Text(emojis + "!")))
                .isEqualTo(new Refused(Reason.TOO_LARGE, "telegram answered 400: too long"));
    }

    @Test
    void anAnswerQuotesWhatItAnswers() {
        telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "and this?");
        assertThat(channel.send(account(), outbound(address(), ana() + ":2", List.of(new Part.Text("yes"))), transport))
                .isInstanceOf(Sent.class);
        telegram.customerReplies(TelegramSimulator.QUEUE, "Ana", "thanks");
        CustomerEvent.MessageReceived thanks = (CustomerEvent.MessageReceived) lastEvent();
        assertThat(thanks.replyTo()).isEqualTo(ana() + ":3");
    }

    @Test
    void anAnswerToALostMessageIsSentAllTheSame() {
        for (String lost : List.of(ana() + ":999", "cb:17", "-5:1", ana() + ":99999999999999999999", "x")) {
            assertThat(channel.send(account(), outbound(address(), lost, List.of(new Part.Text("yes"))), transport))
                    .isInstanceOf(Sent.class);
        }
    }

    @Test
    void choicesAreButtonsWhosePressComesBackAndIsAnswered() {
        Part question = new Part.Choices(
                "Which?", List.of(new Part.Choice("r", "Red", "like fire"), new Part.Choice("b", "Blue", null)), null);
        String asked = id(send(question));
        assertThat(telegram.delivered().get(0).content()).isEqualTo("Which?\n\nRed: like fire [Red] [Blue]");
        telegram.customerPresses(TelegramSimulator.QUEUE, "Ana", "Blue");
        CustomerEvent.MessageReceived press = (CustomerEvent.MessageReceived) lastEvent();
        assertThat(press.parts()).containsExactly(new Part.ChoiceMade("b", "Blue"));
        assertThat(press.replyTo()).isEqualTo(asked);

        Outbound.ReadReceipt seen = new Outbound.ReadReceipt("key", address(), press.externalId());
        assertThat(channel.markRead(account(), seen, transport)).isEqualTo(new Sent(null));
        assertThat(telegram.answeredPresses())
                .containsExactly(press.externalId().substring(3));
        assertThat(channel.markRead(account(), seen, transport))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.WINDOW_CLOSED));
    }

    @Test
    void cardsAreAPictureOrTextWithLinksAndAnswersBelow() {
        transport.put("m-1", new byte[] {1});
        Part.Media photo = new Part.Media(Part.MediaKind.IMAGE, "image/png", "a.png", 1L, null, "m-1", null);
        List<Card.Button> buttons =
                List.of(new Card.Button("See", null, "https://a.example/1"), new Card.Button("Buy", "buy", null));
        List<Part> parts = List.of(
                new Card("Shoe", "Red", photo, buttons),
                new Card("Hat", null, null, buttons),
                new LocationRequest("Where?"),
                photo,
                new Part.Choices("Which?", List.of(new Part.Choice("r", "Red", null)), null));
        List<List<Part>> steps =
                Rendering.plan(channel.limits(account(), address()), parts).steps();
        assertThat(steps).hasSize(4);
        steps.forEach(step -> assertThat(channel.send(account(), outbound(address(), null, step), transport))
                .as(step.toString())
                .isInstanceOf(Sent.class));
        assertThat(telegram.delivered())
                .extracting(Delivered::content)
                .containsExactly(
                        "[image] Shoe\nRed [See] [Buy]", "Hat [See] [Buy]", "Where? [📍]", "[image] Which? [Red]");
        telegram.customerPresses(TelegramSimulator.QUEUE, "Ana", "Red");
        assertThat(((CustomerEvent.MessageReceived) lastEvent()).parts())
                .containsExactly(new Part.ChoiceMade("r", "Red"));
    }

    @Test
    void placeIsAskedForByAKeyInPrivateChatsAlone() {
        for (String other : List.of("-5", "5/d7", "5@business", "5?guest")) {
            assertThat(channel.limits(account(), other).locationRequest())
                    .as(other)
                    .isZero();
        }
        assertThat(channel.limits(account(), "5").locationRequest()).isPositive();
    }

    @Test
    void answeringAPressAgainIsHarmlessSoNothingAboutItIsUncertain() {
        telegram.answerNext(500, Map.of(), "");
        assertThat(channel.markRead(account(), new Outbound.ReadReceipt("key", address(), "cb:1"), transport))
                .isEqualTo(new Retry(Reason.PROVIDER_DOWN, "telegram answered 500"));
    }

    @Test
    void aMessageCannotBeMarkedAsSeen() {
        assertThat(channel.markRead(account(), new Outbound.ReadReceipt("key", address(), ana() + ":1"), transport))
                .isEqualTo(new Sent(null));
        assertThat(transport.calls()).isEmpty();
    }

    @Test
    void storedMediaAreUploadedByteForByte() {
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        transport.put("m1", bytes);
        Part photo = new Part.Media(MediaKind.IMAGE, "image/jpeg", "a.jpg", 70_000L, null, "m1", null);
        Part file =
                new Part.Media(MediaKind.FILE, "bad\r\nX: y", "Rechnung \"März\"\r\nX: y.pdf", null, null, "m1", null);
        String first = id(send(photo, new Part.Text("here გ\r\n--x")));
        String second = id(send(file));
        assertThat(telegram.delivered())
                .extracting(Delivered::content)
                .containsExactly("[image] here გ\r\n--x", "[file]");
        assertThat(telegram.uploaded(first)).hasValue(bytes);
        assertThat(telegram.uploaded(second)).hasValue(bytes);
    }

    @Test
    void everyKindOfMediumGoesTheWayThatTelegramShows() {
        for (List<String> way : List.of(
                List.of("image", "image/png", "sendPhoto"),
                List.of("image", "image/svg+xml", "sendDocument"),
                List.of("image", "image/gif", "sendAnimation"),
                List.of("video", "video/mp4", "sendVideo"),
                List.of("video", "video/x-msvideo", "sendDocument"),
                List.of("audio", "audio/ogg; codecs=opus", "sendVoice"),
                List.of("audio", "audio/mpeg", "sendAudio"),
                List.of("audio", "audio/amr", "sendDocument"),
                List.of("sticker", "image/webp", "sendSticker"),
                List.of("sticker", "image/png", "sendPhoto"),
                List.of("file", "image/png", "sendDocument"))) {
            MediaKind kind = MediaKind.valueOf(way.get(0).toUpperCase(java.util.Locale.ROOT));
            Part media = new Part.Media(kind, way.get(1), null, null, null, null, "https://example.com/file");
            assertThat(send(media)).as(way.toString()).isInstanceOf(Sent.class);
            assertThat(transport.calls().get(transport.calls().size() - 1).uri().getPath())
                    .endsWith("/" + way.get(2));
        }
    }

    @Test
    void aPictureThatIsTooLargeForAPhotoGoesAsAFile() {
        Part large =
                new Part.Media(MediaKind.IMAGE, "image/png", null, 10_000_001L, null, null, "https://example.com/x");
        assertThat(send(large)).isInstanceOf(Sent.class);
        assertThat(telegram.delivered().get(0).content()).isEqualTo("[file]");
    }

    @Test
    void mediaThatCannotBeHadAreRefused() {
        Part gone = new Part.Media(MediaKind.IMAGE, "image/png", null, null, null, "gone", null);
        Part none = new Part.Media(MediaKind.IMAGE, "image/png", null, null, null, null, null);
        Part odd = new Part.Media(MediaKind.IMAGE, "image/png", null, null, null, null, "ftp://x");
        for (Part part : List.of(gone, none, odd)) {
            assertThat(reason(send(part))).isEqualTo(Reason.MEDIA_REFUSED);
        }
    }

    @Test
    void placesAndCardsArrive() {
        send(new Part.Location(52.5, 13.25, null, null));
        send(new Part.Location(52.5, 13.25, "Shop", null));
        send(new Part.ContactCard("Ben", List.of("+4917", "+4918"), List.of("b@example.com"), null));
        send(new Part.ContactCard("Cy", List.of(), List.of("c@example.com"), null));
        assertThat(telegram.delivered())
                .extracting(Delivered::content)
                .containsExactly(
                        "[location] 52.5 13.25",
                        "[location] 52.5 13.25 Shop",
                        "[contact] Ben +4917",
                        "Cy\nc@example.com");
    }

    @Test
    void whatTelegramHasNoMessageForIsRefused() {
        Part text = new Part.Text("x");
        Part place = new Part.Location(1, 2, null, null);
        Part template = new Part.Template("t", "en", List.of());
        Part longId = new Part.Choices("?", List.of(new Part.Choice("ü".repeat(33), "U", null)), null);
        assertThat(reason(send(place, text))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reason(send(place, place))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reason(send(template))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reason(send(longId))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(send(new Part.Text(" ")))).isEqualTo(Reason.CONTENT_REFUSED);
        assertThat(transport.calls()).isEmpty();
    }

    @Test
    void refusalsAreTyped() {
        long bob = telegram.chatOf("Bob");
        assertThat(reason(sendTo(Long.toString(bob)))).isEqualTo(Reason.WINDOW_CLOSED);
        assertThat(reason(sendTo("12345"))).isEqualTo(Reason.RECIPIENT_UNKNOWN);
        assertThat(reason(sendTo("ana@example.com"))).isEqualTo(Reason.RECIPIENT_UNKNOWN);
        telegram.customerBlocks(TelegramSimulator.QUEUE, "Ana");
        assertThat(reason(sendTo(address()))).isEqualTo(Reason.RECIPIENT_OPTED_OUT);
        Account wrong =
                TelegramTest.account(Map.of("baseUrl", telegram.baseUrl(), "token", new Secret("7000000000:wrong")));
        assertThat(reason(channel.send(wrong, outbound(address(), null, List.of(new Part.Text("x"))), transport)))
                .isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(telegram.delivered()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|Forbidden: bot was blocked by the user|RECIPIENT_OPTED_OUT",
                "403|Forbidden: USER_IS_BLOCKED|RECIPIENT_OPTED_OUT",
                "400|Bad Request: USER_IS_BLOCKED|RECIPIENT_OPTED_OUT",
                "400|Bad Request: PRIVACY_PREMIUM_REQUIRED|RECIPIENT_OPTED_OUT",
                "403|Forbidden: PRIVACY_PREMIUM_REQUIRED|RECIPIENT_OPTED_OUT",
                "403|Forbidden: bot can't initiate conversation with a user|WINDOW_CLOSED",
                "400|Bad Request: BUSINESS_PEER_USAGE_MISSING|WINDOW_CLOSED",
                "400|Bad Request: TOPIC_CLOSED|WINDOW_CLOSED",
                "400|Bad Request: BUSINESS_PEER_INVALID|RECIPIENT_UNKNOWN",
                "400|Bad Request: TOPIC_DELETED|RECIPIENT_UNKNOWN",
                "403|Forbidden: bot was kicked from the supergroup chat|RECIPIENT_UNKNOWN",
                "403|Forbidden: bot is not a member of the channel chat|RECIPIENT_UNKNOWN",
                "403|Forbidden: the group chat was deleted|RECIPIENT_UNKNOWN",
                "403|Forbidden: words of tomorrow|RECIPIENT_UNKNOWN",
                "406|ALLOW_PAYMENT_REQUIRED|UNSUPPORTED",
                "400|Bad Request: ALLOW_PAYMENT_REQUIRED_10|UNSUPPORTED",
                "400|Bad Request: BUSINESS_CONNECTION_INVALID|ACCOUNT_BLOCKED",
                "400|Bad Request: CHAT_SEND_PLAIN_FORBIDDEN|ACCOUNT_BLOCKED",
                "400|Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN|MEDIA_REFUSED",
                "400|Bad Request: MEDIA_CAPTION_TOO_LONG|TOO_LARGE",
                "400|Bad Request: words of tomorrow|CONTENT_REFUSED",
            })
    void descriptionsHaveAMeaning(int status, String description, Reason reason) {
        telegram.answerNext(
                status,
                Map.of(),
                "{\"ok\":false,\"error_code\":" + status + ",\"description\":\"" + description + "\"}");
        assertThat(reason(sendTo(address()))).isEqualTo(reason);
    }

    @Test
    void eachPersonsDirectMessagesAreAnsweredInTheirTopic() {
        for (String person : List.of("Ida", "Jon")) {
            telegram.customerWritesToChannel(TelegramSimulator.QUEUE, "Bike news", person, "hello");
            CustomerEvent.MessageReceived hello = (CustomerEvent.MessageReceived) lastEvent();
            for (Part part : List.of(
                    new Part.Text("welcome"),
                    new Part.Choices("Which?", List.of(new Part.Choice("r", "Red", null)), null),
                    new Part.Media(MediaKind.IMAGE, "image/png", null, null, null, null, "https://example.com/x"),
                    new Part.Location(1, 2, null, null))) {
                assertThat(channel.send(
                                account(),
                                outbound(hello.sender().address(), hello.externalId(), List.of(part)),
                                transport))
                        .isInstanceOf(Sent.class);
            }
        }
        assertThat(telegram.delivered())
                .extracting(Delivered::customer)
                .containsExactly("Ida", "Ida", "Ida", "Ida", "Jon", "Jon", "Jon", "Jon");
    }

    @Test
    void aGuestsQuestionTakesOneAnswerOfText() {
        telegram.customerAsksAsGuest(TelegramSimulator.QUEUE, "Strangers", "Eve", "@bot when?");
        CustomerEvent.MessageReceived first = (CustomerEvent.MessageReceived) lastEvent();
        telegram.customerAsksAsGuest(TelegramSimulator.QUEUE, "Strangers", "Eve", "@bot and where?");
        CustomerEvent.MessageReceived second = (CustomerEvent.MessageReceived) lastEvent();
        assertThat(second.threading()).isEqualTo(first.threading());
        String address = second.sender().address();

        Part photo = new Part.Media(MediaKind.IMAGE, "image/png", null, null, null, null, "https://example.com/x");
        assertThat(reason(channel.send(account(), outbound(address, null, List.of(photo)), transport)))
                .isEqualTo(Reason.UNSUPPORTED);
        assertThat(id(answer(address, first.externalId(), "At nine"))).startsWith("inline:");
        assertThat(id(answer(address, null, "Here"))).startsWith("inline:");
        assertThat(telegram.delivered()).extracting(Delivered::content).containsExactly("At nine", "Here");
        assertThat(reason(answer(address, null, "Here again"))).isEqualTo(Reason.WINDOW_CLOSED);
    }

    private Outcome answer(String address, @Nullable String replyTo, String text) {
        return channel.send(account(), outbound(address, replyTo, List.of(new Part.Text(text))), transport);
    }

    @Test
    void throttlingSaysHowLong() {
        telegram.throttleNext(13);
        assertThat(sendTo(address()))
                .isEqualTo(new Retry(Reason.THROTTLED, "telegram answered 429", Duration.ofSeconds(13)));
    }

    @Test
    void aGroupThatMovedIsFollowedOnce() {
        telegram.customerWritesInGroup(TelegramSimulator.QUEUE, "Friends", "Ana", "@bot hi");
        long before = telegram.groupMoves("Friends");
        Outcome outcome = sendTo(Long.toString(before));
        assertThat(id(outcome)).isEqualTo(telegram.chatOf("Friends") + ":2");
        assertThat(telegram.delivered()).hasSize(1);
    }

    @Test
    void topicsAndBusinessConnectionsAreNamed() {
        MessagePlan.Step step = (MessagePlan.Step) MessagePlan.of(
                outbound("-100/7@Ab_c-9", "-100@Ab_c-9:5", List.of(new Part.Text("x"))),
                ChatAddress.parse("-100/7@Ab_c-9").orElseThrow());
        assertThat(step.parameters().toString())
                .isEqualTo("{\"chat_id\":-100,\"message_thread_id\":7,\"business_connection_id\":\"Ab_c-9\","
                        + "\"reply_parameters\":{\"message_id\":5,\"allow_sending_without_reply\":true},"
                        + "\"text\":\"x\",\"link_preview_options\":{\"is_disabled\":true}}");
    }

    @Test
    void aPhotoIsFetchedWithItsBytes() {
        byte[] jpeg = {1, 2, 3, (byte) 0xff};
        telegram.customerSendsPhoto(TelegramSimulator.QUEUE, "Ana", jpeg, "look");
        CustomerEvent.MessageReceived event = (CustomerEvent.MessageReceived) lastEvent();
        assertThat(event.parts()).hasSize(2);
        Outcome outcome = fetch((Part.Media) event.parts().get(0));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Fetched.class, fetched -> {
            assertThat(transport.kept(fetched.blob().sha256())).isEqualTo(jpeg);
            assertThat(fetched.blob().mimeType()).isEqualTo("image/jpeg");
        });
        assertThat(transport.calls().toString()).doesNotContain("7000000000");
    }

    @Test
    void whatCannotBeFetchedSaysWhy() {
        assertThat(reason(fetch(media(20L * 1024 * 1024 + 1, "file-1")))).isEqualTo(Reason.TOO_LARGE);
        assertThat(transport.calls()).isEmpty();
        assertThat(reason(fetch(media(null, "unheard-of")))).isEqualTo(Reason.MEDIA_REFUSED);
        telegram.answerNext(
                400, Map.of(), "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: file is too big\"}");
        assertThat(reason(fetch(media(null, "file-1")))).isEqualTo(Reason.TOO_LARGE);
        telegram.answerNext(200, Map.of(), "{\"ok\":true,\"result\":{\"file_path\":\"gone/ü?#/../x.jpg\"}}");
        assertThat(fetch(media(null, "file-1"))).isInstanceOf(Retry.class);
        telegram.answerNext(500, Map.of(), "");
        assertThat(fetch(media(null, "file-1"))).isInstanceOf(Retry.class);
    }

    private static Part.Media media(@Nullable Long size, String source) {
        return Part.Media.incoming(MediaKind.FILE, "application/pdf", null, size, source);
    }

    private Outcome fetch(Part.Media media) {
        return channel.fetch(
                account(), media, Request.polled("update/1", new byte[0], java.time.Instant.EPOCH), transport);
    }

    private Outcome send(Part... parts) {
        return channel.send(account(), outbound(address(), null, Arrays.asList(parts)), transport);
    }

    private Outcome sendTo(String address) {
        return channel.send(account(), outbound(address, null, List.of(new Part.Text("hello"))), transport);
    }

    private static Outbound.ToCustomer outbound(String address, @Nullable String replyTo, List<Part> parts) {
        return new Outbound.ToCustomer("delivery-1", "m", "c", address, parts, replyTo, null, List.of(), "Mara", false);
    }

    /** What the customer did last, as the channel reads it. */
    private Event lastEvent() {
        try {
            List<Request> requests = channel.poll(account(), "", transport, new TestPollContext(Duration.ZERO))
                    .requests();
            Request last = requests.get(requests.size() - 1);
            return channel.read(account(), Signature.polled(last)).get(0);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Account account() {
        return TelegramTest.account(Map.of(
                "baseUrl",
                URI.create(telegram.settings().get("baseUrl")),
                "token",
                new Secret(String.valueOf(telegram.settings().get("token")))));
    }

    private long ana() {
        return telegram.chatOf("Ana");
    }

    private String address() {
        return Long.toString(ana());
    }

    private static String id(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Sent.class);
        return String.valueOf(((Sent) outcome).externalId());
    }

    private static Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).reason();
    }
}
