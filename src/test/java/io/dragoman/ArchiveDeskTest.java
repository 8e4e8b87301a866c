// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.MessageStory;
import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SendReply;
import io.dragoman.store.Events;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk that gets a copy of everything and takes part in nothing. */
final class ArchiveDeskTest {
    @TempDir
    private Path data;

    private final TestDesk archive = new TestDesk();
    private TestGateway test;

    @BeforeEach
    void start() throws Exception {
        test = new TestGateway(
                data,
                situation ->
                        new Decision(List.of(new SendReply("thanks", "thanks", "en", "thank you", null)), List.of()),
                new TestChannel(),
                new TestDesk(),
                setup -> setup);
        ConfiguredAccounts before = test.gateway.setup().accounts();
        Map<String, ConfiguredAccount> desks = new HashMap<>(before.desks());
        desks.put("archive", TestGateway.configured("archive", archive, "secret of archive", Map.of("archive", true)));
        test.gateway.reload(
                new ConfiguredAccounts(before.channels(), desks, before.policy()),
                test.gateway.setup().rules());
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("it gets each message once, the customer's, the rule's and the agent's, and its own ticket")
    void archiveShouldGetEveryMessageOnce() {
        archive.outcomes.add(new Outcome.Sent("A-1"));
        test.desk.outcomes.add(new Outcome.Sent("T-1"));
        assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
        TestGateway.await("both copies", () -> archive.sent.size() == 2 && !test.desk.sent.isEmpty());
        assertThat(says("desk", "r1", "on its way")).isEqualTo(200);
        TestGateway.await("the answer's copy", () -> archive.sent.size() == 3);
        assertThat(archive.sent.stream().map(ArchiveDeskTest::line))
                .containsExactly("message.received hello", "message.sent thank you", "message.sent on its way");
        ToDesk last = (ToDesk) archive.sent.get(2);
        assertThat(last.notice().data().conversation().deskReference()).isEqualTo("A-1");
        assertThat(last.notice().data().conversation().desk()).isEqualTo("desk");
        MessageStory story = new Explain(test.gateway.store(), id -> false, "archive"::equals, name -> null)
                .story(String.valueOf(last.notice().data().message().id()))
                .orElseThrow();
        assertThat(story.deliveries())
                .filteredOn(delivery -> delivery.copy() != null)
                .singleElement()
                .extracting(MessageStory.Delivery::target)
                .isEqualTo("archive");
        assertThat(StoryText.of(story))
                .contains("to archive, a copy for the archive: ")
                .doesNotContain("to desk, a copy", "to shop, a copy");
    }

    @Test
    @DisplayName("while it is down, the conversation's desk and the customer notice nothing")
    void outageShouldDelayNobody() {
        for (int i = 0; i < 20; i++) {
            archive.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down"));
        }
        for (int i = 1; i <= 3; i++) {
            assertThat(test.post("[{\"id\":\"m" + i + "\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                    .isEqualTo(200);
        }
        TestGateway.await(
                "the desk",
                () -> test.desk.sent.stream()
                                .filter(told -> line((ToDesk) told).startsWith("message.received"))
                                .count()
                        == 3);
        TestGateway.await("the customer", () -> test.channel.sent.size() == 3);
        assertThat(archive.sent).isEmpty();
    }

    @Test
    @DisplayName("what is written there reaches nobody")
    void answerShouldBeIgnored() {
        assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
        TestGateway.await("both copies", () -> archive.sent.size() == 2 && test.channel.sent.size() == 1);
        assertThat(says("archive", "r1", "I should not")).isEqualTo(200);
        TestGateway.await("its end", () -> event("archive", "r1").state() != Events.State.NEW);
        assertThat(event("archive", "r1").state()).isEqualTo(Events.State.IGNORED);
        assertThat(event("archive", "r1").reason()).contains("archive");
        assertThat(test.channel.sent).hasSize(1);
    }

    private static String line(Object told) {
        DeskNotice notice = ((ToDesk) told).notice();
        Message message = notice.data().message();
        return notice.type().word() + " "
                + (message == null ? "" : ((Part.Text) message.parts().get(0)).text());
    }

    private Events.Stored event(String source, String key) {
        return test.gateway.store().read(tx -> tx.events().find(source, key)).orElseThrow();
    }

    private int says(String desk, String key, String text) {
        String id =
                ((ToDesk) archive.sent.get(0)).notice().data().conversation().id();
        String body = "[{\"type\":\"agent.replied\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"conversation\":\"" + id + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]";
        return test.post(
                "/desks/" + desk, body, TestChannel.sign("secret of " + desk, body.getBytes(StandardCharsets.UTF_8)));
    }
}
