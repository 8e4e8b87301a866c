// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reports by mail servers and readers on mail that we sent: delivery status (RFC 3464), disposition (RFC 8098) and the
 * free texts of servers that know neither. A report counts only when it names a Message-ID that is proved to be ours:
 * anybody can write a bounce, and a forged one must not silence a customer.
 */
final class Reports {
    private static final int LARGEST = 256 * 1024;
    private static final int MOST_RECIPIENTS = 100;
    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final Pattern ID = Pattern.compile("(?i)<(dragoman\\.[a-z0-9.]{60,70}@[^<>\\s]{1,255})>");
    private static final Pattern FREE_BOUNCE = Pattern.compile(
            "(?i)undeliver|failure notice|delivery status notification|mail delivery failed|returned mail|"
                    + "delivery (has )?failed|unzustellbar|qmail-send program");

    private final MimePart mail;
    private final OwnIds ids;
    private final String key;
    private final Instant at;

    Reports(MimePart mail, OwnIds ids, String key, Instant at) {
        this.mail = mail;
        this.ids = ids;
        this.key = key;
        this.at = at;
    }

    /** The receipts that a report holds; empty for any other mail, and for a report on mail that is not ours. */
    List<CustomerEvent> receipts() {
        Optional<MimePart> delivery = mail.isMultipart()
                ? mail.find("message/delivery-status").or(() -> mail.find("message/global-delivery-status"))
                : Optional.empty();
        if (delivery.isPresent()) {
            return delivered(delivery.get());
        }
        Optional<MimePart> disposition = mail.report().equals("disposition-notification")
                ? mail.find("message/disposition-notification")
                : Optional.empty();
        return disposition.isPresent() ? read(disposition.get()) : freeBounce();
    }

    private List<CustomerEvent> delivered(MimePart report) {
        Optional<OwnIds.Own> own = original();
        if (own.isEmpty()) {
            return List.of();
        }
        List<CustomerEvent> receipts = new ArrayList<>();
        byte[] body = report.content(LARGEST);
        int from = 0;
        while (from < body.length && receipts.size() < MOST_RECIPIENTS) {
            MimeHeaders group = MimeHeaders.read(body, from, body.length);
            if (group.has("action") || group.has("status")) {
                receipts.add(recipient(group, own.get(), receipts.size()));
            }
            from = Math.max(from + 1, group.bodyStart());
        }
        return receipts;
    }

    private CustomerEvent recipient(MimeHeaders group, OwnIds.Own own, int index) {
        String action = group.field("action").value();
        String code = code(group.raw("status").orElse(""))
                .or(() -> code(group.raw("diagnostic-code").orElse("")))
                .orElse(action.equals("failed") ? "5.0.0" : "2.0.0");
        Status status =
                switch (action) {
                    case "delivered" -> Status.DELIVERED;
                    case "failed" -> Status.FAILED;
                    case "" -> code.startsWith("5") ? Status.FAILED : Status.SENT;
                    default -> Status.SENT; // delayed, relayed, expanded: on its way
                };
        String recipient = group.raw("final-recipient")
                .or(() -> group.raw("original-recipient"))
                .orElse("");
        String address = recipient.substring(recipient.indexOf(';') + 1).trim();
        return receipt(own, index, status, code, MailAddress.valid(address) ? SafeText.address(address) : "");
    }

    private CustomerEvent receipt(OwnIds.Own own, int index, Status status, String code, String address) {
        boolean failed = status == Status.FAILED;
        @Nullable Reason reason = failed ? SmtpCodes.reason(code) : null;
        String lane = address.isEmpty() ? own.messageId() : address;
        return new CustomerEvent.Receipt(
                key + ":" + index, lane, at, own.messageId(), status, reason, "mail status " + code);
    }

    private List<CustomerEvent> read(MimePart report) {
        byte[] body = report.content(LARGEST);
        MimeHeaders fields = MimeHeaders.read(body, 0, body.length);
        String disposition = fields.raw("disposition").orElse("").toLowerCase(Locale.ROOT);
        Optional<OwnIds.Own> own = fields.raw("original-message-id").flatMap(this::firstOwn);
        if (own.isEmpty() || !disposition.replaceAll("\\s", "").matches(".{0,200};displayed([/;].{0,200})?")) {
            return List.of();
        }
        String reader = MailAddress.parse(mail.headers().raw("from").orElse("")).stream()
                .map(MailAddress::address)
                .findFirst()
                .orElse(own.get().messageId());
        return List.of(new CustomerEvent.Receipt(
                key + ":0", reader, at, own.get().messageId(), Status.READ, null, "read notification"));
    }

    /** Our id in the copy of our mail that the report brings back, or in a field that names it. */
    private Optional<OwnIds.Own> original() {
        return copy("message/rfc822")
                .or(() -> copy("text/rfc822-headers"))
                .or(() -> copy("message/global"))
                .or(() -> copy("message/global-headers"))
                .or(() -> mail.headers().raw("x-original-message-id").flatMap(this::firstOwn))
                .or(() -> MessageIds.references(mail.headers()).stream()
                        .flatMap(id -> ids.own(id).stream())
                        .findFirst());
    }

    private Optional<OwnIds.Own> copy(String type) {
        return mail.find(type).flatMap(part -> {
            byte[] body = part.content(LARGEST);
            return MimeHeaders.read(body, 0, body.length).raw("message-id").flatMap(this::firstOwn);
        });
    }

    private Optional<OwnIds.Own> firstOwn(String field) {
        return MessageIds.in(field).stream().flatMap(id -> ids.own(id).stream()).findFirst();
    }

    /** qmail, old Exim and others send plain text with a copy of the mail below. */
    private List<CustomerEvent> freeBounce() {
        MimeHeaders headers = mail.headers();
        boolean fromServer = headers.has("x-failed-recipients")
                || headers.all("return-path").stream()
                        .anyMatch(path -> path.trim().equals("<>"))
                || headers.raw("from").orElse("").toLowerCase(Locale.ROOT).contains("mailer-daemon");
        if (!fromServer
                || mail.report().equals("disposition-notification")
                || mail.report().equals("feedback-report")) {
            return List.of();
        }
        String text = new String(
                mail.raw(),
                mail.start(),
                Math.min(LARGEST, mail.end() - mail.start()),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        boolean bounce = headers.has("x-failed-recipients")
                || FREE_BOUNCE.matcher(headers.text("subject").orElse("")).find()
                || FREE_BOUNCE
                        .matcher(text.substring(0, Math.min(text.length(), 4_096)))
                        .find();
        Matcher id = ID.matcher(text);
        while (bounce && id.find()) {
            Optional<OwnIds.Own> own = ids.own(id.group(1));
            if (own.isPresent()) {
                String code = code(text.substring(0, id.start()))
                        .filter(found -> !found.startsWith("2"))
                        .orElse("5.0.0");
                Status status = code.startsWith("4") ? Status.SENT : Status.FAILED;
                return List.of(receipt(own.get(), 0, status, code, ""));
            }
        }
        return List.of();
    }

    private static Optional<String> code(String text) {
        Matcher status = STATUS.matcher(text);
        return status.find() ? Optional.of(status.group(1)) : Optional.empty();
    }
}
