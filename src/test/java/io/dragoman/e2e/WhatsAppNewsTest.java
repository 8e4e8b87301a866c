// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.store.ContactMerges;
import io.dragoman.store.DeadLetters;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What WhatsApp tells beside a customer's own words, up to the desk. */
final class WhatsAppNewsTest {
    private static final String CONTACT =
            "{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"491701\",\"user_id\":\"DE.ANA\"}";

    @TempDir
    private static Path home;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(home);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @DisplayName("what a customer passed on is marked as such at the desk and in the store")
    void forwardedMessageShouldBeMarked() throws Exception {
        post("messages", messages(CONTACT, text("491701", "wamid.fw", "look", ",\"context\":{\"forwarded\":true}")));
        Note note = world.note("wa", "look");
        assertThat(note.json().at("/data/message/forwarded").asText("absent")).isEmpty();
        assertThat(stored("wamid.fw").forwarded()).isEmpty();

        post("messages", messages(CONTACT, text("491701", "wamid.own", "my own words", "")));
        Note own = world.note("wa", "my own words");
        assertThat(own.json().at("/data/message").has("forwarded")).isFalse();
        assertThat(stored("wamid.own").forwarded()).isNull();
    }

    @Test
    @DisplayName("what the business answered on its phone stands in the conversation, and is not answered again")
    void echoShouldBeAnOutgoingMessageOfThePhone() throws Exception {
        post("messages", messages(CONTACT, text("491701", "wamid.asked", "still open?", "")));
        Note asked = world.note("wa", "still open?");
        String echo = "{\"from\":\"49301\",\"to\":\"491701\",\"id\":\"wamid.phone\",\"timestamp\":\"" + now() + "\","
                + "\"type\":\"text\",\"text\":{\"body\":\"until six\"},\"context\":{\"id\":\"wamid.asked\"}}";
        post("smb_message_echoes", "\"message_echoes\":[" + echo + "]");
        post("smb_message_echoes", "\"message_echoes\":[" + echo + "]");
        World.await("the echo at the desk", () -> !notes("message.sent").isEmpty());
        post("messages", status("wamid.phone", "read"));
        World.await("that it was read", () -> stored("wamid.phone").status() == Status.READ);

        assertThat(notes("message.sent")).hasSize(1);
        JsonNode message = notes("message.sent").get(0).json().at("/data/message");
        assertThat(message.path("conversation").asText()).isEqualTo(asked.conversation());
        assertThat(message.path("direction").asText()).isEqualTo("out");
        assertThat(message.at("/author/kind").asText()).isEqualTo("phone");
        assertThat(message.path("status").asText()).isEqualTo("sent");
        assertThat(message.path("replyTo").asText())
                .isEqualTo(asked.json().at("/data/message/id").asText());
        assertThat(message.at("/parts/0/text").asText()).isEqualTo("until six");
        assertThat(world.delivered("wa", "+491701")).isEmpty();
    }

    @Test
    @DisplayName("a conversation that the business begins on its phone has a closed window")
    void echoToAStrangerShouldBeginAConversation() throws Exception {
        String echo = "{\"from\":\"49301\",\"to\":\"491777\",\"id\":\"wamid.first\",\"timestamp\":\"" + now() + "\","
                + "\"type\":\"text\",\"text\":{\"body\":\"your order is here\"}}";
        post("messages", status("wamid.first", "delivered"));
        post("smb_message_echoes", "\"message_echoes\":[" + echo + "]");
        World.await("the echo", () -> notes("message.sent").stream()
                .anyMatch(note -> note.text().equals("your order is here")));
        Note told = notes("message.sent").stream()
                .filter(note -> note.text().equals("your order is here"))
                .findFirst()
                .orElseThrow();
        assertThat(told.json().at("/data/conversation/replyUntil").asText())
                .isEqualTo(told.json().at("/data/message/sentAt").asText());
        assertThat(stored("wamid.first").status()).isEqualTo(Status.DELIVERED);

        post(
                "messages",
                messages(
                        CONTACT.replace("491701", "491777").replace("DE.ANA", "DE.BEA"),
                        text("491777", "wamid.thanks", "thanks for telling", "")));
        assertThat(world.note("wa", "thanks for telling").conversation()).isEqualTo(told.conversation());
    }

    @Test
    @DisplayName("a customer whose user id changes stays one contact with one conversation")
    void newUserIdShouldKeepTheContact() throws Exception {
        String named = "{\"profile\":{\"username\":\"mia\"},\"user_id\":\"%s\"}";
        post("messages", messages(named.formatted("DE.OLD"), byUser("DE.OLD", "wamid.m1", "before")));
        Note before = world.note("wa", "before");
        post(
                "messages",
                "\"messages\":[{\"id\":\"wamid.m2\",\"timestamp\":\"" + now() + "\",\"type\":\"system\",\"system\":"
                        + "{\"body\":\"mia has a new id\",\"type\":\"user_changed_user_id\",\"user_id\":\"DE.NEW\","
                        + "\"previous_user_id\":\"DE.OLD\"}}]");
        world.note("wa", "mia has a new id");
        post("messages", messages(named.formatted("DE.NEW"), byUser("DE.NEW", "wamid.m3", "after")));
        Note after = world.note("wa", "after");
        assertThat(after.conversation()).isEqualTo(before.conversation());
        assertThat(after.json().at("/data/contact/id")).isEqualTo(before.json().at("/data/contact/id"));
        assertThat(world.desk.agentReplies(world.callback("helpdesk"), after.conversation(), "Max", "hello again"))
                .isEqualTo(200);
        World.await("the answer", () -> world.delivered("wa", "DE.NEW").equals(List.of("hello again")));
    }

