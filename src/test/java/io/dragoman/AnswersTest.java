// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.store.Conversations;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers from the FAQ on their way to customers, and how people go on from there. */
final class AnswersTest {
    private static final String RULES = """
            guard: {perConversation: 9, perContact: 9}
            rules: [{name: FAQ, answer: {misses: 3}}]
            """;
    private static final String FAQ = """
            faq:
              - {question: როდის მოვა ჩემი შეკვეთა?, answer: სამ დღეში., language: ka, source: "https://shop.example/ka"}
              - {question: How do I return an item?, answer: Send it back., language: en}
            """;
    private static final String ASKED = "როდის მოვა შეკვეთა";

    @TempDir
    private Path data;

    private final TestChannel channel = new TestChannel();
    private final TestDesk people = new TestDesk();
    private final DeskSimulator bot = new DeskSimulator(0);
    private TestGateway test;

    private void start(UnaryOperator<Setup> change) throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(node(RULES), null, null, node(FAQ), List.of(), null), Set.of(), Set.of("desk"), problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book::decide, channel, people, change);
    }

    private static Node node(String text) {
        return Yaml.read("x.yaml", text, new Problems()).orElseThrow();
    }

    private Setup withBot(Setup setup) {
        Map<String, ConfiguredAccount> desks = new HashMap<>(setup.accounts().desks());
        Account home = desks.get("desk").account();
        Map<String, Object> settings = Map.of(
                "url",
                URI.create(bot.settings().get("url")),
                "secret",
                new Secret(bot.secret()),
                "timeout",
                Duration.ofSeconds(5),
                "holds",
                true,
                "next",
                "desk",
                "botLimit",
                3,
                "holdTimeout",
                Duration.ofMinutes(1));
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
    @DisplayName("a question in Georgian is answered in Georgian, with its source and choices, and agents know")
    void questionShouldBeAnswered() throws Exception {
        start(setup -> setup);
        writes("m1", ASKED);
        TestGateway.await("the answer", () -> channel.sent.size() == 1);
        ToCustomer answer = (ToCustomer) channel.sent.get(0);
        assertThat(answer.automatic()).isTrue();
        // a channel without buttons
        assertThat(answer.parts())
                .containsExactly(
                        new Part.Text("სამ დღეში.\nhttps://shop.example/ka\n\nდაგეხმარათ ეს?\n1. დიახ\n2. არა"));
        assertThat(messages().get(1).parts().get(0)).isInstanceOf(Part.Choices.class);
        TestGateway.await("the desk", () -> received().size() == 1);
        assertThat(notice(0).data().notes()).containsExactly("Answered from the FAQ: როდის მოვა ჩემი შეკვეთა?");
        writes("m2", "დიახ");
        TestGateway.await(
                "its end", () -> "helped".equals(conversation().attributes().get("faq")));
        assertThat(explained(0)).contains("answer: answered", "searched in 'ka'");
        assertThat(channel.sent).hasSize(1);
    }

    @Test
    @DisplayName("after three misses people go on, and nothing more is answered")
    void missesShouldHandOver() throws Exception {
        start(setup -> setup);
        writes("m1", "ლარნაკი ანათებს ღამით");
        writes("m2", "ლარნაკი მღერის დილით");
        writes("m2b", "კატას სძინავს დივანზე");
        TestGateway.await("the word that people go on", () -> channel.sent.size() == 1);
        TestGateway.await("the desk", () -> received().size() == 3);
        assertThat(notice(1).data().notes()).isEmpty();
        assertThat(notice(2).data().notes())
                .containsExactly(
                        "The answers handed the conversation over: nothing in the FAQ is near enough, after 3 misses.");
        assertThat(explained(0)).contains("the answers from the FAQ handed it over to desk: nothing in the FAQ");
        writes("m3", ASKED);
        TestGateway.await("the desk", () -> received().size() == 4);
        assertThat(explained(messages().size() - 1)).contains("answer: nothing, the conversation was handed over");
        assertThat(channel.sent).hasSize(1);
    }

    @Test
    @DisplayName("what was not answered is listed for who writes the FAQ, alike questions together")
    void unansweredQuestionsShouldBeListed() throws Exception {
        start(setup -> setup);
        for (String text : List.of("Do you sell gift cards?", "Thanks", "do you sell a gift card")) {
            writes(text, text);
        }
        writes("m1", ASKED);
        TestGateway.await("the answer", () -> !channel.sent.isEmpty());
        JsonNode report = test.admin("/api/v1/answers/unanswered");
        assertThat(report.path("questions").asInt()).isEqualTo(2);
        assertThat(report.path("groups")).hasSize(1);
        JsonNode group = report.path("groups").get(0);
        assertThat(group.path("count").asInt()).isEqualTo(2);
        assertThat(group.at("/texts/0").asText()).isEqualTo("do you sell a gift card");
        assertThat(group.path("example").asText()).isEqualTo(messages().get(2).id());
        assertThat(test.admin("/api/v1/answers/unanswered?since=2100-01-01T00:00:00Z")
                        .path("questions")
                        .asInt())
                .isZero();
    }

    @Test
    @DisplayName("once a person has answered, the FAQ is silent")
    void personShouldEndIt() throws Exception {
        start(setup -> setup);
        writes("m1", "hello there");
        String path = "/api/v1/conversations/" + conversation().id() + "/messages";
        assertThat(test.admin(
                                "POST",
                                path,
                                "{\"text\":\"I am here\",\"author\":{\"name\":\"Ana\"}}",
                                "Idempotency-Key",
                                "k1")
                        .statusCode())
                .isEqualTo(202);
        TestGateway.await("the person's answer", () -> channel.sent.size() == 1);
        writes("m2", ASKED);
        assertThat(explained(messages().size() - 1))
                .contains("answer: nothing, a person has answered in this conversation");
        assertThat(channel.sent).hasSize(1);
    }

    @Test
    @DisplayName("a bot's conversation is handed over by the FAQ as by the bot: the same desk, note and way back")
    void botsConversationShouldGoOnWithPeople() throws Exception {
        start(this::withBot);
        writes("m1", "I need a real person");
        TestGateway.await("the next desk", () -> received().size() == 1);
        DeskNotice notice = notice(0);
        assertThat(notice.type()).isEqualTo(DeskNotice.Type.MESSAGE_RECEIVED);
        assertThat(notice.data().notes())
                .containsExactly(
                        "The bot bot handed the conversation over: the customer asked for a person ('real person').");
        TestGateway.await("word to the bot", () -> bot.notes().stream()
                .anyMatch(note -> note.json().at("/data/detail").asText().contains("given to the desk desk")));
        assertThat(conversation().desk()).isEqualTo("desk");
        writes("m2", ASKED);
        TestGateway.await("the next desk", () -> received().size() == 2);
        assertThat(explained(messages().size() - 1)).contains("answer: nothing, the conversation was handed over");
    }

    @Test
    @DisplayName("what a bot handed over gets no answer of the FAQ")
    void handOverOfABotShouldEndItToo() throws Exception {
        start(this::withBot);
        writes("m1", "hello there");
        String handOver = "{\"type\":\"conversation.handed-over\",\"data\":{\"conversation\":{\"id\":\""
                + conversation().id() + "\"},\"reason\":\"a refund\"}}";
        URI callback = URI.create("http://127.0.0.1:" + test.gateway.publicPort() + "/desks/bot");
        assertThat(bot.tell(callback, "hand-over", handOver)).isEqualTo(200);
        TestGateway.await("the next desk", () -> received().size() == 1);
        writes("m2", ASKED);
        assertThat(explained(messages().size() - 1)).contains("answer: nothing, the conversation was handed over");
        assertThat(channel.sent).isEmpty();
    }

    private void writes(String id, String text) {
        assertThat(test.post("[{\"id\":\"" + id + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        TestGateway.await(id, () -> messages().stream()
                .anyMatch(message -> message.parts().get(0) instanceof Part.Text one
                        && one.text().equals(text)));
    }

    /** What customers wrote, as the desk of people got it; it also gets the status of what was sent. */
    private List<DeskNotice> received() {
        return people.sent.stream()
                .map(sent -> ((ToDesk) sent).notice())
                .filter(notice -> notice.type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .toList();
    }

    private DeskNotice notice(int n) {
        return received().get(n);
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

    private String explained(int n) {
        Explain explain = new Explain(test.gateway.store(), id -> false, id -> false, name -> null);
        return StoryText.of(explain.story(messages().get(n).id()).orElseThrow());
    }
}
