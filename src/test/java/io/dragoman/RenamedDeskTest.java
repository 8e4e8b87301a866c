// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.ConversationPolicy;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.store.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk gets another id, and what was known of its tickets is moved to it; or it becomes another helpdesk. */
final class RenamedDeskTest {
    private static final String HERE = "https://acme.example.com";

    @TempDir
    private Path data;

    private final TestDesk renamed = new TestDesk();
    private TestGateway test;

    @BeforeEach
    void start() throws Exception {
        test = new TestGateway(data);
        configure("fd", test.desk, HERE);
        test.desk.outcomes.add(new Outcome.Sent("T-1", List.of(), null, "W-1", List.of(), Map.of()));
        writes("m1");
        TestGateway.await("the ticket", () -> test.desk.sent.size() == 1);
        answers("fd", "a1", "T-1");
        TestGateway.await("the answer", () -> brought().equals(List.of("a1")));
        TestGateway.await("what became of it", () -> test.desk.sent.size() == 2);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("at the same helpdesk old tickets are answered, nothing goes out twice, and no history is sent again")
    void sameHelpdeskShouldGoOn() {
        configure("fd2", renamed, HERE + "/");
        answers("fd2", "a1", "T-1"); // its first poll tells of what the former desk told
        answers("fd2", "a2", "T-1");
        TestGateway.await("both dead", () -> dead().size() == 2);
        assertThat(dead()).allMatch(reason -> reason.contains("./dragoman move fd fd2"));
        String moved = move();
        assertThat(moved).contains("\"sameHelpdesk\":true");
        replay();
        TestGateway.await("the answer since", () -> brought().equals(List.of("a1", "a2")));
        answers("fd2", "a3", "T-1");
        TestGateway.await("the next answer", () -> brought().equals(List.of("a1", "a2", "a3")));
        assertThat(dead()).isEmpty();
        writes("m2");
        TestGateway.await("the next message", () -> !messages().isEmpty());
        assertThat(messages().get(0).notice().data().conversation().deskReference())
                .isEqualTo("T-1");
        assertThat(messages().get(0).notice().data().history()).isEmpty();
    }

    @Test
    @DisplayName("what the gateway wrote under the former id is not taken for an agent's answer")
    void ownWritingShouldBeKnown() {
        configure("fd2", renamed, HERE);
        move();
        answers("fd2", "W-1", "T-1"); // the first message's own id there
        answers("fd2", "a2", "T-1");
        TestGateway.await("the answer", () -> brought().contains("a2"));
        assertThat(brought()).containsExactly("a1", "a2");
    }

    @Test
    @DisplayName("another helpdesk gets the messages before with the next one, and old tickets are none of its own")
    void otherHelpdeskShouldBeginAnew() {
        configure("fd2", renamed, "https://other.example.com");
        assertThat(move()).contains("\"sameHelpdesk\":false");
        writes("m2");
        TestGateway.await("the next message", () -> !messages().isEmpty());
        DeskNotice.Data told = messages().get(0).notice().data();
        assertThat(told.conversation().deskReference()).isNull();
        assertThat(told.history())
                .flatExtracting(Message::parts)
                .containsExactly(new Part.Text("m1"), new Part.Text("a1"));
        writes("m3");
        TestGateway.await("one more", () -> messages().size() == 2);
        assertThat(messages().get(1).notice().data().history()).isEmpty();
        answers("fd2", "a2", "T-1");
        TestGateway.await("the reason", () -> !dead().isEmpty());
        assertThat(dead()).containsExactly("there is no conversation of this desk with the id that the reply names");
    }

    @Test
    @DisplayName("what waited goes to another helpdesk with the messages before the first of it")
    void waitingShouldBringTheHistory() {
        test.desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofHours(1)));
        writes("m2");
        TestGateway.await("the failure", test.desk.outcomes::isEmpty);
        writes("m3");
        TestGateway.await(
                "both waiting",
                () -> test.gateway.store().read(tx -> tx.orphans().holdings()).stream()
                        .anyMatch(holding -> holding.id().equals("fd") && holding.waiting() == 2));
        configure("fd2", renamed, "https://other.example.com");
        move();
        TestGateway.await("both", () -> messages().size() == 2);
        assertThat(messages().get(0).notice().data().history()).hasSize(2);
        assertThat(messages().get(1).notice().data().history()).isEmpty();
    }

    private void configure(String id, TestDesk desk, String baseUrl) {
        ConfiguredAccounts now = test.gateway.setup().accounts();
        ConfiguredAccount configured =
                TestGateway.configured(id, desk, "secret of " + id, new HashMap<>(Map.of("baseUrl", baseUrl)));
        test.gateway.reload(
                new ConfiguredAccounts(
                        now.channels(),
                        Map.of(id, configured),
                        new ConversationPolicy(
                                id, now.policy().reopenWithin(), now.policy().mediaWait())),
                situation -> Decision.NOTHING);
    }

    private void answers(String desk, String key, String ticket) {
        String body = "[{\"type\":\"agent.replied\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"reference\":\"" + ticket + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + key
                + "\"}],\"author\":\"Max\"}]";
        assertThat(test.post(
                        "/desks/" + desk,
                        body,
                        TestChannel.sign("secret of " + desk, body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(200);
    }

    private void writes(String text) {
        assertThat(test.post("[{\"id\":\"" + text + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
    }

    private String move() {
        return test.admin("POST", "/api/v1/move", "{\"from\":\"fd\",\"to\":\"fd2\"}")
                .body()
                .replace(" ", "");
    }

    private void replay() {
        assertThat(test.admin("POST", "/api/v1/dead/replay", "{\"all\":true}").statusCode())
                .isEqualTo(200);
    }

    private List<String> dead() {
        return test.gateway.store().read(tx -> tx.deadLetters().latest(DeadLetters.Filter.ALL, 100)).stream()
                .map(letter -> String.valueOf(letter.reason()))
                .toList();
    }

    private List<ToDesk> messages() {
        return renamed.sent.stream()
                .map(ToDesk.class::cast)
                .filter(told -> told.notice().type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .toList();
    }

    private List<String> brought() {
        return test.channel.sent.stream()
                .map(ToCustomer.class::cast)
                .flatMap(sent -> sent.parts().stream())
                .map(part -> ((Part.Text) part).text())
                .toList();
    }
}
