// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.model.Conversation;
import io.dragoman.model.Part;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Conversations;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surveys and polls where the channel does not tell the customer's language. */
final class SurveyLanguageTest {
    private static final String FAQ = """
            faq:
              - {question: Wann kommt meine Bestellung an?, answer: In drei Tagen., language: de}
            """;

    private final TestChannel channel = new TestChannel();

    @Test
    @DisplayName("it is asked in the language in which the FAQ was searched, although the last words tell none")
    void surveyShouldBeInTheLanguageOfTheQuestion(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data, book(), channel, new TestDesk(), setup -> setup)) {
            writes(test, "m1", "Wann kommt meine Bestellung endlich bei mir an?");
            writes(test, "m2", "ok");
            String conversation = conversation(test).id();
            assertThat(conversation(test).language()).isNull();
            desk(
                    test,
                    "agent.replied",
                    conversation,
                    ",\"parts\":[{\"type\":\"text\",\"text\":\"Gern.\"}],\"author\":\"Mara\"");
            desk(test, "conversation.closed", conversation, "");
            TestGateway.await("the closing", () -> conversation(test).status() == Conversation.State.CLOSED);
            test.clock.move(Duration.ofMinutes(11));
            TestGateway.await("the survey", () -> said("?\n").size() == 1);
            assertThat(said("?\n").get(0)).startsWith("Zufrieden?");
        }
    }

    @Test
    void pollShouldBeInTheLanguageOfTheQuestion(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data, book(), channel, new TestDesk(), setup -> setup)) {
            writes(test, "m1", "Wann kommt meine Bestellung endlich bei mir an?");
            writes(test, "m2", "menu");
            TestGateway.await("the poll", () -> channel.sent.stream().anyMatch(one -> polled(one, "Pizza")));
            assertThat(channel.sent).anyMatch(one -> polled(one, "Pizza oder Nudeln?"));
        }
    }

    private static boolean polled(Outbound sent, String text) {
        return ((ToCustomer) sent)
                .parts().stream()
                        .anyMatch(part ->
                                part instanceof Part.Text said && said.text().contains(text));
    }

    private static RuleBook book() {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read(
                                        "rules.yaml",
                                        "rules: [{name: Ask, when: {text: menu}, ask: lunch, stop: true}, {name: A, answer: true}]\n"
                                                + "guard: {perConversation: 9, perContact: 9}",
                                        problems)
                                .orElseThrow(),
                        null,
                        null,
                        Yaml.read("faq.yaml", FAQ, problems).orElseThrow(),
                        List.of(),
                        Yaml.read(
                                        "surveys.yaml",
                                        "surveys: {happy: {kind: csat, text: {en: 'Content?', de: 'Zufrieden?'}, after: 10m}}",
                                        problems)
                                .orElseThrow(),
                        Yaml.read(
                                        "polls.yaml",
                                        "polls: {lunch: {text: {en: 'Pizza or pasta?', de: 'Pizza oder Nudeln?'},"
                                                + " kind: text}}",
                                        problems)
                                .orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        return book;
    }

    private static void writes(TestGateway test, String id, String text) {
        assertThat(test.post("[{\"id\":\"" + id + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        TestGateway.await("its end", () -> test.gateway
                .store()
                .read(tx -> tx.events().find("shop", id))
                .filter(event -> event.doneAt() != null)
                .isPresent());
    }

    private static void desk(TestGateway test, String type, String conversation, String more) {
        assertThat(test.postDesk("[{\"type\":\"" + type + "\",\"key\":\"" + type
                        + "\",\"at\":\"2026-11-21T10:00:00.000Z\",\"conversation\":\"" + conversation + "\"" + more
                        + "}]"))
                .isEqualTo(200);
    }

    private List<String> said(String part) {
        return channel.sent.stream()
                .map(one -> ((ToCustomer) one).parts().get(0))
                .filter(Part.Text.class::isInstance)
                .map(one -> ((Part.Text) one).text())
                .filter(text -> text.contains(part) && text.contains("😡"))
                .toList();
    }

    private static Conversation conversation(TestGateway test) {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0);
    }
}
