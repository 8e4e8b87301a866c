// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.mail.MessageIds;
import io.dragoman.connector.mail.MimeHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which helpdesk writes, and so how an agent's public answer is told from what the helpdesk says by itself. */
enum HelpdeskProduct {
    ZAMMAD,
    OSTICKET,
    FREESCOUT,
    REQUEST_TRACKER,
    REDMINE,
    FRESHDESK,
    ZENDESK,
    JIRA_SM,
    OTHER;

    private static final Set<String> BULK = Set.of("bulk", "list", "junk", "auto_reply");

    /** Request Tracker's templates; an agent's answer has the ticket's own subject. */
    private static final Pattern RT_TEMPLATE =
            Pattern.compile("(?i)(\\[[^\\]]{1,100}\\] ?)?((autoreply|resolved|status changed"
                    + " to|new pending approval|ticket approved|ticket rejected):|\\[comment\\]).*");

    /** FreeScout names in its Message-IDs what a mail is. */
    private static final List<String> FREESCOUT_OWN = List.of("fs_autoreply", "autoreply-", "fs_notify", "notify-");

    private static final String REDMINE_JOURNAL = "redmine.journal-";

    /** Whether its mails are written around what an agent says, so that the whole text is looked at. */
    boolean frames() {
        return this == REDMINE || this == JIRA_SM;
    }

    /**
     * Why a mail is no agent's answer, as a clause for the operator; empty for an answer.
     *
     * @param isOurs whether an address is one that we write from
     */
    Optional<String> notification(MimeHeaders headers, Predicate<String> isOurs) {
        return switch (this) {
            case REQUEST_TRACKER -> ofRequestTracker(headers, isOurs);
            case REDMINE -> ofRedmine(headers);
            case JIRA_SM -> Optional.empty(); // every mail of it is automatic: its text tells
            case FREESCOUT ->
                messageId(headers)
                        .filter(id -> FREESCOUT_OWN.stream().anyMatch(id::startsWith))
                        .map(id -> "its Message-ID is that of an automatic mail")
                        .or(() -> automatic(headers));
            default -> automatic(headers);
        };
    }

    private static Optional<String> automatic(MimeHeaders headers) {
        if (submitted(headers)) {
            return Optional.of("its header says Auto-Submitted");
        }
        String precedence = headers.field("precedence").value();
        return BULK.contains(precedence) ? Optional.of("its header says Precedence: " + precedence) : Optional.empty();
    }

    private static boolean submitted(MimeHeaders headers) {
        String value = headers.field("auto-submitted").value();
        return !value.isEmpty() && !value.equals("no");
    }

    /** All of its mail is bulk; who began the transaction tells. */
    private static Optional<String> ofRequestTracker(MimeHeaders headers, Predicate<String> isOurs) {
        Optional<String> originator = headers.raw("x-rt-originator")
                .or(() -> headers.raw("rt-originator"))
                .map(String::strip);
        if (originator.isEmpty()) {
            return Optional.of(
                    "it names no X-RT-Originator (UseOriginatorHeader), so that no agent is known to have written it");
        }
        if (isOurs.test(originator.get())) {
            return Optional.of("what the customer wrote began it (X-RT-Originator)");
        }
        return RT_TEMPLATE.matcher(headers.text("subject").orElse("")).matches()
                ? Optional.of("its subject is that of a template such as AutoReply")
                : Optional.empty();
    }

    /** All of its mail is automatic; a note is a journal by somebody else than who wrote the issue. */
    private static Optional<String> ofRedmine(MimeHeaders headers) {
        if (messageId(headers).filter(id -> id.startsWith(REDMINE_JOURNAL)).isEmpty()) {
            return Optional.of("its Message-ID is not that of a note on an issue");
        }
        Optional<String> sender = headers.raw("x-redmine-sender");
        return sender.isPresent() && sender.equals(headers.raw("x-redmine-issue-author"))
                ? Optional.of("the customer wrote it (X-Redmine-Sender)")
                : Optional.empty();
    }

    private static Optional<String> messageId(MimeHeaders headers) {
        return headers.raw("message-id").map(MessageIds::in).stream()
                .flatMap(List::stream)
                .map(id -> id.toLowerCase(Locale.ROOT))
                .findFirst();
    }
}
