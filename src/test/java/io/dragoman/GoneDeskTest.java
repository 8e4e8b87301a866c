// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SetDesk;
import io.dragoman.rules.facts.Situation;
import io.dragoman.store.Conversations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A desk is taken out of the configuration, or renamed, while it has open conversations. */
final class GoneDeskTest {
    private final TestDesk second = new TestDesk();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.dragoman");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path data;

    private TestGateway test;
    private ConfiguredAccounts both;

    private static Decision toSecond(Situation situation) {
        return new Decision(List.of(new SetDesk("second")), List.of());
    }

    private static Decision noRules(Situation situation) {
        return Decision.NOTHING;
    }

    @BeforeEach
    void start() throws Exception {
        test = new TestGateway(data);
        ConfiguredAccounts one = test.gateway.setup().accounts();
        Map<String, ConfiguredAccount> desks = new HashMap<>(one.desks());
        desks.put("second", TestGateway.configured("second", second, "secret of second"));
        both = new ConfiguredAccounts(one.channels(), desks, one.policy());
        second.outcomes.add(new Outcome.Sent("S-1"));
        test.gateway.reload(both, GoneDeskTest::toSecond);
        writes("m1");
        TestGateway.await("the first message", () -> messages(second).size() == 1);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        test.close();
    }

    @Test
    @DisplayName("the default desk gets the conversation of a desk that is gone, without that desk's ticket")
    void conversationShouldFallToTheDefaultDesk() {
        withoutSecond();
        writes("m2");
        TestGateway.await("the next message", () -> messages(test.desk).size() == 1);
        Conversation told = messages(test.desk).get(0).notice().data().conversation();
        assertThat(told.desk()).isEqualTo("desk");
        assertThat(told.deskReference()).isNull();
        assertThat(stored().desk()).isEqualTo("desk");
        boolean assigned =
                test.gateway.store().read(tx -> tx.conversationDesks().wasAssigned(told.id(), "desk"));
        assertThat(assigned).isTrue();
    }

    @Test
    @DisplayName("explain and the log say which desk is gone, which one has the conversation now, and its id")
    void fallShouldBeTold() {
        withoutSecond();
        writes("m2");
        TestGateway.await("the next message", () -> messages(test.desk).size() == 1);
        String message = messages(test.desk).get(0).notice().data().message().id();
        assertThat(test.admin("/api/v1/messages/" + message + "/explain")
                        .path("placed")
                        .asText())
                .contains("desk second is not configured any more: desk has the conversation now");
        assertThat(lines())
                .anyMatch(line -> line.startsWith("WARN")
                        && line.contains("desk second is not configured any more")
                        && line.contains(stored().id()));
    }

    @Test
    @DisplayName("news of a message reach the default desk too")
    void newsShouldFallToTheDefaultDesk() {
        withoutSecond();
        assertThat(test.post(
                        "[{\"type\":\"message.edited\",\"key\":\"e1\",\"lane\":\"ana\",\"at\":\"2026-11-21T10:00:00.000Z\","
                                + "\"externalId\":\"m1\",\"parts\":[{\"type\":\"text\",\"text\":\"better\"}]}]"))
                .isEqualTo(200);
        TestGateway.await("the edit", () -> test.desk.sent.stream()
                .map(ToDesk.class::cast)
                .anyMatch(told -> told.notice().type() == DeskNotice.Type.MESSAGE_EDITED));
        assertThat(stored().desk()).isEqualTo("desk");
    }

    @Test
    @DisplayName("health names what is open at a desk that is gone before anybody writes again")
    void healthShouldNameOrphans() {
        withoutSecond();
        JsonNode health = test.admin("/health/ready");
        assertThat(health.at("/orphaned/0/id").asText()).isEqualTo("second");
        assertThat(health.at("/orphaned/0/openConversations").asInt()).isEqualTo(1);
        assertThat(health.at("/orphaned/1").isMissingNode()).isTrue();
    }

    @Test
    @DisplayName("a desk that is only switched off keeps its conversations, and what they say waits")
    void switchedOffDeskShouldKeepItsConversations() {
        test.gateway.reload(
                new ConfiguredAccounts(both.channels(), one(), both.policy(), Set.of("second")), GoneDeskTest::noRules);
        writes("m2");
        TestGateway.await("the wait", () -> unconfigured().contains("second"));
        assertThat(test.desk.sent).isEmpty();
        assertThat(stored().desk()).isEqualTo("second");
        test.gateway.reload(both, GoneDeskTest::noRules);
        TestGateway.await("the message", () -> messages(second).size() == 2);
    }

    @Test
    @DisplayName("what waited for the desk that is gone can be moved to another, in its order and before what is newer")
    void waitingShouldMove() {
        second.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofHours(1)));
        writes("m2");
        TestGateway.await("the failure", second.outcomes::isEmpty);
        withoutSecond();
        assertThat(unconfigured()).contains("second");
        assertThat(move("second", "nosuch")).isEqualTo(404);
        assertThat(move("desk", "desk")).isEqualTo(409);
        assertThat(move("second", "desk")).isEqualTo(200);
        TestGateway.await("what waited", () -> messages(test.desk).size() == 1);
        ToDesk moved = messages(test.desk).get(0);
        assertThat(moved.notice().data().message().parts()).containsExactly(new Part.Text("m2"));
        assertThat(moved.notice().data().conversation().deskReference()).isNull();
        assertThat(moved.notice().data().conversation().desk()).isEqualTo("desk");
        assertThat(unconfigured()).isEmpty();
        writes("m3");
        TestGateway.await("the next", () -> messages(test.desk).size() == 2);
        assertThat(test.admin("/health/ready").path("orphaned")).isEmpty();
    }

    @Test
    @DisplayName(
            "an answer at the address of a desk that is gone, or for a conversation that is not there, is warned of")
    void lostAnswersShouldBeTold() {
        withoutSecond();
        assertThat(test.post("/desks/second", "[]", "00")).isEqualTo(404);
        assertThat(lines()).anyMatch(line -> line.startsWith("WARN http: 404 below /desks/"));
        assertThat(
                        test.postDesk(
                                "[{\"type\":\"agent.replied\",\"key\":\"r1\",\"at\":\"2026-11-21T10:00:00.000Z\","
                                        + "\"conversation\":\"nosuch\",\"parts\":[{\"type\":\"text\",\"text\":\"hi\"}],\"author\":\"Max\"}]"))
                .isEqualTo(200);
        TestGateway.await("the warning", () -> lines().stream()
                .anyMatch(line ->
                        line.matches("WARN journey [0-9a-f-]{36} \\S+ from desk: DEAD, there is no conversation.*")));
    }

    private void withoutSecond() {
        test.gateway.reload(new ConfiguredAccounts(both.channels(), one(), both.policy()), GoneDeskTest::noRules);
    }

    private Map<String, ConfiguredAccount> one() {
        Map<String, ConfiguredAccount> desks = new HashMap<>(both.desks());
        desks.remove("second");
        return desks;
    }

    private int move(String from, String to) {
        return test.admin("POST", "/api/v1/move", "{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}")
                .statusCode();
    }

    private List<String> unconfigured() {
        List<String> ids = new ArrayList<>();
        test.admin("/api/v1/pauses").path("unconfigured").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private void writes(String text) {
        assertThat(test.post("[{\"id\":\"" + text + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
    }

    private static List<ToDesk> messages(TestDesk desk) {
        return desk.sent.stream()
                .map(ToDesk.class::cast)
                .filter(told -> told.notice().type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .toList();
    }

    private Conversation stored() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0);
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
