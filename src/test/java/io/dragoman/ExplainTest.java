// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.MessageStory;
import io.dragoman.app.explain.StoryText;
import io.dragoman.app.ticket.DeskTicket;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.AddNote;
import io.dragoman.rules.action.AddTag;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.action.SetTeam;
import io.dragoman.store.DeadLetters;
import io.dragoman.store.Events;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story of a message has every element of its journey. */
final class ExplainTest {
    private static final Decision DECISION = new Decision(
            List.of(
                    new SetTeam("billing"),
                    new AddTag("refund"),
                    new AddNote("Check the order first."),
                    new SendReply("Refunds", "thanks", "en", "We look into it.", null),
                    new SendReply("Hours", "closed", "en", "", "the guard: enough replies today")),
            List.of(
                    new Decision.Considered(
                            "Refunds",
                            true,
                            List.of(new Decision.Check("text.any: refund", true, "'refund' stands in it")),
                            List.of("team billing")),
                    new Decision.Considered(
                            "Hours",
                            false,
                            List.of(new Decision.Check("hours: closed", false, "it is open")),
                            List.of())));

    @TempDir
    private Path data;

    @Test
    void storyOfACustomersMessageAndOfTheReplyToIt() throws Exception {
        try (TestGateway test = new TestGateway(data, situation -> DECISION)) {
            test.channel.outcomes.add(new Outcome.Sent("wa-17"));
            String body = "[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"a refund please\"}]";
            assertThat(test.post(body)).isEqualTo(200);
            assertThat(test.post(body)).isEqualTo(200);
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"other words\"}]"))
                    .isEqualTo(200);
            String id = test.gateway
                    .store()
                    .read(tx -> tx.events().find("shop", "m1"))
                    .orElseThrow()
                    .id();
            TestGateway.await("the reply is sent", () -> story(test, id).replies().stream()
                    .anyMatch(reply -> reply.status() == Status.SENT));
            assertThat(
                            test.post(
                                    "[{\"type\":\"receipt\",\"key\":\"r1\",\"lane\":\"ana\",\"at\":\"2026-11-21T10:00:00.000Z\","
                                            + "\"externalId\":\"wa-17\",\"status\":\"failed\",\"reason\":\"content-refused\",\"detail\":\"code 131\"}]"))
                    .isEqualTo(200);
            String reply = story(test, id).replies().get(0).id();
            TestGateway.await(
                    "the receipt", () -> !story(test, reply).receipts().isEmpty());
            customersMessage(story(test, id));
            reply(story(test, reply), id);
            String delivery = story(test, reply).deliveries().get(0).id();
            assertThat(story(test, delivery).event().id()).isEqualTo(id);
        }
    }

    @Test
    void delayIsToldAndThenTheEnd() throws Exception {
        try (TestGateway test = new TestGateway(data, situation -> DECISION)) {
            test.channel.outcomes.add(new Outcome.Sent("mail-17"));
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"a refund please\"}]"))
                    .isEqualTo(200);
            String id = test.gateway
                    .store()
                    .read(tx -> tx.events().find("shop", "m1"))
                    .orElseThrow()
                    .id();
            TestGateway.await("the reply is sent", () -> story(test, id).replies().stream()
                    .anyMatch(reply -> reply.status() == Status.SENT));
            String reply = story(test, id).replies().get(0).id();
            receipt(test, "r1", "\"status\":\"sent\",\"detail\":\"delayed\"");
            TestGateway.await("the delay", () -> !story(test, reply).receipts().isEmpty());
            assertThat(story(test, reply).message().status()).isEqualTo(Status.SENT);
            TestGateway.await(
                    "the delay at the desk", () -> updates(test, reply).equals(List.of("sent: delayed")));
            receipt(test, "r2", "\"status\":\"failed\",\"reason\":\"timeout\",\"detail\":\"mail status 4.4.7\"");
            TestGateway.await("the end", () -> story(test, reply).receipts().size() == 2);
            assertThat(story(test, reply).message().status()).isEqualTo(Status.FAILED);
            assertThat(StoryText.of(story(test, reply)))
                    .contains("sent: delayed", "failed, timeout: mail status 4.4.7");
            TestGateway.await("both at the desk", () -> updates(test, reply).size() == 2);
            assertThat(updates(test, reply)).containsExactly("sent: delayed", "failed: mail status 4.4.7");
        }
    }

    @Test
    void answersAndTheTicketAreNamedWithTheCustomersMessage() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            test.desk.outcomes.add(new Outcome.Sent("T-17"));
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"is it open?\"}]"))
                    .isEqualTo(200);
            String id = event(test, "shop", "m1");
            TestGateway.await(
                    "the ticket", () -> StoryText.of(story(test, id)).contains("desk desk, its reference T-17"));
            assertThat(StoryText.of(story(test, id))).contains("Answers after it\n  none yet\n");
            answers(test, "r1", "yes");
            assertThat(test.post("[{\"id\":\"m2\",\"from\":\"ana\",\"text\":\"and tomorrow?\"}]"))
                    .isEqualTo(200);
            ended(test, "shop", "m2");
            answers(test, "r2", "no");
            TestGateway.await("both answers", () -> test.channel.sent.size() == 2);
            MessageStory first = story(test, id);
            String conversation = first.message().conversation();
            assertThat(first.answers())
                    .extracting(MessageStory.Answer::id)
                    .containsExactly(event(test, "desk", "r1"), event(test, "desk", "r2"));
            assertThat(StoryText.of(first))
                    .contains(
                            "Answers after it\n  " + event(test, "desk", "r1") + " by agent Mara, ",
                            "\n  all messages: ./dragoman conversation " + conversation + "\n");
            assertThat(story(test, event(test, "shop", "m2")).answers())
                    .extracting(MessageStory.Answer::id)
                    .containsExactly(event(test, "desk", "r2"));
            assertThat(StoryText.of(story(test, event(test, "desk", "r1")))).doesNotContain("Answers after it");
            assertThat(first.ticket()).isEqualTo(new DeskTicket("desk", "T-17", null));
            URI page = URI.create("https://help.example/T-17");
            MessageStory linked = new Explain(
                            test.gateway.store(),
                            source -> false,
                            desk -> false,
                            name -> null,
                            (desk, reference) -> Optional.of(page))
                    .story(id)
                    .orElseThrow();
            assertThat(linked.ticket()).isEqualTo(new DeskTicket("desk", "T-17", page));
            assertThat(StoryText.of(linked)).contains("its reference T-17 (https://help.example/T-17)");
        }
    }

    private static void answers(TestGateway test, String key, String text) throws Exception {
        String body = "[{\"type\":\"agent.replied\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"reference\":\"T-17\",\"author\":\"Mara\","
                + "\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(test.post("/desks/desk", body, TestChannel.sign("secret of desk", bytes)))
                .isEqualTo(200);
        ended(test, "desk", key);
    }

    private static void ended(TestGateway test, String source, String key) {
        TestGateway.await(
                "the end of " + key,
                () -> test.gateway
                                .store()
                                .read(tx -> tx.events().find(source, key))
                                .orElseThrow()
                                .state()
                        == Events.State.DONE);
    }

    private static String event(TestGateway test, String source, String key) {
        return test.gateway
                .store()
                .read(tx -> tx.events().find(source, key))
                .orElseThrow()
                .id();
    }

    /** What the desk was told of a message by receipts, in order. */
    private static List<String> updates(TestGateway test, String message) {
        return test.desk.sent.stream()
                .map(outbound -> ((Outbound.ToDesk) outbound).notice())
                .filter(notice -> notice.type() == DeskNotice.Type.DELIVERY_UPDATED)
                .map(DeskNotice::data)
                .filter(data -> data.detail() != null
                        && data.message() != null
                        && data.message().id().equals(message))
                .map(data -> Words.of(Objects.requireNonNull(data.message()).status()) + ": " + data.detail())
                .toList();
    }

    private static void receipt(TestGateway test, String key, String status) throws Exception {
        String receipt = "[{\"type\":\"receipt\",\"key\":\"" + key + "\",\"lane\":\"ana\","
                + "\"at\":\"2026-11-21T10:00:00.000Z\",\"externalId\":\"mail-17\"," + status + "}]";
        assertThat(test.post(receipt)).isEqualTo(200);
    }

    private static void customersMessage(MessageStory story) {
        assertThat(story.event().source()).isEqualTo("shop");
        assertThat(story.event().state()).isEqualTo(Events.State.DONE);
        assertThat(story.event().duplicates()).isEqualTo(2);
        assertThat(story.event().differing()).isEqualTo(1);
        assertThat(story.event().raw().headers()).containsExactly("x-signature");
        assertThat(story.event().raw().size()).isEqualTo(51);
        assertThat(story.contact().identities().get(0).value()).isEqualTo("ana");
        assertThat(story.placed()).isEqualTo("the contact has none on this channel");
        assertThat(story.decision().rules()).hasSize(2);
        assertThat(story.deliveries()).anySatisfy(delivery -> {
            assertThat(delivery.target()).isEqualTo("desk");
            assertThat(delivery.attempts()).singleElement().satisfies(attempt -> assertThat(attempt.outcome())
                    .isEqualTo("sent"));
        });
        String told = StoryText.of(story);
        assertThat(told)
                .contains(
                        "a refund please",
                        "authentic: its signature was checked",
                        "sha256",
                        "headers x-signature",
                        "duplicates: 2, of which 1 had another body",
                        "why this one: the contact has none on this channel",
                        "applies  Refunds",
                        "yes  text.any: refund: 'refund' stands in it",
                        "no       Hours",
                        "reply closed (en) is not sent: the guard: enough replies today",
                        "note for the agents: Check the order first.",
                        "notice to desk: delivered",
                        "attempt 1")
                .doesNotContain("secret of shop");
        assertThat(told.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    private static void reply(MessageStory story, String cause) {
        assertThat(story.event().id()).isEqualTo(cause);
        Message message = story.message();
        assertThat(message.direction()).isEqualTo(Message.Direction.OUT);
        assertThat(story.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.status()).isEqualTo(Status.FAILED);
            assertThat(receipt.reason()).isEqualTo(Reason.CONTENT_REFUSED);
        });
        assertThat(StoryText.of(story))
                .contains("out, from rule Refunds", "the target's id wa-17", "failed, content-refused: code 131");
    }

    @Test
    void storyOfWhatCouldNotBeReadAndOfNothing() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.post("no json")).isEqualTo(200);
            String id = test.gateway
                    .store()
                    .read(tx -> tx.deadLetters().latest(DeadLetters.Filter.ALL, 1))
                    .get(0)
                    .id();
            assertThat(StoryText.of(story(test, id))).contains("Event " + id, "dead: the body is not an array");
            assertThat(explain(test).story("none")).isEmpty();
        }
    }

    private static Explain explain(TestGateway test) {
        return new Explain(test.gateway.store(), id -> false, id -> false, name -> null);
    }

    private static MessageStory story(TestGateway test, String id) {
        return explain(test).story(id).orElseThrow();
    }
}
