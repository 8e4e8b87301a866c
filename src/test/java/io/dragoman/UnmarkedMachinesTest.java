// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that answers every mail, and a machine that marks nothing, answers every answer and begins anew each time. */
final class UnmarkedMachinesTest {
    private int mails;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path data;

    @Test
    void aMachineWithOneTextGetsOneReplyHoweverSlowItIs() throws Exception {
        try (TestGateway test = gateway()) {
            speak(test, "I am away until Monday.");
            TestGateway.await("the reply", () -> replies(test) == 1);
            for (int round = 0; round < 5; round++) {
                test.clock.move(Duration.ofMinutes(30));
                speak(test, "I am  away\nuntil MONDAY.");
            }
            assertThat(replies(test)).isEqualTo(1);
        }
    }

    @Test
    void aFastMachineWithManyTextsGetsOneReply() throws Exception {
        try (TestGateway test = gateway()) {
            speak(test, "Ticket 1 was opened.");
            TestGateway.await("the reply", () -> replies(test) == 1);
            for (int round = 2; round < 7; round++) {
                test.clock.move(Duration.ofSeconds(2));
                speak(test, "Ticket " + round + " was opened.");
            }
            assertThat(replies(test)).isEqualTo(1);
        }
    }

    @Test
    void aPersonWhoWritesAgainLaterIsAnswered() throws Exception {
        try (TestGateway test = gateway()) {
            speak(test, "Where is my parcel?");
            TestGateway.await("the reply", () -> replies(test) == 1);
            test.clock.move(Duration.ofMinutes(5));
            speak(test, "And the invoice?");
            TestGateway.await("another", () -> replies(test) == 2);
        }
    }

    private TestGateway gateway() throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        Yaml.read("rules.yaml", "rules: [{name: it, reply: hello}]", problems)
                                .orElseThrow(),
                        Yaml.read("replies.yaml", "replies: {hello: Hello!}", problems)
                                .orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.hasErrors()).isFalse();
        return new TestGateway(data, book::decide);
    }

    /** A mail comes, and is through when the desk has it. */
    private void speak(TestGateway test, String text) {
        mails++;
        CustomerEvent.MessageReceived mail = new CustomerEvent.MessageReceived(
                "mail-" + mails,
                test.clock.instant(),
                new CustomerEvent.Sender(
                        "ana@customer.example",
                        List.of(new Identity("mail", "ana@customer.example", true)),
                        null,
                        null),
                "mail-" + mails + "@customer.example",
                List.of(new Part.Text(text)),
                null,
                new CustomerEvent.Threading(null, null, List.of(), "away: your question"),
                null,
                null,
                null);
        assertThat(test.post("[" + Json.write(mail) + "]")).isEqualTo(200);
        TestGateway.await("mail " + mails, () -> received(test) == mails);
    }

    private static long received(TestGateway test) {
        return test.desk.sent.stream()
                .filter(one ->
                        one instanceof Outbound.ToDesk desk && desk.notice().type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .count();
    }

    private static long replies(TestGateway test) {
        return test.channel.sent.stream()
                .filter(Outbound.ToCustomer.class::isInstance)
                .count();
    }
}