    @Test
    @DisplayName("two contacts that WhatsApp says are one person become one, and an operator can part them")
    void contactsOfOnePersonShouldBeMerged() throws Exception {
        String named = "{\"profile\":{\"username\":\"lia\"},\"user_id\":\"%s\"}";
        post("messages", messages(named.formatted("DE.LIA1"), byUser("DE.LIA1", "wamid.l1", "lia before")));
        Note before = world.note("wa", "lia before");
        post("messages", messages(named.formatted("DE.LIA2"), byUser("DE.LIA2", "wamid.l2", "lia meanwhile")));
        Note meanwhile = world.note("wa", "lia meanwhile");
        String survivor = before.json().at("/data/contact/id").asText();
        String merged = meanwhile.json().at("/data/contact/id").asText();
        assertThat(merged).isNotEqualTo(survivor);
        post(
                "messages",
                "\"messages\":[{\"id\":\"wamid.l3\",\"timestamp\":\"" + now() + "\",\"type\":\"system\",\"system\":"
                        + "{\"body\":\"lia has a new id\",\"type\":\"user_changed_user_id\",\"user_id\":\"DE.LIA2\","
                        + "\"previous_user_id\":\"DE.LIA1\"}}]");
        Note change = world.note("wa", "lia has a new id");
        assertThat(change.json().at("/data/contact/id").asText()).isEqualTo(survivor);
        assertThat(change.conversation()).isEqualTo(meanwhile.conversation());
        for (String id : List.of("DE.LIA1", "DE.LIA2")) {
            post("messages", messages(named.formatted(id), byUser(id, "wamid.after" + id, "after " + id)));
            Note after = world.note("wa", "after " + id);
            assertThat(after.conversation()).isEqualTo(meanwhile.conversation());
            assertThat(after.json().at("/data/contact/id").asText()).isEqualTo(survivor);
        }
        List<ContactMerges.Merge> merges =
                world.gateway().store().read(tx -> tx.merges().of(survivor));
        assertThat(merges).singleElement().satisfies(merge -> assertThat(merge.merged())
                .isEqualTo(merged));
        assertThat(dead()).isEmpty();
    }

    @Test
    @DisplayName(
            "a phone number that the answer to a message tells is the customer's, who was known by a user id alone")
    void numberOfASendsAnswerShouldBeLinked() throws Exception {
        post(
                "messages",
                messages(
                        "{\"profile\":{\"username\":\"noa\"},\"user_id\":\"DE.NOA\"}",
                        byUser("DE.NOA", "wamid.n1", "noa by name")));
        Note byName = world.note("wa", "noa by name");
        world.whatsapp.revealed("DE.NOA", "+491755");
        assertThat(world.desk.agentReplies(world.callback("helpdesk"), byName.conversation(), "Max", "hello noa"))
                .isEqualTo(200);
        Identity phone = new Identity(Identity.PHONE, "+491755", true);
        World.await("the number", () -> world.gateway()
                .store()
                .read(tx -> tx.contacts().byIdentity("wa", List.of(phone)))
                .isPresent());
        post("messages", messages("{\"wa_id\":\"491755\"}", text("491755", "wamid.n2", "noa by number", "")));
        Note byNumber = world.note("wa", "noa by number");
        assertThat(byNumber.conversation()).isEqualTo(byName.conversation());
        assertThat(byNumber.json().at("/data/contact/id"))
                .isEqualTo(byName.json().at("/data/contact/id"));
        assertThat(dead()).isEmpty();
    }

    @Test
    @DisplayName("who stops marketing has opted out until they resume, and the desk sees both")
    void preferenceShouldBeConsent() throws Exception {
        post(
                "messages",
                messages(
                        CONTACT.replace("491701", "491733").replace("DE.ANA", "DE.PIA"),
                        text("491733", "wamid.p1", "a first word", "")));
        Note first = world.note("wa", "a first word");
        String contact = first.json().at("/data/contact/id").asText();
        post("user_preferences", preference("stop"));
        World.await("the stop at the desk", () -> structured("preference", "marketing_messages: stop") != null);
        assertThat(optedOut(contact)).isTrue();
        Note stop = structured("preference", "marketing_messages: stop");
        assertThat(stop.conversation()).isEqualTo(first.conversation());
        assertThat(stop.json().at("/data/conversation/replyUntil"))
                .as("no message of the customer's own")
                .isEqualTo(first.json().at("/data/conversation/replyUntil"));
        post("user_preferences", preference("resume"));
        World.await("the resume at the desk", () -> structured("preference", "marketing_messages: resume") != null);
        assertThat(optedOut(contact)).isFalse();
        assertThat(dead()).isEmpty();
    }

