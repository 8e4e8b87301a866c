// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.store.Conversations;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The helpdesk merges or moves a ticket, or says its id later. */
final class ReferenceChangedTest {
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
    @DisplayName("news goes to the new ticket, and answers in the old and the new reach the customer")
    void newTicketShouldTakeThePlaceOfTheOld() {
        writes("ana", "T-1");
        says("changed", "conversation.reference-changed", "\"reference\":\"T-1\",\"newReference\":\"T-9\"");
        assertThat(explained("changed"))
                .contains("says: the ticket T-1 is T-9 from now on", "Conversation ", ", desk desk")
                .doesNotContain("Replies");
        assertThat(writes("ana", null).notice().data().conversation().deskReference())
                .isEqualTo("T-9");
        replies("r1", "T-1");
        replies("r2", "T-9");
        TestGateway.await("both answers", () -> test.channel.sent.size() == 2);
        assertThat(answered()).containsExactlyInAnyOrder("ana r1", "ana r2");
    }

    @Test
    @DisplayName("an answer whose id is that of its ticket is an answer: what opened the ticket wrote no such message")
    void numberOfATicketShouldBeNoneOfWhatWasWritten() {
        writes("ana", "T-1");
        replies("T-1", "T-1");
        TestGateway.await("the answer", () -> test.channel.sent.size() == 1);
    }

    @Test
    @DisplayName("an id that comes later than the answer is kept, with what else the desk says")
    void laterIdShouldBeKept() {
        test.desk.outcomes.add(new Outcome.Sent(null));
        String id = writes("ana", null).notice().data().conversation().id();
        says(
                "later",
                "conversation.reference-changed",
                "\"conversation\":\"" + id + "\",\"newReference\":\"T-5\",\"kept\":{\"customer\":\"u-7\"}");
        ToDesk next = writes("ana", null);
        assertThat(next.notice().data().conversation().deskReference()).isEqualTo("T-5");
        assertThat(next.kept()).containsEntry("customer", "u-7");
        replies("r1", "T-5");
        TestGateway.await("the answer", () -> test.channel.sent.size() == 1);
    }

    @Test
    @DisplayName("after the tickets of two customers were merged no answer reaches the wrong one")
    void mergeOfTwoCustomersShouldReachNoWrongOne() {
        writes("ana", "T-1");
        writes("ben", "T-2");
        // the new ticket and the note: in whatever order, each waits
        test.desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "later"));
        test.desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "later"));
        says("merged", "conversation.reference-changed", "\"reference\":\"T-2\",\"newReference\":\"T-1\"");
        replies("whose", "T-1");
        TestGateway.await("its end", () -> state("whose") == Events.State.DEAD);
        assertThat(reason("whose")).contains("several customers");
        says("again", "conversation.reference-changed", "\"reference\":\"T-1\",\"newReference\":\"T-1\"");
        assertThat(state("again")).as("nothing changes by it").isEqualTo(Events.State.DONE);
        assertThat(test.channel.sent).isEmpty();

        TestGateway.await("both to wait", () -> test.desk.outcomes.isEmpty());
        test.clock.move(Duration.ofMinutes(1));
        TestGateway.await("a ticket for ben again", () -> reference("ben") != null);
        assertThat(reference("ben")).isNotIn("T-1", "T-2");
        assertThat(reference("ana")).isEqualTo("T-1");
        replies("a", "T-1");
        replies("b", reference("ben"));
        replies("b2", "T-2");
        TestGateway.await("three answers", () -> test.channel.sent.size() == 3);
        assertThat(answered()).containsExactlyInAnyOrder("ana a", "ben b", "ben b2");
        TestGateway.await(
                "the note", () -> !notices(DeskNotice.Type.CONVERSATION_UPDATED).isEmpty());
        assertThat(notices(DeskNotice.Type.CONVERSATION_UPDATED))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.notice().data().conversation().address()).isEqualTo("ana");
                    assertThat(told.notice().data().detail()).contains("another customer");
                });
    }

    @Test
    @DisplayName("what is not this desk's is none of its business")
    void strangersConversationShouldStay() {
        writes("ana", "T-1");
        says("odd", "conversation.reference-changed", "\"reference\":\"T-77\",\"newReference\":\"T-1\"");
        assertThat(state("odd")).isEqualTo(Events.State.DEAD);
        assertThat(reference("ana")).isEqualTo("T-1");
    }

    /** What the desk is told, and which id it gives the ticket. */
    private ToDesk writes(String customer, String reference) {
        if (reference != null) {
            test.desk.outcomes.add(new Outcome.Sent(reference));
        }
        int before = notices(DeskNotice.Type.MESSAGE_RECEIVED).size();
        String id = customer + before;
        assertThat(test.post("[{\"id\":\"" + id + "\",\"from\":\"" + customer + "\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
        TestGateway.await(
                "the notice", () -> notices(DeskNotice.Type.MESSAGE_RECEIVED).size() > before && settled(before + 1));
        return notices(DeskNotice.Type.MESSAGE_RECEIVED).get(before);
    }

    private boolean settled(int n) {
        List<Deliveries.Stored> done =
                test.gateway.store().read(tx -> tx.deliveries().recent(Deliveries.State.DELIVERED, 100));
        return done.stream().filter(one -> one.kind() == Deliveries.Kind.NOTICE).count() >= n;
    }

    private List<ToDesk> notices(DeskNotice.Type type) {
        return test.desk.sent.stream()
                .map(ToDesk.class::cast)
                .filter(told -> told.notice().type() == type)
                .toList();
    }

    private List<String> answered() {
        return test.channel.sent.stream()
                .map(ToCustomer.class::cast)
                .map(sent -> sent.address() + " " + ((Part.Text) sent.parts().get(0)).text())
                .toList();
    }

    private void replies(String key, String reference) {
        says(
                key,
                "agent.replied",
                "\"reference\":\"" + reference + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + key + "\"}]");
    }

    private String explained(String key) {
        Explain explain = new Explain(test.gateway.store(), id -> false, id -> false, name -> null);
        return StoryText.of(explain.story(event(key).id()).orElseThrow());
    }

    /** Until it has ended. */
    private void says(String key, String type, String fields) {
        String body = "[{\"type\":\"" + type + "\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + fields + "}]";
        assertThat(test.post(
                        "/desks/desk", body, TestChannel.sign("secret of desk", body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(200);
        TestGateway.await("the end of " + key, () -> state(key) != Events.State.NEW);
    }

    private Events.Stored event(String key) {
        return test.gateway.store().read(tx -> tx.events().find("desk", key)).orElseThrow();
    }

    private Events.State state(String key) {
        return event(key).state();
    }

    private String reason(String key) {
        return event(key).reason();
    }

    private String reference(String customer) {
        return test
                .gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 10))
                .stream()
                .filter(one -> one.address().equals(customer))
                .findFirst()
                .map(Conversation::deskReference)
                .orElse(null);
    }
}
