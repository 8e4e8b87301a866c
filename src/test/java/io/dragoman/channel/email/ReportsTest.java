// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.dragoman.connector.mail.OwnIds;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounces and read notifications become receipts, but only for mail that is surely ours. */
final class ReportsTest {
    private static final String MINE =
            new OwnIds(TestAccount.with()).messageId(TestAccount.CONVERSATION, "delivery-1", "shop.example");

    @ParameterizedTest
    @CsvSource({
        "5.1.1, failed, recipient-unknown",
        "5.2.2, failed, provider-down",
        "5.3.4, failed, too-large",
        "5.4.1, failed, recipient-unknown",
        "4.4.7, failed, timeout",
        "5.6.0, failed, content-refused",
        "5.7.1, failed, content-refused",
        "5.7.26, failed, content-refused",
        "5.1.8, failed, account-blocked",
    })
    void failureSaysWhy(String code, String action, String reason) {
        CustomerEvent.Receipt receipt = receipt(dsn(code, action, MINE));
        assertThat(receipt.externalId()).isEqualTo(MINE);
        assertThat(receipt.status()).isEqualTo(Status.FAILED);
        assertThat(receipt.reason())
                .isEqualTo(
                        Reason.valueOf(reason.toUpperCase(java.util.Locale.ROOT).replace('-', '_')));
        assertThat(receipt.lane()).isEqualTo("ana@customer.example");
        assertThat(receipt.detail()).isEqualTo("mail status " + code);
    }

    @Test
    void delayIsNoFailure() {
        CustomerEvent.Receipt receipt = receipt(dsn("4.4.1", "delayed", MINE));
        assertThat(receipt.status()).isEqualTo(Status.SENT);
        assertThat(receipt.reason()).isNull();
    }

    @Test
    void deliveryIsSaid() {
        assertThat(receipt(dsn("2.0.0", "delivered", MINE)).status()).isEqualTo(Status.DELIVERED);
        assertThat(receipt(dsn("2.0.0", "relayed", MINE)).status()).isEqualTo(Status.SENT);
    }

    @Test
    void forgedBounceIsAnOrdinaryAutomaticMail() {
        String forged = MINE.replaceFirst("\\.[a-z2-7]{16}@", ".aaaaaaaaaaaaaaaa@");
        for (String id : List.of(forged, "other@shop.example", "")) {
            List<CustomerEvent> events = TestAccount.read(dsn("5.1.1", "failed", id));
            assertThat(events)
                    .hasSize(1)
                    .first()
                    .isInstanceOfSatisfying(
                            CustomerEvent.MessageReceived.class,
                            message -> assertThat(message.automatic()).contains("report"));
        }
    }

    @Test
    void everyRecipientHasItsReceipt() {
        byte[] report = report(
                "Final-Recipient: rfc822; a@customer.example\nAction: failed\nStatus: 5.1.1\n\n"
                        + "Final-Recipient: rfc822; b@customer.example\nAction: delayed\nStatus: 4.2.2",
                "message/rfc822",
                MINE);
        List<CustomerEvent> events = TestAccount.read(report);
        assertThat(events).extracting(Event::lane).containsExactly("a@customer.example", "b@customer.example");
        assertThat(events).extracting(Event::key).doesNotHaveDuplicates();
    }

    /** Exchange gives no Action in some reports, and headers only of what bounced. */
    @Test
    void exchangeReportIsRead() {
        byte[] report = report(
                "Original-Recipient: rfc822;ana@customer.example\nFinal-Recipient: rfc822;ana@customer.example\n"
                        + "Action: failed\nStatus: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound",
                "text/rfc822-headers",
                MINE);
        assertThat(receipt(report).reason()).isEqualTo(Reason.RECIPIENT_UNKNOWN);
    }

    @Test
    void qmailBounceIsRead() {
        byte[] mail = TestAccount.mail(
                "Return-Path: <>",
                "From: MAILER-DAEMON@isp.example",
                "Subject: failure notice",
                "",
                "Hi. This is the qmail-send program at isp.example.",
                "",
                "<ana@customer.example>:",
                "Sorry, no mailbox here by that name. (#5.1.1)",
                "",
                "--- Below this line is a copy of the message.",
                "",
                "Message-ID: <" + MINE + ">",
                "Subject: Re: Order");
        assertThat(receipt(mail).reason()).isEqualTo(Reason.RECIPIENT_UNKNOWN);
    }

