// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reports by mail servers and readers on mail that we sent: delivery status (RFC 3464), disposition (RFC 8098) and the
 * free texts of servers that know neither. A report counts only when it names a Message-ID that is proved to be ours:
 * anybody can write a bounce, and a forged one must not silence a customer.
 */
public final class Reports {
    private static final int LARGEST = 256 * 1024;
    private static final int MOST_RECIPIENTS = 100;
    private static final Pattern DISPLAYED = Pattern.compile(".{0,200};displayed([/;].{0,200})?");

    /** What nobody saw and a program deleted; a person who deletes unread says {@code manual-action}. */
    private static final Pattern REJECTED =
            Pattern.compile("automatic-action/mdn-sent-automatically;deleted([/;].{0,200})?");

    private static final List<String> STATUS_PARTS =
            List.of("message/delivery-status", "message/global-delivery-status");
    private static final List<String> COPIES = List.of(
            "message/rfc822",
            "text/rfc822-headers",
            "message/global",
            "message/global-headers",
            "message/partial",
            "text/rfc822");

    private final MimePart mail;
    private final OwnIds ids;
    private final OwnAddresses addresses;
    private final String key;
    private final Instant at;

    public Reports(MimePart mail, OwnIds ids, OwnAddresses addresses, String key, Instant at) {
        this.mail = mail;
        this.ids = ids;
        this.addresses = addresses;
        this.key = key;
        this.at = at;
    }

    /** The receipts that a report holds; empty for any other mail, and for a report on mail that is not ours. */
    public List<CustomerEvent> receipts() {
        if (mail.report().equals("feedback-report")) {
            return List.of();
        }
        if (mail.report().equals("disposition-notification")) {
            return mail.find("message/disposition-notification").map(this::read).orElse(List.of());
        }
        List<StatusFields> fields = statusPart();
        ReportSource source = new ReportSource(mail);
        if (fields.isEmpty() && !source.mayBeServer()) {
            return List.of();
        }
        BounceText text = BounceText.of(mail);
        boolean copied = COPIES.stream().anyMatch(type -> copy(type).isPresent()) || text.hasCopy();
        List<StatusFields> told = fields.isEmpty() ? StatusFields.in(text.said()) : fields;
        Optional<OwnIds.Own> own = original(text, !told.isEmpty());
        if (own.isEmpty()) {
            return List.of();
        }
        if (!told.isEmpty()) {
            return delivered(told, text, own.get());
        }
        return source.isBounce(text.said(), copied) ? freeBounce(text, own.get()) : List.of();
    }

    private List<StatusFields> statusPart() {
        List<StatusFields> groups = new ArrayList<>(StatusFields.of(mail.headers()));
        for (String type : STATUS_PARTS) {
            mail.find(type)
                    .ifPresent(part -> groups.addAll(
                            StatusFields.in(new String(part.content(LARGEST), StandardCharsets.ISO_8859_1))));
        }
        if (groups.isEmpty()) {
            mail.children().forEach(part -> groups.addAll(headerless(part)));
        }
        return groups.subList(0, Math.min(groups.size(), MOST_RECIPIENTS));
    }

    /** A status part that lacks its own header: its fields are read as one. */
    private static List<StatusFields> headerless(MimePart part) {
        List<StatusFields> first = StatusFields.of(part.headers());
        return first.isEmpty() && part.headers().has("reporting-mta")
                ? StatusFields.in(new String(part.content(LARGEST), StandardCharsets.ISO_8859_1))
                : first;
    }

    private List<CustomerEvent> delivered(List<StatusFields> groups, BounceText text, OwnIds.Own own) {
        Map<String, String> sections = text.sections(addresses);
        List<CustomerEvent> receipts = new ArrayList<>();
        for (StatusFields group : groups) {
            List<String> said = new ArrayList<>(List.of(group.said()));
            Optional.ofNullable(sections.get(group.recipient())).ifPresent(said::add);
            if (groups.size() == 1) {
                said.add(text.said());
            }
            Status status = DeliveryEnd.of(group, text.said());
            receipts.add(receipt(own, receipts.size(), status, DeliveryEnd.isDelay(group), group, said));
        }
        return receipts;
    }

    private CustomerEvent receipt(
            OwnIds.Own own, int index, Status status, boolean delay, StatusFields group, List<String> said) {
        String recipient = group.recipient().isEmpty() ? null : SafeText.address(group.recipient());
        String lane = recipient == null ? own.messageId() : recipient;
        String id = own.messageId();
        String name = key + ":" + index;
        if (status == Status.FAILED) {
            BounceReason why = BounceReason.of(group.status(), said);
            return new CustomerEvent.Receipt(
                    name, lane, at, id, status, why.reason(), "mail status " + why.code(), recipient);
        }
        String detail = status == Status.DELIVERED ? "mail status " + code(group) : delay ? DeliveryEnd.DELAYED : null;
        return new CustomerEvent.Receipt(name, lane, at, id, status, null, detail, recipient);
    }

