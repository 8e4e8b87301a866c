// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.ConversationPolicy;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.desk.webhook.WebhookDesk;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SetDesk;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.store.Conversations;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bot answers first, and people go on. */
final class BotDeskTest {
    @TempDir
    private Path data;

    private final AtomicReference<Decision> ruled = new AtomicReference<>(Decision.NOTHING);
    private final TestChannel channel = new TestChannel();
    private final TestDesk people = new TestDesk();
    private final DeskSimulator bot = new DeskSimulator(0);
    private final Map<String, Object> settings = new TreeMap<>();
    private TestGateway test;
    private int ids;

    @BeforeEach
    void start() throws Exception {
        settings.putAll(Map.of("url", URI.create(bot.settings().get("url")), "secret", new Secret(bot.secret())));
        settings.putAll(Map.of("timeout", Duration.ofSeconds(5), "holds", true, "next", "desk", "botLimit", 3));
        settings.put("holdTimeout", Duration.ofMinutes(1));
        run();
    }

    private void run() throws Exception {
        test = new TestGateway(data, situation -> ruled.get(), channel, people, this::withBot);
    }

    private Setup withBot(Setup setup) {
        Map<String, ConfiguredAccount> desks = new HashMap<>(setup.accounts().desks());
        Account home = desks.get("desk").account();
        Account account = new Account(Side.DESK, "bot", "webhook", settings, false, home.home());
        desks.put("bot", new ConfiguredAccount(account, new WebhookDesk()));
        ConversationPolicy policy = setup.accounts().policy();
        ConfiguredAccounts accounts = new ConfiguredAccounts(
                setup.accounts().channels(),
                desks,
                new ConversationPolicy("bot", policy.reopenWithin(), policy.mediaWait()));
        return new Setup(
                setup.settings(),
                accounts,
                setup.rules(),
                setup.routes(),
                setup.key(),
                setup.adminToken(),
                setup.environment());
    }

    @AfterEach
    void stop() {
        test.close();
        bot.close();
    }

    @Test
    @DisplayName("it gets the conversation, and its answer reaches the customer as that of no person")
    void botShouldAnswerFirst() {
        writes("m1");
        botAnswers("hello");
        Message answer = messages().get(1);
        assertThat(answer.author()).isEqualTo(new Message.Author(Message.Author.Kind.BOT, "Mara"));
        assertThat(((ToCustomer) channel.sent.get(0)).automatic()).isTrue();
        assertThat(((ToCustomer) channel.sent.get(0)).author()).isNull();
        assertThat(people.sent).isEmpty();
        test.clock.move(Duration.ofSeconds(61));
        TestGateway.await("the end of its timer", () -> timer().state() == Deliveries.State.CANCELLED);
        assertThat(conversation().desk()).isEqualTo("bot");
        assertThat(people.sent).isEmpty();
    }

    @Test
    @DisplayName(
            "it hands over: the next desk is shown all that was written, with the reason, and keeps the conversation")
    void handedOverConversationShouldGoOnWithTheNextDesk() {
        ruled.set(new Decision(List.of(new SetDesk("bot")), List.of()));
        writes("m1");
        botAnswers("let me see");
        assertThat(handsOver("\"a refund\"")).isEqualTo(200);
        TestGateway.await("the next desk", () -> people.sent.size() >= 1);
        DeskNotice notice = notice(0);
        assertThat(notice.type()).isEqualTo(DeskNotice.Type.MESSAGE_SENT);
        assertThat(texts(notice.data().history())).containsExactly("m1");
        assertThat(texts(List.of(notice.data().message()))).containsExactly("let me see");
        assertThat(notice.data().notes()).containsExactly("The bot bot handed the conversation over: a refund.");
        TestGateway.await("word to the bot", () -> bot.notes().stream().anyMatch(BotDeskTest::saysWhoHasIt));
        writes("m2"); // the rule names the bot still
        TestGateway.await("the next desk", () -> people.sent.size() >= 2);
        assertThat(conversation().desk()).isEqualTo("desk");
        assertThat(explained()).contains("the bot bot handed it over to desk: a refund");
    }