    @Test
    void oldEximBounceIsRead() {
        byte[] mail = TestAccount.mail(
                "Return-Path: <>",
                "X-Failed-Recipients: ana@customer.example",
                "From: Mail Delivery System <Mailer-Daemon@isp.example>",
                "Subject: Mail delivery failed: returning message to sender",
                "",
                "  ana@customer.example",
                "    SMTP error from remote mail server: 552 5.3.4 too big",
                "",
                "------ This is a copy of the message, including all the headers. ------",
                "Message-Id: <" + MINE + ">");
        assertThat(receipt(mail).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aPersonWhoQuotesOurHeadersIsNoBounce() {
        byte[] mail = TestAccount.mail(
                "From: ana@customer.example",
                "Subject: Undelivered?",
                "",
                "I got this: Message-ID: <" + MINE + "> 5.1.1");
        assertThat(TestAccount.read(mail).get(0)).isInstanceOf(CustomerEvent.MessageReceived.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manual-action/MDN-sent-manually; displayed",
                "automatic-action/MDN-sent-automatically;displayed/error"
            })
    void readNotificationIsRead(String disposition) {
        CustomerEvent.Receipt receipt = receipt(mdn(disposition, MINE));
        assertThat(receipt.status()).isEqualTo(Status.READ);
        assertThat(receipt.externalId()).isEqualTo(MINE);
    }

    @Test
    void deletedUnreadIsNotRead() {
        assertThat(TestAccount.read(mdn("manual-action/MDN-sent-manually; deleted", MINE))
                        .get(0))
                .isInstanceOf(CustomerEvent.MessageReceived.class);
        assertThat(TestAccount.read(mdn("manual-action/MDN-sent-manually; displayed", "x@y"))
                        .get(0))
                .isInstanceOf(CustomerEvent.MessageReceived.class);
    }

    /** Whatever a stranger repeats, a mail of 4 MB is read in a time that no user would notice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "words without a colon\n",
                "Action: failed\n",
                "Status: 5.1.1\n\n",
                "a@b.example:\n",
                "Message-ID: dragoman.a@b\n",
                "  > ",
                "user ",
                "<a@b.example> ",
                "5.0.0 "
            })
    void hostileReportCostsLittle(String repeated) {
        String much = repeated.repeat(4_000_000 / repeated.length());
        String header = "Return-Path: <>\nFrom: mailer-daemon@isp.example\nSubject: failure notice\n";
        assertTimeout(Duration.ofSeconds(20), () -> {
            TestAccount.read(TestAccount.mail(header + "\n" + much + "\nMessage-ID: <" + MINE + ">"));
            TestAccount.read(TestAccount.mail(header + "\nMessage-ID: <" + MINE + ">\n" + much));
            TestAccount.read(report(much, "message/rfc822", MINE));
        });
    }

    private static CustomerEvent.Receipt receipt(byte[] mail) {
        List<CustomerEvent> events = TestAccount.read(mail);
        assertThat(events).hasSize(1);
        return (CustomerEvent.Receipt) events.get(0);
    }

    private static byte[] dsn(String code, String action, String messageId) {
        return report(
                "Final-Recipient: RFC822; ana@Customer.example\nAction: " + action + " (yes)\nStatus: " + code
                        + " (reason)\nDiagnostic-Code: smtp; 550 some words",
                "message/rfc822",
                messageId);
    }

    private static byte[] report(String recipients, String copyType, String messageId) {
        return TestAccount.mail(
                "Return-Path: <>",
                "From: Mail Delivery Subsystem <mailer-daemon@isp.example>",
                "Subject: Undelivered Mail Returned to Sender",
                "Message-ID: <bounce@isp.example>",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "Your mail did not arrive.",
                "--b",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; isp.example",
                "",
                recipients,
                "",
                "--b",
                "Content-Type: " + copyType,
                "",
                "From: support@shop.example",
                "Message-ID: <" + messageId + ">",
                "Subject: Re: Order",
                "",
                "--b--");
    }

    private static byte[] mdn(String disposition, String messageId) {
        return TestAccount.mail(
                "From: Ana <ana@customer.example>",
                "Subject: Read: Order",
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
                "",
                "--b",
                "",
                "It was read.",
                "--b",
                "Content-Type: message/disposition-notification",
                "",
                "Final-Recipient: rfc822;ana@customer.example",
                "Original-Message-ID: <" + messageId + ">",
                "Disposition: " + disposition,
                "",
                "--b--");
    }
}