    private static String code(StatusFields group) {
        return BounceReason.enhanced(group.status()).stream().findFirst().orElse("2.0.0");
    }

    /**
     * Whether a recipient's filter sent the mail back with words of its owner (Sieve's {@code reject} after SMTP, RFC
     * 5429 section 2.1.3): such a mail is a receipt and a message.
     */
    public static boolean isRejection(MimePart mail) {
        return mail.report().equals("disposition-notification")
                && mail.find("message/disposition-notification")
                        .map(report ->
                                REJECTED.matcher(disposition(fields(report))).matches())
                        .orElse(false);
    }

    private List<CustomerEvent> read(MimePart report) {
        MimeHeaders fields = fields(report);
        String disposition = disposition(fields);
        Optional<OwnIds.Own> own = fields.raw("original-message-id").flatMap(this::firstOwn);
        boolean rejected = REJECTED.matcher(disposition).matches();
        if (own.isEmpty() || !(rejected || DISPLAYED.matcher(disposition).matches())) {
            return List.of();
        }
        String field = rejected
                ? fields.raw("final-recipient").orElse("")
                : mail.headers().raw("from").orElse("");
        String reader = MailAddress.parse(field.substring(field.indexOf(';') + 1)).stream()
                .map(MailAddress::address)
                .findFirst()
                .orElse(null);
        String id = own.get().messageId();
        return List.of(new CustomerEvent.Receipt(
                key + ":0",
                reader == null ? id : reader,
                at,
                id,
                rejected ? Status.FAILED : Status.READ,
                rejected ? Reason.CONTENT_REFUSED : null,
                rejected ? "rejected by the recipient's filter" : "read notification",
                reader));
    }

    private static MimeHeaders fields(MimePart report) {
        byte[] body = report.content(LARGEST);
        return MimeHeaders.read(body, 0, body.length);
    }

    private static String disposition(MimeHeaders fields) {
        return fields.raw("disposition").orElse("").toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    }

    /** Our id in the copy of our mail that the report brings back, in its text, or in a field that names it. */
    private Optional<OwnIds.Own> original(BounceText text, boolean status) {
        return COPIES.stream()
                .flatMap(type -> copy(type).stream())
                .findFirst()
                .or(() -> mail.headers().raw("x-original-message-id").flatMap(this::firstOwn))
                .or(() -> text.own(ids))
                .or(() -> status
                        ? MessageIds.references(mail.headers()).stream()
                                .flatMap(id -> ids.own(id).stream())
                                .findFirst()
                        : Optional.empty());
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

    /** qmail, dma, old Exim and others send plain text with a copy of the mail below. */
    private List<CustomerEvent> freeBounce(BounceText text, OwnIds.Own own) {
        String subject = mail.headers().text("subject").orElse("");
        List<CustomerEvent> receipts = new ArrayList<>();
        recipients(text).forEach((address, said) -> {
            List<String> words = List.of(said, text.said());
            String about = BounceReason.isIn(said) ? said : text.said();
            Status status = DeliveryEnd.ofText(subject, about, text.said());
            StatusFields group = new StatusFields("", "", "", address);
            receipts.add(receipt(own, receipts.size(), status, status == Status.SENT, group, words));
        });
        return receipts;
    }

    /** Each recipient with what is said about it; one without an address where the text names none. */
    private Map<String, String> recipients(BounceText text) {
        Map<String, String> recipients = new LinkedHashMap<>(text.sections(addresses));
        mail.headers().all("x-failed-recipients").stream()
                .flatMap(field -> MailAddress.parse(field).stream())
                .limit(MOST_RECIPIENTS)
                .forEach(address -> recipients.putIfAbsent(address.address(), ""));
        if (recipients.isEmpty()) {
            recipients.put(
                    text.onlyRecipient(addresses).or(this::recipientOfCopy).orElse(""), "");
        }
        return recipients;
    }

    /** Whom our mail was for, if it was for one alone. */
    private Optional<String> recipientOfCopy() {
        List<String> found = COPIES.stream()
                .flatMap(type -> mail.find(type).stream())
                .limit(1)
                .map(part -> part.content(LARGEST))
                .flatMap(body -> MimeHeaders.read(body, 0, body.length).all("to").stream())
                .flatMap(field -> MailAddress.parse(field).stream())
                .map(MailAddress::address)
                .toList();
        return found.size() == 1 && MailAddress.valid(found.get(0)) ? Optional.of(found.get(0)) : Optional.empty();
    }
}
