// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.store.Conversations;
import io.dragoman.store.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer on Telegram and an agent of a helpdesk that takes mail, with a real mail server between. */
final class EmailDeskJourneyTest {
    private static final String DESK = MailDeskWorld.DESK;
    private static final String CANARY = "canary-7f3a91 ქართული 💶";

    @TempDir
    private Path home;

    private MailDeskWorld world;
    private TelegramSimulator telegram;
    private MailSimulator mail;

    @BeforeEach
    void start() throws Exception {
        world = new MailDeskWorld(home, Clock.systemUTC());
        telegram = world.telegram;
        mail = world.mail;
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void customerAndAgentShouldSpeakInOneTicket() throws Exception {
        writes(CANARY);
        Mail first = ticket(1);
        assertThat(first.text()).isEqualTo(CANARY);
        assertThat(first.header("From")).contains("(telegram)");
        String to = MailDeskWorld.address(first);

        mail.writes(
                DESK, to, "[shop #12] AutoReply: your request", "We got it.", Map.of("Auto-Submitted", "auto-replied"));
        String answered = mail.writes(DESK, to, "[shop #12] Re: your request", "On its way " + CANARY, replyTo(first));
        TestGateway.await("the answer", () -> !delivered().isEmpty());
        TestGateway.await(
                "what was learnt", () -> kept().getOrDefault("theirs", "").endsWith(bare(answered)));
        assertThat(delivered()).containsExactly("On its way " + CANARY);

        writes("and thanks");
        Mail second = ticket(2);
        assertThat(second.subject()).startsWith("Re: [shop #12] ");
        assertThat(second.header("References")).startsWith(first.messageId()).endsWith(answered);
        assertThat(second.header("In-Reply-To")).isEqualTo(answered);
        assertThat(MailDeskWorld.address(second)).isEqualTo(to);
    }

    @Test
    void answersOfMuttShouldComeWithoutTheirQuotation() throws Exception {
        Mutt.needed();
        writes(CANARY);
        Mail first = ticket(1);
        Mutt mutt = new Mutt(home.resolve("mutt"), DESK);
        byte[] answer = mutt.answers(first, "On its way, é გ.\nTomorrow.");
        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("\n> " + CANARY);
        mail.drop(answer);
        TestGateway.await("the answer", () -> !delivered().isEmpty());
        writes("and thanks");
        mail.drop(mutt.answers(ticket(2), "You are welcome"));
        TestGateway.await("the second answer", () -> delivered().size() >= 2);
        assertThat(delivered()).containsExactly("On its way, é გ.\nTomorrow.", "You are welcome");
    }

    @Test
    void sameMailTwiceShouldBeOneAnswerAlsoAfterARestart() throws Exception {
        writes("Hello");
        String to = MailDeskWorld.address(ticket(1));
        byte[] answer = raw(to, "Message-ID: <a-1@desk.example>", "", "One answer");
        mail.drop(answer);
        TestGateway.await("the answer", () -> !delivered().isEmpty());
        world.stop();
        mail.drop(answer);
        mail.drop(raw(to, "Message-ID: <a-2@desk.example>", "", "The next"));
        world.start();
        TestGateway.await("the next answer", () -> delivered().contains("The next"));
        assertThat(delivered()).containsExactly("One answer", "The next");
    }

    @Test
    void whatIsNoAnswerShouldReachNobody() throws Exception {
        writes("Hello");
        Mail first = ticket(1);
        String to = MailDeskWorld.address(first);
        int last = to.indexOf('@') - 1;
        String forged = to.substring(0, last) + (to.charAt(last) == 'a' ? 'b' : 'a') + to.substring(last + 1);
        mail.drop(raw(forged, "Message-ID: <f-1@desk.example>", "", "forged"));
        mail.drop(new String(raw(to, "Message-ID: <f-2@desk.example>", "", "stranger"), StandardCharsets.UTF_8)
                .replace(DESK, "mallory@evil.example")
                .getBytes(StandardCharsets.UTF_8));
        mail.drop(raw(to, "X-Dragoman-Loop: " + first.header("X-Dragoman-Loop"), "", "loop"));
        mail.drop(bounce(to, first.messageId()));
        mail.drop(raw(to, "Message-ID: <a-1@desk.example>", "", "An answer"));
        TestGateway.await("the answer", () -> !delivered().isEmpty());
        assertThat(delivered()).containsExactly("An answer");
        List<DeadLetters.DeadLetter> shown =
                world.gateway().store().read(tx -> tx.deadLetters().latest(DeadLetters.Filter.ALL, 10));
        assertThat(shown).singleElement().satisfies(dead -> assertThat(dead.reason())
                .contains("came back undelivered (mail status 5.1.1)"));
    }

    @Test
    void filesShouldGoBothWays() throws Exception {
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0};
        telegram.customerSendsPhoto(TelegramSimulator.QUEUE, "ana", jpeg, "the receipt");
        Mail first = ticket(1);
        assertThat(first.text()).contains("the receipt");
        String to = MailDeskWorld.address(first);
        mail.drop(raw(
                to,
                "Message-ID: <a-1@desk.example>",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "The form.",
                "--b",
                "Content-Type: application/pdf; name=\"form.pdf\"",
                "Content-Disposition: attachment; filename=\"form.pdf\"",
                "Content-Transfer-Encoding: base64",
                "",
                "JVBERi0xLjQK",
                "--b--"));
        TestGateway.await("the file", () -> telegram.delivered().stream()
                .anyMatch(message -> telegram.uploaded(message.id()).isPresent()));
        assertThat(telegram.delivered().stream()
                        .flatMap(message -> telegram.uploaded(message.id()).stream())
                        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII)))
                .containsExactly("%PDF-1.4\n");
        assertThat(String.join(" ", delivered())).contains("The form.");
    }

    private void writes(String text) {
        world.writes("ana", text);
    }

    private Mail ticket(int n) {
        TestGateway.await("mail " + n, () -> world.mails().size() >= n);
        return world.mails().get(n - 1);
    }

    private static Map<String, String> replyTo(Mail mail) {
        return Map.of("In-Reply-To", mail.messageId(), "References", mail.messageId());
    }

    private List<String> delivered() {
        return telegram.delivered().stream().map(Delivered::content).toList();
    }

    private Map<String, String> kept() {
        return world.gateway().store().read(tx -> {
            String conversation = tx.conversations()
                    .recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 10)
                    .get(0)
                    .id();
            return tx.conversationDesks().find(conversation, "help").kept();
        });
    }

    private static String bare(String messageId) {
        return messageId.substring(1, messageId.length() - 1);
    }

    private static byte[] raw(String to, String... lines) {
        return ("From: Mara <" + DESK + ">\r\nTo: " + to + "\r\nSubject: Re: x\r\n" + String.join("\r\n", lines)
                        + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bounce(String to, String id) {
        return raw(
                to,
                "Message-ID: <b-1@desk.example>",
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "unknown user",
                "--b",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mx.desk.example",
                "",
                "Final-Recipient: rfc822; " + DESK,
                "Action: failed",
                "Status: 5.1.1",
                "",
                "--b",
                "Content-Type: text/rfc822-headers",
                "",
                "Message-ID: " + id,
                "--b--");
    }
}