    @Test
    @DisplayName("after a person's answer its own is not sent, and is shown as ignored")
    void personShouldStopTheBot() {
        writes("m1");
        String answer = "{\"text\":\"I am here\",\"author\":{\"name\":\"Ana\"}}";
        String path = "/api/v1/conversations/" + conversation().id() + "/messages";
        assertThat(test.admin("POST", path, answer, "Idempotency-Key", "k1").statusCode())
                .isEqualTo(202);
        TestGateway.await("the next desk", () -> people.sent.size() >= 1);
        assertThat(notice(0).data().notes())
                .containsExactly("The bot bot handed the conversation over: a person answered.");
        assertThat(bot.tell(callback(), "late", reply("me too"))).isEqualTo(200);
        TestGateway.await("the end of it", () -> event("bot", "late").state() == Events.State.IGNORED);
        assertThat(event("bot", "late").reason()).contains("the desk desk has the conversation now");
        assertThat(test.admin("/api/v1/ignored").toString()).contains("journey.bot-handed-over");
        assertThat(sent()).containsExactly("I am here");
    }

    @Test
    @DisplayName("closed and written to again, the bot is first again; a desk that had it before stops it by an answer")
    void reopenedConversationShouldBeginWithTheBot() {
        writes("m1");
        assertThat(handsOver("null")).isEqualTo(200);
        TestGateway.await("the next desk", () -> people.sent.size() >= 1);
        assertThat(says("conversation.closed", "c1", "")).isEqualTo(200);
        TestGateway.await("its end", () -> conversation().status() == Conversation.State.CLOSED);
        writes("m2");
        TestGateway.await("the bot", () -> bot.notes().stream()
                .anyMatch(note -> note.text().equals("m2")));
        assertThat(conversation().desk()).isEqualTo("bot");
        botAnswers("again");
        int known = people.sent.size();
        assertThat(says("agent.replied", "r1", ",\"parts\":[{\"type\":\"text\",\"text\":\"mine\"}]"))
                .isEqualTo(200);
        TestGateway.await("the next desk", () -> people.sent.size() >= known + 1);
        assertThat(notice(known).type()).as("it knows what it wrote").isEqualTo(DeskNotice.Type.CONVERSATION_UPDATED);
        assertThat(notice(known).data().detail()).contains("a person answered");
        assertThat(conversation().desk()).isEqualTo("desk");
    }

    @Test
    @DisplayName("answers in a row are limited: the one beyond is not sent, and the conversation handed over")
    void loopShouldEnd() {
        writes("m1");
        for (int i = 1; i <= 3; i++) {
            botAnswers("a" + i);
        }
        writes("m2");
        for (int i = 4; i <= 6; i++) {
            botAnswers("a" + i);
        }
        assertThat(bot.tell(callback(), "surplus", reply("a7"))).isEqualTo(200);
        TestGateway.await("the next desk", () -> people.sent.size() >= 1);
        assertThat(notice(0).data().notes()).singleElement().asString().contains("answered 3 times", "botLimit");
        assertThat(event("bot", "surplus").state()).isEqualTo(Events.State.IGNORED);
        assertThat(sent()).containsExactly("a1", "a2", "a3", "a4", "a5", "a6");
    }

    @Test
    @DisplayName("what it does not answer in time is handed over once, though the gateway was restarted meanwhile")
    void silentBotShouldBePassedOver() throws Exception {
        writes("m1");
        TestGateway.await("the bot", () -> !bot.notes().isEmpty());
        test.close();
        run();
        assertThat(people.sent).isEmpty();
        test.clock.move(Duration.ofSeconds(61));
        TestGateway.await("the next desk", () -> people.sent.size() >= 1);
        assertThat(notice(0).type()).isEqualTo(DeskNotice.Type.MESSAGE_RECEIVED);
        assertThat(notice(0).data().notes()).singleElement().asString().contains("did not answer within 1m");
        TestGateway.await("the end of its timer", () -> timer().state() == Deliveries.State.DELIVERED);
        test.close();
        run();
        test.clock.move(Duration.ofMinutes(10));
        writes("m2");
        TestGateway.await("the next message", () -> people.sent.size() >= 2);
    }

