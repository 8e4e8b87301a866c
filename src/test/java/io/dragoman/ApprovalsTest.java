// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.approval.ApprovalService;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Timer;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Approvals.Approval;
import io.dragoman.store.Approvals.State;
import io.dragoman.store.Conversations;
import io.dragoman.store.Store;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers in public, from the wait for approval to what is sent. */
final class ApprovalsTest {
    private static final String API = "/api/v1/approvals";
    private static final String RULES = """
            rules:
              - {name: Sorry, on: comment, reply: sorry}
              - {name: Late, on: {silence: 1h}, priority: urgent}
            """;

    @TempDir
    private Path data;

    private final TestChannel channel = new TestChannel();
    private final TestDesk desk = new TestDesk();
    private TestGateway test;

    private void start(String rules, String listening) throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        node(rules),
                        node("replies: {sorry: Sorry}"),
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        node(listening)),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book, channel, desk, setup -> setup);
    }

    private static Node node(String text) {
        return Yaml.read("x.yaml", text, new Problems()).orElseThrow();
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("an automatic answer in public waits, is explained, and is sent once when it is approved")
    void answerShouldBeSentOnceWhenItIsApproved() throws Exception {
        start(RULES, "{}");
        writes("m1", "public:77");
        String id = waiting();
        JsonNode listed = test.admin(API);
        assertThat(listed.path("waiting").asInt()).isEqualTo(1);
        assertThat(listed.at("/approvals/0/text").asText()).isEqualTo("Sorry");
        assertThat(listed.at("/approvals/0/question").asText()).isEqualTo("m1");
        assertThat(explained(messages().get(0).id()))
                .contains(
                        "the answer of the rule Sorry waits for approval, PT48H at most",
                        id + " by rule Sorry: waiting until");
        assertThat(explained(id)).contains("Sorry: waiting");
        TestGateway.await("the desk", () -> !desk.sent.isEmpty());
        assertThat(((ToDesk) desk.sent.get(0)).notice().data().notes())
                .containsExactly("The automatic answer of the rule Sorry is not sent until it is approved.");
        assertThat(sent()).isEmpty();

        assertThat(decide(id, "approve").statusCode()).isEqualTo(200);
        TestGateway.await("the answer", () -> sent().equals(List.of("Sorry")));
        ToCustomer answer = (ToCustomer) channel.sent.get(0);
        assertThat(answer.address()).isEqualTo("public:77");
        assertThat(answer.automatic()).isTrue();
        assertThat(messages().get(1).id()).isEqualTo(id);
        assertThat(messages().get(1).replyTo()).isEqualTo(messages().get(0).id());
        assertThat(decide(id, "approve").statusCode()).as("the same again").isEqualTo(200);
        assertThat(decide(id, "refuse").statusCode()).isEqualTo(409);
        assertThat(decide("unknown", "approve").statusCode()).isEqualTo(404);
        assertThat(explained(messages().get(0).id())).contains("Sorry: approved by ");
        assertThat(test.admin("/api/v1/audit?action=answer.approve").path("entries"))
                .hasSize(1);
        quiet();
        assertThat(sent()).containsExactly("Sorry");
    }

    @Test
    void twoApprovalsAtOnceShouldSendOneAnswer() throws Exception {
        start(RULES, "{}");
        writes("m1", "public:77");
        String id = waiting();
        List<CompletableFuture<Integer>> both = Stream.of(1, 2, 3, 4)
                .map(n -> CompletableFuture.supplyAsync(
                        () -> decide(id, "approve").statusCode()))
                .toList();
        both.forEach(one -> assertThat(one.join()).isEqualTo(200));
        TestGateway.await("the answer", () -> !sent().isEmpty());
        quiet();
        assertThat(sent()).containsExactly("Sorry");
    }

    @Test
    @DisplayName("what waits, and what was approved when the process ended, is there after a restart, and sent once")
    void approvalShouldSurviveTheEndOfTheProcess() throws Exception {
        start(RULES, "{}");
        writes("m1", "public:77");
        String id = waiting();
        test.close();
        try (Store store = Store.sqlite(data.resolve("dragoman.db"), 0, failure -> {})) {
            AuditTrail audit = new AuditTrail(store, test.gateway::newId, Clock.systemUTC());
            ApprovalService approvals = new ApprovalService(store, test.gateway::newId, audit, Clock.systemUTC());
            Actor actor = Actor.commandLine("tester");
            assertThat(approvals.approve(id, actor)).isInstanceOf(ApprovalService.Result.Done.class);
            assertThat(approvals.approve(id, actor)).isInstanceOf(ApprovalService.Result.Done.class);
            assertThat(approvals.refuse(id, actor)).isInstanceOf(ApprovalService.Result.Decided.class);
        }
        assertThat(sent()).isEmpty();
        start(RULES, "{}");
        TestGateway.await("the answer", () -> sent().equals(List.of("Sorry")));
        assertThat(decide(id, "approve").statusCode()).isEqualTo(200);
        test.close();
        start(RULES, "{}");
        quiet();
        assertThat(sent()).containsExactly("Sorry");
    }

    @Test
    void refusedAndExpiredAnswersShouldNeverBeSent() throws Exception {
        start(RULES, "approval: {expires: 1h}");
        writes("m1", "public:77");
        assertThat(decide(waiting(), "refuse").statusCode()).isEqualTo(200);
        writes("m2", "public:77");
        String second = waiting();
        test.clock.move(Duration.ofMinutes(61));
        TestGateway.await("its end", () -> approval(second).state() == State.EXPIRED);
        assertThat(decide(second, "approve").statusCode()).isEqualTo(409);
        assertThat(test.admin(API + "?state=expired").path("approvals")).hasSize(1);
        assertThat(test.admin(API + "?state=refused").path("approvals")).hasSize(1);
        quiet();
        assertThat(sent()).isEmpty();
    }

    @Test
    @DisplayName("agents' answers wait where listening.yaml says so, and end the silence when they are sent")
    void answerOfAnAgentShouldWait() throws Exception {
        start("rules: [{name: Late, on: {silence: 1h}, priority: urgent}]", "approval: {agents: true}");
        writes("m1", "public:77");
        reply("hello");
        String id = waiting();
        assertThat(sent()).isEmpty();
        assertThat(timers()).contains("silence");
        assertThat(decide(id, "approve").statusCode()).isEqualTo(200);
        TestGateway.await("the answer", () -> sent().equals(List.of("hello")));
        assertThat(((ToCustomer) channel.sent.get(0)).automatic()).isFalse();
        assertThat(timers()).doesNotContain("silence");
        reply("never");
        assertThat(decide(waiting(), "refuse").statusCode()).isEqualTo(200);
        TestGateway.await("the desk to know", () -> desk.sent.stream()
                .map(one -> ((ToDesk) one).notice().data().detail())
                .anyMatch("An answer in public is not sent: it was not approved."::equals));
        assertThat(sent()).containsExactly("hello");
    }

    @Test
    void whatNeedsNoApprovalShouldBeSentAtOnce() throws Exception {
        start("rules: [{name: Sorry, reply: sorry, approval: never}]", "{}");
        writes("m1", "public:77");
        TestGateway.await("the answer", () -> sent().equals(List.of("Sorry")));
        writes("m2", "public:77");
        reply("hello");
        TestGateway.await("the agent's", () -> sent().contains("hello"));
        assertThat(test.admin(API).path("waiting").asInt()).isZero();
    }

    @Test
    @DisplayName("what waits counts for the loop guard as if it had been sent")
    void waitingAnswersShouldCount() throws Exception {
        start("guard: {perConversation: 2, perContact: 2}\n" + RULES, "{}");
        for (String text : List.of("m1", "m2", "m3", "m4")) {
            writes(text, "public:77");
        }
        assertThat(test.admin(API).path("waiting").asInt()).isEqualTo(2);
    }

    /** Until everything that is due has happened. */
    private void quiet() {
        TestGateway.await(
                "nothing more to do",
                () -> test.gateway.store().read(tx -> tx.timers().waiting()) <= 1
                        && test.admin("/api/v1/status").at("/waiting/events").asInt() == 0
                        && test.admin("/api/v1/status")
                                        .at("/waiting/deliveries")
                                        .asInt()
                                == 0);
    }

    private void writes(String text, String address) {
        assertThat(test.post("[{\"id\":\"" + text + "\",\"from\":\"" + address + "\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        TestGateway.await(text, () -> messages().stream()
                .anyMatch(one -> one.parts().get(0) instanceof Part.Text said
                        && said.text().equals(text)));
    }

    private void reply(String text) {
        HttpResponse<String> taken = test.admin(
                "POST",
                "/api/v1/conversations/" + conversation().id() + "/messages",
                "{\"text\":\"" + text + "\"}",
                "Idempotency-Key",
                text);
        assertThat(taken.statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> decide(String id, String verb) {
        return test.admin("POST", API + "/" + id + "/" + verb, "{}");
    }

    /** The one that waits. */
    private String waiting() {
        TestGateway.await("an answer that waits", () -> approvals().size() == 1);
        return approvals().get(0).id();
    }

    private List<Approval> approvals() {
        return test.gateway.store().read(tx -> tx.approvals().in(State.WAITING, 10));
    }

    private Approval approval(String id) {
        return test.gateway.store().read(tx -> tx.approvals().find(id)).orElseThrow();
    }

    private List<String> timers() {
        return test.gateway.store().read(tx -> tx.timers().of(conversation().id()).stream()
                .map(Timer::kind)
                .toList());
    }

    private List<String> sent() {
        return channel.sent.stream()
                .map(one -> ((Part.Text) ((ToCustomer) one).parts().get(0)).text())
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

    private String explained(String id) {
        return StoryText.of(new Explain(test.gateway.store(), source -> false, desk -> false, name -> null)
                .story(id)
                .orElseThrow());
    }
}