    @Test
    @DisplayName("a missed call is a message that can be answered")
    void missedCallShouldBeAMessage() throws Exception {
        post(
                "calls",
                "\"calls\":[{\"id\":\"wacid.1\",\"from\":\"491744\",\"to\":\"49301\",\"event\":\"terminate\","
                        + "\"direction\":\"USER_INITIATED\",\"status\":\"FAILED\",\"timestamp\":\"" + now() + "\"}]");
        World.await("the call at the desk", () -> structured("call", "Missed call") != null);
        Note call = structured("call", "Missed call");
        assertThat(world.desk.agentReplies(world.callback("helpdesk"), call.conversation(), "Max", "we call back"))
                .isEqualTo(200);
        World.await("the answer", () -> world.delivered("wa", "+491744").equals(List.of("we call back")));
        assertThat(dead()).isEmpty();
    }

    @Test
    @DisplayName("what Meta says of a template stands in health until Meta says that it is over")
    void noticeOfATemplateShouldStandInHealth() throws Exception {
        template("REJECTED");
        World.await("the problem", () -> health().path("status").asText().equals("account-problem"));
        assertThat(health().at("/notices/0/about").asText()).isEqualTo("template order_ready (en)");
        assertThat(health().at("/notices/0/text").asText()).isEqualTo("Meta says REJECTED");
        assertThat(health().at("/notices/0/problem").asBoolean()).isTrue();
        template("APPROVED");
        World.await("that it is over", () -> health().path("status").asText().equals("ok"));
        assertThat(health().has("notices")).isFalse();
        assertThat(dead()).isEmpty();
    }

    private static void template(String event) {
        ObjectNode value = Json.mapper().createObjectNode().put("event", event);
        value.put("message_template_name", "order_ready").put("message_template_language", "en");
        assertThat(world.whatsapp.accountChanges(world.callback("wa"), "message_template_status_update", value))
                .isEqualTo(200);
    }

    private static JsonNode health() {
        for (JsonNode channel : new Operator(world).get("/health/ready").path("channels")) {
            if (channel.path("id").asText().equals("wa")) {
                return channel;
            }
        }
        throw new AssertionError("the channel is not in health");
    }

    private static String preference(String value) {
        return "\"user_preferences\":[{\"wa_id\":\"491733\",\"category\":\"marketing_messages\",\"value\":\"" + value
                + "\",\"timestamp\":\"" + now() + "\"}]";
    }

    private static @Nullable Note structured(String what, String text) {
        return notes("message.received").stream()
                .filter(note ->
                        note.json().at("/data/message/parts/0/what").asText().equals(what))
                .filter(note ->
                        note.json().at("/data/message/parts/0/text").asText().equals(text))
                .findFirst()
                .orElse(null);
    }

    private static boolean optedOut(String contact) {
        return world.gateway().store().read(tx -> tx.contacts().optedOut("wa", contact));
    }

    private static List<DeadLetters.DeadLetter> dead() {
        return world.gateway().store().read(tx -> tx.deadLetters().latest(DeadLetters.Filter.ALL, 10));
    }

    private static String byUser(String user, String id, String text) {
        return text("", id, text, "").replace("\"from\":\"\"", "\"from_user_id\":\"" + user + "\"");
    }

    private static List<Note> notes(String type) {
        return world.desk.notes().stream()
                .filter(note -> note.type().equals(type))
                .toList();
    }

    private static String status(String id, String status) {
        return "\"statuses\":[{\"id\":\"" + id + "\",\"status\":\"" + status + "\",\"timestamp\":\"" + now()
                + "\",\"recipient_id\":\"491701\"}]";
    }

    private static long now() {
        return world.clock.instant().getEpochSecond();
    }

    private static Message stored(String externalId) {
        return world.gateway()
                .store()
                .read(tx -> tx.messages().byExternalId("wa", externalId))
                .orElseThrow();
    }

    private static String messages(String contact, String... messages) {
        return "\"contacts\":[" + contact + "],\"messages\":[" + String.join(",", messages) + "]";
    }

    private static String text(String from, String id, String text, String more) {
        return "{\"from\":\"" + from + "\",\"id\":\"" + id + "\",\"timestamp\":\"" + now() + "\",\"type\":\"text\","
                + "\"text\":{\"body\":\"" + text + "\"}" + more + "}";
    }

    /** Posts one change of the channel's number, signed. */
    private static void post(String field, String value) throws Exception {
        String number = world.whatsapp.settings().get("phoneNumberId");
        String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\""
                + field + "\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
                + "{\"display_phone_number\":\"49301\",\"phone_number_id\":\"" + number + "\"}," + value + "}}]}]}";
        assertThat(new Provider(world).signed("wa", body)).isEqualTo(200);
    }
}