    @Test
    @DisplayName("when its endpoint is gone, the conversation goes on without it")
    void deadEndpointShouldBePassedOver() throws Exception {
        bot.close();
        writes("m1");
        test.clock.move(Duration.ofSeconds(61));
        TestGateway.await("the next desk", () -> people.sent.size() >= 1);
        assertThat(conversation().desk()).isEqualTo("desk");
    }

    @Test
    @DisplayName("a notice that it refuses for good hands over at once")
    void deadNoticeShouldHandOver() {
        settings.put("url", URI.create(bot.settings().get("url") + "/nowhere")); // it answers 400
        test.gateway.reload(
                withBot(test.gateway.setup()).accounts(), test.gateway.setup().rules());
        writes("m1");
        TestGateway.await("the next desk", () -> people.sent.size() >= 1);
        assertThat(notice(0).data().notes()).singleElement().asString().contains("could not be told");
        assertThat(conversation().desk()).isEqualTo("desk");
    }

    @Test
    @DisplayName("a desk that is no bot hands nothing over")
    void onlyBotsShouldHandOver() {
        writes("m1");
        assertThat(handsOver("\"a refund\"")).isEqualTo(200);
        TestGateway.await("the next desk", () -> people.sent.size() >= 1);
        assertThat(says("conversation.handed-over", "h1", "")).isEqualTo(200);
        TestGateway.await("its end", () -> event("desk", "h1").state() == Events.State.IGNORED);
        assertThat(event("desk", "h1").reason()).contains("is no bot");
    }

    private void writes(String text) {
        assertThat(test.post("[{\"id\":\"" + text + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        TestGateway.await(text, () -> texts(messages()).contains(text));
    }

    private void botAnswers(String text) {
        int before = channel.sent.size();
        assertThat(bot.agentReplies(callback(), conversation().id(), "Mara", text))
                .isEqualTo(200);
        TestGateway.await("its answer", () -> channel.sent.size() == before + 1);
    }

    private int handsOver(String reason) {
        return bot.tell(
                callback(),
                "hand-over-" + ids++,
                "{\"type\":\"conversation.handed-over\",\"data\":{\"conversation\":{\"id\":\""
                        + conversation().id() + "\"},\"reason\":" + reason + "}}");
    }

    private String reply(String text) {
        return "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\""
                + conversation().id() + "\"},\"message\":{\"text\":\"" + text + "\"}}}";
    }

    /** An event from the desk of people. */
    private int says(String type, String key, String more) {
        String body = "[{\"type\":\"" + type + "\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"conversation\":\"" + conversation().id() + "\"" + more + "}]";
        return test.postDesk(body);
    }

    private URI callback() {
        return URI.create("http://127.0.0.1:" + test.gateway.publicPort() + "/desks/bot");
    }

    private static boolean saysWhoHasIt(Note note) {
        return note.json().at("/data/detail").asText().contains("given to the desk desk");
    }

    private DeskNotice notice(int n) {
        return ((ToDesk) people.sent.get(n)).notice();
    }

    private List<String> sent() {
        return channel.sent.stream()
                .map(one -> ((Part.Text) ((ToCustomer) one).parts().get(0)).text())
                .toList();
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream()
                .map(message -> ((Part.Text) message.parts().get(0)).text())
                .toList();
    }

    private List<Message> messages() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1).stream()
                        .flatMap(one -> tx.messages().of(one.id(), 0, 100).stream())
                        .toList());
    }

    private Conversation conversation() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0);
    }

    private Deliveries.Stored timer() {
        return test.gateway.store().read(tx -> tx.deliveries().recent(null, 100)).stream()
                .filter(delivery -> delivery.kind() == Deliveries.Kind.BOT)
                .reduce((later, first) -> first)
                .orElseThrow();
    }

    private Events.Stored event(String source, String key) {
        return test.gateway.store().read(tx -> tx.events().find(source, key)).orElseThrow();
    }

    private String explained() {
        Explain explain = new Explain(test.gateway.store(), id -> false, id -> false, name -> null);
        return StoryText.of(explain.story(messages().get(0).id()).orElseThrow());
    }
}
