// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import java.nio.charset.StandardCharsets;

/** The report of a mail server that a mail could not be delivered (RFC 3464). */
final class BounceMail {
    private BounceMail() {}

    /**
     * Written to its sender.
     *
     * @param to whom the mail was for
     * @param messageId of the mail, with brackets
     */
    static byte[] of(String to, String messageId, String sender) {
        String id = Integer.toHexString(messageId.hashCode());
        return String.join(
                        "\r\n",
                        "Return-Path: <>",
                        "From: Mail Delivery System <MAILER-DAEMON@customers.example>",
                        "To: " + sender,
                        "Subject: Undelivered Mail Returned to Sender",
                        "Date: Sun, 29 Nov 2026 12:00:00 +0000",
                        "Message-ID: <bounce-" + id + "@customers.example>",
                        "Auto-Submitted: auto-replied",
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b" + id + "\"",
                        "",
                        "--b" + id,
                        "Content-Type: text/plain; charset=us-ascii",
                        "",
                        "Your message could not be delivered.",
                        "",
                        "--b" + id,
                        "Content-Type: message/delivery-status",
                        "",
                        "Reporting-MTA: dns; mx.customers.example",
                        "",
                        "Final-Recipient: rfc822; " + to,
                        "Action: failed",
                        "Status: 5.2.1",
                        "Diagnostic-Code: smtp; 550 5.2.1 mailbox disabled",
                        "",
                        "--b" + id,
                        "Content-Type: text/rfc822-headers",
                        "",
                        "From: " + sender,
                        "To: " + to,
                        "Message-ID: " + messageId,
                        "",
                        "--b" + id + "--",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
