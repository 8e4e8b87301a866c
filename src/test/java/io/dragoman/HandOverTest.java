// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.DeskPolicy;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Words;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SetDesk;
import io.dragoman.store.Events;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule moves a conversation to another desk. */
final class HandOverTest {
    @TempDir
    private Path data;

    private final AtomicReference<String> chosen = new AtomicReference<>("desk");
    private final TestDesk second = new TestDesk();
    private TestGateway test;

    @BeforeEach
    void start() throws Exception {
        test = new TestGateway(
                data,
                situation -> new Decision(List.of(new SetDesk(chosen.get())), List.of()),
                new TestChannel(),
                new TestDesk(),
                setup -> setup);
        ConfiguredAccounts before = test.gateway.setup().accounts();
        Map<String, ConfiguredAccount> desks = new HashMap<>(before.desks());
        desks.put("second", TestGateway.configured("second", second, "secret of second"));
        test.gateway.reload(
                new ConfiguredAccounts(before.channels(), desks, before.policy()),
                test.gateway.setup().rules());
        test.desk.outcomes.add(new Outcome.Sent("T-1"));
        second.outcomes.add(new Outcome.Sent("S-1"));
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("each desk sees its own ticket alone, also when it gets the conversation back")
    void ticketShouldBelongToItsDesk() {
        writes("m1");
        assertThat(ticket(test.desk, 1)).isNull();
        writes("m2");
        assertThat(ticket(test.desk, 2)).isEqualTo("T-1");
        chosen.set("second");
        writes("m3");
        assertThat(ticket(second, 1)).isNull();
        writes("m4");
        assertThat(ticket(second, 2)).isEqualTo("S-1");
        chosen.set("desk");
        writes("m5");
        assertThat(ticket(test.desk, 3)).isEqualTo("T-1");
        assertThat(stored().deskReference()).isEqualTo("T-1");
    }

    @Test
    @DisplayName("a conversation that begins at the second desk is that desk's")
    void firstMessageShouldReachTheDeskThatItsRuleNames() {
        chosen.set("second");
        writes("m1");
        assertThat(ticket(second, 1)).isNull();
        writes("m2");
        assertThat(ticket(second, 2)).isEqualTo("S-1");
        assertThat(test.desk.sent).isEmpty();
    }

    @Test
    @DisplayName("an agent's late answer at the former desk reaches the customer, but closes nothing")
    void lateAnswerShouldReachTheCustomer() {
        writes("m1");
        ticket(test.desk, 1);
        chosen.set("second");
        writes("m2");
        ticket(second, 1);
        assertThat(says("desk", reply("r1", "late"))).isEqualTo(200);
        TestGateway.await("the answer", () -> !test.channel.sent.isEmpty());
        assertThat(((ToCustomer) test.channel.sent.get(0)).parts()).containsExactly(new Part.Text("late"));
        TestGateway.await(
                "word at the desk that has it", () -> second.sent.stream().anyMatch(HandOverTest::isLate));
        assertThat(test.desk.sent).as("it knows what it wrote").noneMatch(HandOverTest::isLate);
        assertThat(says(
                        "desk",
                        "[{\"type\":\"conversation.closed\",\"key\":\"c1\",\"at\":\"2026-11-21T10:00:00.000Z\","
                                + "\"conversation\":\"" + id() + "\"}]"))
                .isEqualTo(200);
        TestGateway.await("the end of it", () -> ended("c1", "desk", Events.State.IGNORED));
        assertThat(stored().status()).isEqualTo(Conversation.State.OPEN);
    }

    @Test
    @DisplayName("the new desk is shown what was written before, and the former one who has it now")
    void historyShouldComeWithTheConversation() {
        writes("m1");
        ticket(test.desk, 1);
        writes("m2");
        ticket(test.desk, 2);
        chosen.set("second");
        writes("m3");
        ticket(second, 1);
        writes("m4");
        ticket(second, 2);
        assertThat(texts(messages(second).get(0).notice().data().history())).containsExactly("m1", "m2");
        assertThat(messages(second).get(1).notice().data().history()).isEmpty();
        assertThat(messages(test.desk))
                .allSatisfy(told -> assertThat(told.notice().data().history()).isEmpty());
        TestGateway.await("word at the former desk", () -> !updates(test.desk).isEmpty());
        Conversation told = updates(test.desk).get(0).notice().data().conversation();
        assertThat(told.desk()).isEqualTo("second");
        assertThat(told.deskReference()).isEqualTo("T-1");
        assertThat(updates(second)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CLOSE,open closed", "NOTE,open", "NOTHING,''"})
    @DisplayName("the former desk is told what its setting says")
    void formerDeskShouldBeToldAsItWants(DeskPolicy.WhenMoved when, String states) {
        ConfiguredAccounts before = test.gateway.setup().accounts();
        Map<String, ConfiguredAccount> desks = new HashMap<>(before.desks());
        desks.put("desk", TestGateway.configured("desk", test.desk, "secret of desk", Map.of("whenMoved", when)));
        desks.put("second", TestGateway.configured("second", second, "secret of second"));
        test.gateway.reload(
                new ConfiguredAccounts(before.channels(), desks, before.policy()),
                test.gateway.setup().rules());
        writes("m1");
        ticket(test.desk, 1);
        chosen.set("second");
        writes("m2");
        ticket(second, 1);
        chosen.set("desk");
        writes("m3"); // behind what it is told of the move
        ticket(test.desk, 2);
        List<DeskNotice.Data> told =
                updates(test.desk).stream().map(one -> one.notice().data()).toList();
        assertThat(told.stream()
                        .map(data -> Words.of(data.conversation().status()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(states);
        assertThat(told.stream().limit(1))
                .allSatisfy(data -> assertThat(data.detail()).contains("desk second"));
        assertThat(stored().status()).isEqualTo(Conversation.State.OPEN);
    }

    @Test
    @DisplayName("a long history is cut, and the latest of it shown")
    void historyShouldBeBounded() {
        for (int i = 1; i <= 22; i++) {
            writes("m" + i);
        }
        ticket(test.desk, 22);
        chosen.set("second");
        writes("m23");
        ticket(second, 1);
        List<String> shown = texts(messages(second).get(0).notice().data().history());
        assertThat(shown).hasSize(20).startsWith("m3").endsWith("m22");
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream()
                .map(message -> ((Part.Text) message.parts().get(0)).text())
                .toList();
    }

    private static List<ToDesk> updates(TestDesk desk) {
        return desk.sent.stream()
                .map(ToDesk.class::cast)
                .filter(told -> told.notice().type() == DeskNotice.Type.CONVERSATION_UPDATED)
                .toList();
    }

    @Test
    @DisplayName("a desk that never had the conversation answers nobody")
    void strangerShouldNotAnswer() {
        writes("m1");
        ticket(test.desk, 1);
        assertThat(says("second", reply("r2", "who are you?"))).isEqualTo(200);
        TestGateway.await("the end of it", () -> ended("r2", "second", Events.State.DEAD));
        assertThat(test.channel.sent).isEmpty();
    }

    private void writes(String text) {
        String body = "[{\"id\":\"" + text + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]";
        assertThat(test.post(body)).isEqualTo(200);
    }

    /** The ticket that a desk was shown with its message number {@code n}. */
    private static String ticket(TestDesk desk, int n) {
        TestGateway.await("message " + n, () -> messages(desk).size() >= n);
        return messages(desk).get(n - 1).notice().data().conversation().deskReference();
    }

    private static List<ToDesk> messages(TestDesk desk) {
        return desk.sent.stream()
                .map(ToDesk.class::cast)
                .filter(told -> told.notice().type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .toList();
    }

    private String id() {
        return messages(test.desk).get(0).notice().data().conversation().id();
    }

    private Conversation stored() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().find(id()))
                .orElseThrow()
                .conversation();
    }

    private String reply(String key, String text) {
        return "[{\"type\":\"agent.replied\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"conversation\":\"" + id() + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]";
    }

    private int says(String desk, String body) {
        String signature = TestChannel.sign("secret of " + desk, body.getBytes(StandardCharsets.UTF_8));
        return test.post("/desks/" + desk, body, signature);
    }

    private static boolean isLate(Outbound told) {
        DeskNotice notice = ((ToDesk) told).notice();
        Message message = notice.data().message();
        return notice.type() == DeskNotice.Type.MESSAGE_SENT
                && message != null
                && message.parts().contains(new Part.Text("late"));
    }

    private boolean ended(String key, String source, Events.State state) {
        return test.gateway.store().read(tx -> tx.events().find(source, key)).stream()
                .anyMatch(event -> event.state() == state);
    }
}
