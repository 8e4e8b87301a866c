// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.mail.Automatic;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.MimeHeaders;
import io.dragoman.connector.mail.MimePart;
import io.dragoman.connector.mail.MimeReader;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.connector.mail.TestTransport;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we send threads at the customer's side, finds its way back, and says nothing that we did not want to say. */
public final class SendTest {
    private static final Account ACCOUNT = account();
    private final TestTransport transport = new TestTransport();

    @Test
    void anAnswerArrivesOverSmtpAndTheCustomersAnswerFindsItsConversation() throws Exception {
        GreenMail server = new GreenMail(TestAccount.server(ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            server.setUser("support@shop.example", "support", "secret");
            Account account =
                    account("smtp.port", String.valueOf(server.getSmtp().getPort()));
            Outcome outcome = new Email().send(account, message("Gamarjoba, გამარჯობა 👋"), transport);
            assertThat(outcome).isInstanceOf(Outcome.Sent.class);
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            server.getReceivedMessages()[0].writeTo(raw);
            MimePart mail = MimeReader.read(raw.toByteArray()).root();
            assertThat(mail.headers().raw("message-id")).contains("<" + ((Outcome.Sent) outcome).externalId() + ">");
            assertThat(mail.text(10_000)).contains("გამარჯობა 👋");
            CustomerEvent.MessageReceived answer = TestAccount.message(
                    "From: ana@customer.example",
                    "To: " + mail.headers().raw("reply-to").orElseThrow(),
                    "Subject: another subject altogether",
                    "",
                    "Thanks");
            assertThat(answer.threading().conversation()).isEqualTo(TestAccount.CONVERSATION);
        } finally {
            server.stop();
        }
    }

    @Test
    void headersSayWhoAndWhatIsAnswered() {
        MimeHeaders headers = sent(message("Hello")).headers();
        assertThat(headers.raw("from")).contains("Example Shop <support@shop.example>");
        assertThat(headers.raw("to")).contains("ana@customer.example");
        assertThat(headers.raw("reply-to").orElseThrow()).matches("support\\+[a-z2-7]{42}@shop\\.example");
        assertThat(headers.text("subject")).contains("Re: Größe 42");
        assertThat(headers.raw("in-reply-to")).contains("<2@customer.example>");
        assertThat(headers.raw("references").orElseThrow().replaceAll("\\s+", " "))
                .isEqualTo("<1@customer.example> <ours@shop.example> <2@customer.example>");
        assertThat(headers.raw("date").orElseThrow()).contains("21 Nov 2026");
        assertThat(headers.has("auto-submitted")).isFalse();
        assertThat(transport.envelopes).containsExactly("support@shop.example");
    }

    @Test
    void everyAttemptIsTheSameMail() {
        Outcome first = new Email().send(ACCOUNT, message("Hello"), transport);
        Outcome second = new Email().send(ACCOUNT, message("Hello"), transport);
        assertThat(second).isEqualTo(first);
        assertThat(mail(0).headers().raw("message-id"))
                .isEqualTo(mail(1).headers().raw("message-id"));
    }

    @Test
    void anAutomaticReplyCannotLoop() {
        ToCustomer automatic = new ToCustomer(
                "key-1",
                "m1",
                TestAccount.CONVERSATION,
                "ana@customer.example",
                List.of(new Part.Text("We are closed.")),
                "2@customer.example",
                "Hi",
                List.of(),
                null,
                true);
        MimePart mail = sent(automatic);
        assertThat(mail.headers().raw("auto-submitted")).contains("auto-replied");
        assertThat(mail.headers().raw("x-auto-response-suppress")).contains("All");
        assertThat(mail.headers().raw(Automatic.LOOP_HEADER)).isPresent();
        CustomerEvent.MessageReceived back = (CustomerEvent.MessageReceived)
                TestAccount.read(returned(transport.mails.get(0))).get(0);
        assertThat(back.automatic()).isEqualTo("an automatic mail of ours was returned");
        new Email().send(account("nullSender", "true"), automatic, transport);
        assertThat(transport.envelopes).containsExactly("support@shop.example", "");
    }

    /** As a mail comes back: over a server. */
    private static byte[] returned(byte[] mail) {
        byte[] received = "Received: from mx.customer.example by mx.shop.example; Sat, 21 Nov 2026 10:00:00 +0000\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(received, received.length + mail.length);
        System.arraycopy(mail, 0, all, received.length, mail.length);
        return all;
    }

    @Test
    void tokensCanBeLeftOut() {
        new Email().send(account("replyTokens", "false"), message("Hello"), transport);
        assertThat(mail(0).headers().has("reply-to")).isFalse();
    }

    @Test
    void longReferencesAreTrimmedInTheMiddle() {
        List<String> many = IntStream.range(0, 200)
                .mapToObj(i -> "mail-number-" + i + "@customer.example")
                .toList();
        ToCustomer message = with("ana@customer.example", "Hi", null, "last@customer.example", many);
        String references = sent(message).headers().raw("references").orElseThrow();
        assertThat(references)
                .hasSizeLessThan(1_100)
                .startsWith("<mail-number-0@")
                .endsWith("<last@customer.example>");
    }

    @Test
    void filesTravelWithTheirNames() {
        transport.kept.put("m-1", new byte[] {1, 2, 3});
        Part.Media media = new Part.Media(
                MediaKind.FILE, "application/pdf", "../Rechnung\r\nBcc: x@y für Ana.pdf", 3L, null, "m-1", null);
        Part.Media picture = new Part.Media(MediaKind.IMAGE, "image/png", null, 3L, null, "m-1", null);
        Part.Media link =
                new Part.Media(MediaKind.VIDEO, "video/mp4", "film.mp4", null, null, null, "https://x.example/f");
        MimePart mail = sent(message(List.of(new Part.Text("See"), media, picture, link)));
        assertThat(mail.is("multipart/mixed")).isTrue();
        assertThat(mail.children().get(0).text(1_000)).contains("See").contains("film.mp4: https://x.example/f");
        MimePart file = mail.children().get(1);
        assertThat(file.fileName()).contains("Rechnung Bcc_ x@y für Ana.pdf");
        assertThat(file.isAttachment()).isTrue();
        assertThat(file.content(10)).containsExactly(1, 2, 3);
        assertThat(mail.children().get(2).headers().field("content-disposition").value())
                .isEqualTo("inline");
        assertThat(mail.headers().has("bcc")).isFalse();
    }

    @Test
    void htmlGoesWithItsPlainFormAndWithoutScripts() {
        Part.Text text =
                new Part.Text("Hi", null, "<p>Hi<script>x()</script> <img src=\"https://shop.example/l.png\"></p>");
        MimePart mail = sent(message(List.of(text)));
        assertThat(mail.is("multipart/alternative")).isTrue();
        assertThat(mail.children().get(0).text(100)).isEqualToIgnoringNewLines("Hi");
        assertThat(mail.children().get(1).text(1_000))
                .contains("https://shop.example/l.png")
                .doesNotContain("script");
    }

    @Test
    void theMarkerStandsAboveAndIsFoundInTheAnswer() {
        new Email().send(account("marker", "## Please write above ##"), message("Blue or red?"), transport);
        assertThat(mail(0).text(1_000)).startsWith("## Please write above ##");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nBcc: x@y.example", "\nX: y", "\r", "\u0000", "\u2028", "\u0085", "\u0007"})
    void noHeaderValueCanHoldALineBreak(String evil) {
        List<ToCustomer> messages = List.of(
                with("ana@customer.example" + evil, "Hi", null, "1@x", List.of()),
                with("ana@customer.example", "Hi" + evil, null, "1@x", List.of()),
                with("ana@customer.example", "Hi", "Agent" + evil, "1@x", List.of()),
                with("ana@customer.example", "Hi", null, "1@x" + evil, List.of()),
                with("ana@customer.example", "Hi", null, "1@x", List.of("1@x" + evil)));
        for (ToCustomer message : messages) {
            assertThat(new Email().send(ACCOUNT, message, transport)).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(transport.mails).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ana", "@x", "a@", "a b@x.example", "<a@x.example>", "a@x.example,b@x.example", "a@b@c"})
    void whatIsNoAddressIsRefused(String address) {
        Outcome outcome = new Email().send(ACCOUNT, with(address, "Hi", null, null, List.of()), transport);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo(Reason.RECIPIENT_UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "250, 2.0.0, sent,",
        "421, '', retry, provider-down",
        "450, 4.7.1, retry, throttled",
        "451, '', retry, throttled",
        "452, 4.2.2, retry, provider-down",
        "454, 4.7.0, retry, authentication-failed",
        "535, 5.7.8, refused, authentication-failed",
        "530, '', refused, authentication-failed",
        "550, 5.1.1, refused, recipient-unknown",
        "550, '', refused, recipient-unknown",
        "550, 5.7.1, refused, content-refused",
        "550, 5.7.30, refused, authentication-failed",
        "552, '', refused, too-large",
        "552, 5.3.4, refused, too-large",
        "552, 5.2.2, refused, provider-down",
        "553, 5.1.8, refused, account-blocked",
        "554, '', refused, content-refused",
        "554, 5.6.0, refused, content-refused",
    })
    void serversRepliesHaveOurWords(int code, String enhanced, String end, @Nullable String reason) {
        transport.scripted = new SmtpReply(code, enhanced);
        Outcome outcome = new Email().send(ACCOUNT, message("Hello"), transport);
        assertThat(outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT)).isEqualTo(end);
        if (outcome instanceof Outcome.Retry retry) {
            assertThat(word(retry.reason())).isEqualTo(reason);
        } else if (outcome instanceof Outcome.Refused refused) {
            assertThat(word(refused.reason())).isEqualTo(reason);
        }
    }

    @Test
    void aConnectionLostAfterTheMailWasOutIsUncertain() {
        transport.broken = TransportFailure.maybeSent(Reason.TIMEOUT, "no answer to DATA");
        assertThat(new Email().send(ACCOUNT, message("Hello"), transport)).isInstanceOf(Outcome.Uncertain.class);
        transport.broken = TransportFailure.notSent(Reason.PROVIDER_DOWN, "refused");
        assertThat(new Email().send(ACCOUNT, message("Hello"), transport)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void whatMailCannotShowIsRefused() {
        Part.Choices choices = new Part.Choices("?", List.of(new Part.Choice("1", "one", null)), null);
        assertThat(new Email().send(ACCOUNT, message(List.of(choices)), transport))
                .isInstanceOf(Outcome.Refused.class);
        assertThat((Object) new Email()).isNotInstanceOf(ReadMarker.class);
    }

    @Test
    void aTokenGoesToTheServerAsOne() {
        Account account = account("smtp.user", "support", "smtp.token", "ya29.token");
        assertThat(EmailSettings.SMTP.of(account).usesToken()).isTrue();
        assertThat(account.toString() + EmailSettings.SMTP.of(account)).doesNotContain("ya29");
    }

    @Test
    void settingsThatCannotWorkAreSaid() {
        Email email = new Email();
        assertThat(email.problems(TestAccount.with()))
                .anyMatch(problem -> problem.contains("imap is missing"))
                .anyMatch(problem -> problem.contains("smtp is missing"));
        List<String> imap = List.of("imap.host", "mail.example", "imap.user", "u", "imap.password", "p");
        List<String> smtp = List.of("smtp.host", "mail.example", "smtp.user", "u", "smtp.password", "p");
        assertThat(email.problems(with(imap, smtp))).isEmpty();
        assertThat(email.problems(with(imap, smtp, List.of("pop3.host", "x", "pop3.user", "u", "pop3.password", "p"))))
                .anyMatch(problem -> problem.contains("remove one"));
        assertThat(email.problems(with(imap, smtp, List.of("imap.tls", "false"))))
                .anyMatch(problem -> problem.contains("imap.tls is false"));
        assertThat(email.problems(with(List.of("imap.host", "x"), smtp)))
                .anyMatch(problem -> problem.contains("imap.user"));
        assertThat(email.problems(with(imap, List.of("smtp.host", "x", "smtp.user", "u"))))
                .anyMatch(problem -> problem.contains("smtp needs both"));
        assertThat(email.problems(with(imap, smtp, List.of("address", "not an address"))))
                .anyMatch(problem -> problem.contains("address"));
    }

    private static Account with(List<String> imap, List<String> smtp) {
        return with(imap, smtp, List.of());
    }

    private static Account with(List<String> imap, List<String> smtp, List<String> more) {
        List<String> all = new ArrayList<>(imap);
        all.addAll(smtp);
        all.addAll(more);
        return TestAccount.with(all.toArray(String[]::new));
    }

    private MimePart sent(ToCustomer message) {
        if (transport.scripted == null) {
            transport.scripted = new SmtpReply(250, "2.0.0");
        }
        assertThat(new Email().send(ACCOUNT, message, transport)).isInstanceOf(Outcome.Sent.class);
        return mail(transport.mails.size() - 1);
    }

    private MimePart mail(int index) {
        String raw = new String(transport.mails.get(index), StandardCharsets.ISO_8859_1);
        assertThat(raw.replace("\r\n", ""))
                .as("bare line breaks")
                .doesNotContain("\n")
                .doesNotContain("\r");
        return MimeReader.read(transport.mails.get(index)).root();
    }

    private static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static ToCustomer message(String text) {
        return message(List.of(new Part.Text(text)));
    }

    private static ToCustomer message(List<Part> parts) {
        return new ToCustomer(
                "key-1",
                "m1",
                TestAccount.CONVERSATION,
                "ana@customer.example",
                parts,
                "2@customer.example",
                "Größe 42",
                List.of("1@customer.example", "ours@shop.example", "sha:00ff"),
                "Agent Ada",
                false);
    }

    private static ToCustomer with(
            String address,
            String subject,
            @Nullable String author,
            @Nullable String replyTo,
            List<String> references) {
        return new ToCustomer(
                "key-1",
                "m1",
                TestAccount.CONVERSATION,
                address,
                List.of(new Part.Text("Hi")),
                replyTo,
                subject,
                references,
                author,
                false);
    }

    private static Account account(String... more) {
        List<String> all = new ArrayList<>(List.of("smtp.host", "127.0.0.1", "smtp.port", "1", "smtp.tls", "false"));
        all.addAll(List.of(more));
        return TestAccount.with(all.toArray(String[]::new));
    }
}
