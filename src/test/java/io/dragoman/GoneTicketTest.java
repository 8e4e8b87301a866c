// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import io.dragoman.store.Deliveries;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ticket to which nothing can be added any more. */
final class GoneTicketTest {
    private static final Outcome GONE = new Outcome.Gone("the ticket is closed for good");

    @TempDir
    private Path data;

    private TestGateway test;

    @BeforeEach
    void start() throws Exception {
        test = new TestGateway(data);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("the same news opens another, with what was written before and the former one's name")
    void newsShouldOpenAnother() {
        test.desk.outcomes.add(new Outcome.Sent("T-1"));
        writes("m1");
        awaitEnded(1);
        test.desk.outcomes.add(GONE);
        test.desk.outcomes.add(new Outcome.Sent("T-2"));
        writes("m2");
        awaitEnded(2);
        writes("m3");
        awaitEnded(3);
        ToDesk opening = told(1);
        DeskNotice.Data data = opening.notice().data();
        assertThat(opening.key()).isNotEqualTo(notices().get(1).key());
        assertThat(data.conversation().deskReference()).isNull();
        assertThat(data.notes()).singleElement().asString().contains("T-1");
        assertThat(data.history()).singleElement().satisfies(earlier -> assertThat(earlier.parts())
                .containsExactly(new Part.Text("m1")));
        DeskNotice.Data next = told(2).notice().data();
        assertThat(next.conversation().deskReference()).isEqualTo("T-2");
        assertThat(next.notes()).isEmpty();
        assertThat(next.history()).isEmpty();
        String reply = "[{\"type\":\"agent.replied\",\"key\":\"r\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"reference\":\"T-1\",\"parts\":[{\"type\":\"text\",\"text\":\"late\"}]}]";
        Explain explain = new Explain(test.gateway.store(), id -> false, id -> false, name -> null);
        TestGateway.await("the attempt to be settled", () -> StoryText.of(
                        explain.story(notices().get(1).event()).orElseThrow())
                .replaceAll("\\s+", " ")
                .contains("delivered"));
        assertThat(StoryText.of(explain.story(notices().get(1).event()).orElseThrow())
                        .replaceAll("\\s+", " "))
                .contains("the ticket is gone: the ticket is closed for good", "notice to desk: delivered")
                .doesNotContain("content-refused");
        assertThat(test.postDesk(reply)).isEqualTo(200);
        TestGateway.await("an answer in the former ticket", () -> test.channel.sent.size() == 1);
    }

    @Test
    @DisplayName("news for which the new ticket is gone, too, is dead, and the next opens one")
    void newsShouldOpenAnotherOnce() {
        test.desk.outcomes.add(new Outcome.Sent("T-1"));
        writes("m1");
        awaitEnded(1);
        test.desk.outcomes.addAll(List.of(GONE, GONE));
        writes("m2");
        awaitEnded(2);
        Deliveries.Stored dead = notices().get(1);
        assertThat(dead.state()).isEqualTo(Deliveries.State.DEAD);
        assertThat(dead.attempts()).isEqualTo(2);
        assertThat(dead.detail()).isEqualTo("the ticket is closed for good");
        test.desk.outcomes.add(new Outcome.Sent("T-2"));
        writes("m3");
        awaitEnded(3);
        assertThat(told(1).notice().data().notes()).singleElement().asString().contains("T-1");
        assertThat(told(1).notice().data().history()).hasSize(2);
    }

    @Test
    @DisplayName("where there is no ticket, none can be gone")
    void firstNewsShouldBeRefused() {
        test.desk.outcomes.add(GONE);
        writes("m1");
        awaitEnded(1);
        assertThat(notices().get(0).state()).isEqualTo(Deliveries.State.DEAD);
        assertThat(notices().get(0).attempts()).isEqualTo(1);
    }

    /** What the desk took. */
    private ToDesk told(int n) {
        return (ToDesk) test.desk.sent.get(n);
    }

    private void awaitEnded(int n) {
        TestGateway.await(
                "the end of notice " + n,
                () -> notices().size() == n
                        && notices().stream()
                                .allMatch(one -> one.state() == Deliveries.State.DELIVERED
                                        || one.state() == Deliveries.State.DEAD));
    }

    /** The oldest first. */
    private List<Deliveries.Stored> notices() {
        List<Deliveries.Stored> all =
                test.gateway.store().read(tx -> tx.deliveries().recent(null, 100));
        return all.stream()
                .filter(one -> one.kind() == Deliveries.Kind.NOTICE)
                .sorted(Comparator.comparing(Deliveries.Stored::id))
                .toList();
    }

    private void writes(String text) {
        assertThat(test.post("[{\"id\":\"" + text + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
    }
}
