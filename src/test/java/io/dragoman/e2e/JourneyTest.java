// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From each provider to the desk as documented, and back, on a gateway with a configuration of its own. */
final class JourneyTest {
    private static final List<String> TEXTS = List.of(
            "გამარჯობა, როგორ ხართ?",
            "Բարև ձեզ, ինչպե՞ս եք",
            "Ýagyş ýagýar, şäherde ňäme täzelik?",
            "مرحبا، كيف حالك؟ ١٢٣",
            "สวัสดีครับ น้ำใจ",
            "👨‍👩‍👧‍👦 🇬🇪 ❤️‍🔥 👍🏽",
            "e\u0301 und \u00e9, İıI ß ẞ",
            "{{ contact.name }} <b>&amp;</b> 'x' \"y\" \\n %s");
    private static final AtomicLong CUSTOMERS = new AtomicLong();

    @TempDir
    private static Path home;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(home);
    }

    @AfterAll
    static void stop() {
        assertThat(world.desk.complaints()).as("signatures at the desk").isEmpty();
        world.close();
    }

    private static String customer(String channel) {
        long number = CUSTOMERS.incrementAndGet();
        return switch (channel) {
            case "wa", "sms", "texts" -> "+4930000" + (1000 + number);
            case "post" -> "customer" + number + "@customers.example";
            default -> "Customer " + number;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wa", "sms", "texts", "page", "insta", "tg", "tg-poll", "post", "line", "viber", "slack", "teams",
                "discord", "matrix", "chat", "x", "wechat"
            })
    void anyScriptReachesTheDeskAndComesBackUnchanged(String channel) {
        for (String text : TEXTS) {
            String customer = customer(channel);
            world.writes(channel, customer, text);
            Note note = world.note(channel, text);
            assertThat(world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", text))
                    .isEqualTo(200);
            World.await("the answer on " + channel, () -> !world.delivered(channel, customer)
                    .isEmpty());
            assertThat(world.delivered(channel, customer)).containsExactly(text);
        }
    }

    @Test
    void noticeHasTheDocumentedFields() {
        world.whatsapp.named("DE.88123", "Ana");
        world.writes("wa", "DE.88123", "ᲒᲐᲛᲐᲠᲯᲝᲑᲐ");
        JsonNode notice = world.note("wa", "ᲒᲐᲛᲐᲠᲯᲝᲑᲐ").json();
        assertThat(names(notice)).containsExactly("type", "timestamp", "data");
        assertThat(notice.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(names(notice.path("data"))).contains("conversation", "contact", "message");

        JsonNode conversation = notice.at("/data/conversation");
        assertThat(names(conversation))
                .contains(
                        "id",
                        "channel",
                        "kind",
                        "subject",
                        "status",
                        "team",
                        "tags",
                        "priority",
                        "language",
                        "replyUntil");
        assertThat(conversation.path("channel").asText()).isEqualTo("wa");
        assertThat(conversation.path("kind").asText()).isEqualTo("whatsapp");
        assertThat(conversation.path("status").asText()).isEqualTo("open");
        assertThat(conversation.path("team").asText()).isEqualTo("tbilisi");
        assertThat(conversation.path("tags").toString()).isEqualTo("[\"matched\"]");
        assertThat(conversation.path("priority").asText()).isEqualTo("high");
        assertThat(conversation.path("subject").isNull()).isTrue();

        JsonNode contact = notice.at("/data/contact");
        assertThat(contact.path("name").asText()).isEqualTo("Ana");
        assertThat(contact.path("identities").toString())
                .isEqualTo("[{\"type\":\"whatsapp\",\"value\":\"DE.88123\",\"verified\":true}]");

        JsonNode message = notice.at("/data/message");
        assertThat(names(message)).contains("id", "sequence", "direction", "sentAt", "receivedAt", "replyTo", "parts");
        assertThat(message.path("sequence").asLong()).isEqualTo(1);
        assertThat(message.path("direction").asText()).isEqualTo("in");
        assertThat(message.path("replyTo").isNull()).isTrue();
        assertThat(message.at("/parts/0/type").asText()).isEqualTo("text");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    @DisplayName("a missed call is one message and its voicemail another, however often Twilio tells of them")
    void callsReachTheDesk() throws Exception {
        world.voice.repeats();
        String caller = customer("texts");
        world.writes("phone", caller, "please call me");
        world.note("phone", "please call me"); // in writing
        String missed = "Missed call from " + caller + "\nCall back: tel:" + caller;
        assertThat(told(missed).path(0).at("/data/callBack").asText()).isEqualTo("tel:" + caller);
        JsonNode voicemail = told("Voicemail, 4 seconds").path(1);
        assertThat(voicemail.path("media").asText()).isEqualTo("audio");
        HttpResponse<String> sound = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(voicemail.path("url").asText()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(sound.body()).startsWith("ID3").endsWith("please call me");
        String other = customer("texts");
        assertThat(world.voice.customerHangsUp(world.callback("phone"), other)).isEqualTo(200);
        told(missed.replace(caller, other));
        assertThat(world.received("phone")).hasSize(4);
        assertThat(world.delivered("phone", other))
                .containsOnly("Sorry, nobody can take your call now. Please leave a message after the tone.");
        assertThat(world.voice.complaints()).isEmpty();
    }

    /** Waits for what the desk is told of a call, whose first part reads so. */
    private static JsonNode told(String text) {
        List<JsonNode> found = new ArrayList<>();
        World.await(text, () -> {
            world.received("phone").stream()
                    .map(note -> note.json().at("/data/message/parts"))
                    .filter(parts -> parts.path(0).path("text").asText().equals(text))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    @Test
    void mediaComesWithALinkThatOpens() throws Exception {
        byte[] photo = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};
        world.whatsapp.customerSends(world.callback("wa"), customer("wa"), photo, "image/jpeg", "a photo");
        JsonNode parts = world.note("wa", "a photo").json().at("/data/message/parts");
        JsonNode media = parts.path(0).path("type").asText().equals("media") ? parts.path(0) : parts.path(1);
        assertThat(names(media)).contains("type", "media", "mimeType", "size", "url");
        assertThat(media.path("media").asText()).isEqualTo("image");
        assertThat(media.path("mimeType").asText()).isEqualTo("image/jpeg");
        assertThat(media.path("size").asInt()).isEqualTo(photo.length);
        HttpResponse<byte[]> opened = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(media.path("url").asText()))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).isEqualTo(photo);
    }

    @Test
    void answerToAMailIsInItsThreadAndTheNextMailInItsConversation() {
        String customer = customer("post");
        String first = world.mail.writes(customer, MailSimulator.ADDRESS, "Größe 42", "Do you have it?", Map.of());
        Note note = world.note("post", "Do you have it?");
        assertThat(note.json().at("/data/conversation/subject").asText()).isEqualTo("Größe 42");
        world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", "We do.");
        World.await("the answer", () -> !world.mail.mailbox(customer).isEmpty());
        Mail answer = world.mail.mailbox(customer).get(0);
        assertThat(answer.subject()).isEqualTo("Re: Größe 42");
        assertThat(answer.header("In-Reply-To")).isEqualTo(first);
        assertThat(answer.header("References")).contains(first);
        assertThat(answer.header("Auto-Submitted")).isEmpty();
        world.mail.writes(customer, answer.header("Reply-To"), "another subject", "I take it.", Map.of());
        Note next = world.note("post", "I take it.");
        assertThat(next.conversation()).isEqualTo(note.conversation());
        assertThat(next.json().at("/data/message/sequence").asLong()).isEqualTo(3);
    }

    @Test
    void sameWebhookFiftyTimesAtOnceIsOneMessage() {
        Provider provider = new Provider(world);
        String whatsapp = """
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
                 "messaging_product":"whatsapp","metadata":{"display_phone_number":"1","phone_number_id":"%s"},
                 "contacts":[{"profile":{"name":"A"},"wa_id":"49301234"}],"messages":[{"from":"49301234",
                 "id":"wamid.same","timestamp":"1795255200","type":"text","text":{"body":"same wa"}}]}}]}]}""".formatted(world.whatsapp.settings().get("phoneNumberId"));
        String telegram = """
                {"update_id":4711,"message":{"message_id":99,"date":1795255200,"text":"same tg",
                 "chat":{"id":77,"type":"private","first_name":"A"},"from":{"id":77,"is_bot":false,"first_name":"A"}}}""";
        Map<String, String> form = Map.of(
                "MessageSid",
                "SM" + "5".repeat(32),
                "SmsMessageSid",
                "SM" + "5".repeat(32),
                "AccountSid",
                world.twilio.settings().get("accountSid"),
                "From",
                "+4930555",
                "To",
                world.twilio.settings().get("from"),
                "Body",
                "same sms",
                "NumMedia",
                "0");
        List<Integer> answers = IntStream.range(0, 150)
                .parallel()
                .mapToObj(i -> switch (i % 3) {
                    case 0 -> provider.signed("wa", whatsapp);
                    case 1 -> provider.signed("tg", telegram);
                    default -> provider.form(form);
                })
                .toList();
        assertThat(answers).containsOnly(200);
        for (String channel : List.of("wa", "tg", "sms")) {
            String customer = customer(channel);
            world.note(channel, "same " + channel);
            world.writes(channel, customer, "after the same on " + channel);
            world.note(channel, "after the same on " + channel);
            assertThat(world.received(channel).stream()
                            .filter(note -> note.text().equals("same " + channel)))
                    .hasSize(1);
        }
    }

    @Test
    void sameAnswerFiftyTimesAtOnceIsOneMessage() {
        String customer = customer("tg");
        world.writes("tg", customer, "answer me once");
        String conversation = world.note("tg", "answer me once").conversation();
        String reply = "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"" + conversation
                + "\"},\"message\":{\"id\":\"r\",\"parts\":[{\"type\":\"text\",\"text\":\"once\"}]}}}";
        assertThat(IntStream.range(0, 50)
                        .parallel()
                        .mapToObj(i -> world.desk.tell(world.callback("helpdesk"), "same-reply", reply))
                        .toList())
                .containsOnly(200);
        world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", "twice");
        World.await("both answers", () -> world.delivered("tg", customer).contains("twice"));
        assertThat(world.delivered("tg", customer)).containsExactly("once", "twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wa", "sms", "texts", "page", "insta", "tg"})
    void fiftyMessagesOfANewCustomerAtOnceAreOneConversationInOrder(String channel) {
        String customer = customer(channel);
        IntStream.range(0, 50).parallel().forEach(i -> world.writes(channel, customer, "burst " + channel + " " + i));
        World.await("all of them", () -> burst(channel).size() == 50);
        assertThat(burst(channel).stream().map(Note::conversation).distinct()).hasSize(1);
        assertThat(burst(channel).stream()
                        .map(note -> note.json().at("/data/message/sequence").asLong()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 50).mapToObj(i -> (long) i).toList());
    }

    private static List<Note> burst(String channel) {
        return world.received(channel).stream()
                .filter(note -> note.text().startsWith("burst " + channel))
                .toList();
    }
}
