// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why no machine may answer a mail: a machine wrote it, it went to many, or its sender asks for it (RFC 3834, RFC
 * 2919, and what mail programs do besides).
 */
public final class Automatic {
    /** In automatic mail of ours. */
    public static final String LOOP_HEADER = "X-Dragoman-Loop";

    private static final Set<String> BULK = Set.of("bulk", "list", "junk", "auto_reply");
    private static final List<String> MARKS = List.of(
            "x-autoreply",
            "x-autorespond",
            "x-autoresponse",
            "x-mail-autoreply",
            "x-loop",
            "x-ms-exchange-inbox-rules-loop");
    private static final Pattern MACHINE = Pattern.compile(
            "(mailer[-_.]?daemon|postmaster|(do[-_.]?)?(not?|never)[-_.]?reply|bounces?)([-+._=].{0,200})?");
    private static final Set<String> SUPPRESSED = Set.of("all", "oof", "autoreply");

    private Automatic() {}

    /**
     * The reason, for operators; empty for what a person wrote to us.
     *
     * @param answerTo where an answer would go
     */
    public static Optional<String> reason(MimePart mail, String sender, String answerTo, OwnAddresses own, OwnIds ids) {
        MimeHeaders headers = mail.headers();
        if (headers.all(LOOP_HEADER).stream().anyMatch(value -> value.trim().equals(ids.loop()))) {
            return Optional.of("an automatic mail of ours was returned");
        }
        if (own.has(sender)) {
            return Optional.of("it comes from our own address");
        }
        if (mail.is("multipart/report")) {
            return Optional.of("it is a report by a mail server (" + SafeText.line(mail.report(), 40) + ")");
        }
        return byHeaders(headers)
                .or(() -> bySender(headers, sender))
                .or(() -> bySpam(headers))
                .or(() -> byWish(headers))
                .or(() -> Unmarked.byAddress(answerTo))
                .or(() -> Unmarked.byAddress(sender))
                .or(() -> Unmarked.bySigns(headers, ids));
    }

    /** Whether nobody reads what is sent to an address of this local part, in lower case. */
    public static boolean isMachine(String local) {
        return MACHINE.matcher(local).matches();
    }

    private static Optional<String> byHeaders(MimeHeaders headers) {
        String submitted = headers.field("auto-submitted").value();
        if (!submitted.isEmpty() && !submitted.equals("no")) {
            return Optional.of("its header says Auto-Submitted");
        }
        for (String name : List.of("precedence", "x-precedence")) {
            if (BULK.contains(headers.field(name).value())) {
                return Optional.of(
                        "its header says Precedence: " + headers.field(name).value());
            }
        }
        if (headers.anyStartsWith("list-")) {
            return Optional.of("it came over a mailing list");
        }
        for (String name : MARKS) {
            if (headers.has(name)) {
                return Optional.of("its header says " + name);
            }
        }
        return says(headers, "x-fc-machinegenerated", "true")
                ? Optional.of("its header says X-FC-MachineGenerated")
                : Optional.empty();
    }

    private static Optional<String> bySender(MimeHeaders headers, String sender) {
        if (headers.all("return-path").stream()
                .anyMatch(path -> path.replaceAll("\\s", "").equals("<>"))) {
            return Optional.of("its envelope has no sender");
        }
        String local = sender.substring(0, Math.max(0, sender.lastIndexOf('@'))).toLowerCase(Locale.ROOT);
        if (isMachine(local)) {
            return Optional.of("its sender's address is a no-reply address");
        }
        return Optional.empty();
    }

    private static Optional<String> bySpam(MimeHeaders headers) {
        boolean spam = says(headers, "x-spam-flag", "yes")
                || headers.raw("x-spam-status")
                        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("yes"))
                        .isPresent();
        return spam ? Optional.of("a filter marked it as spam") : Optional.empty();
    }

    /** A request not to answer: the mail itself may well be a person's. */
    private static Optional<String> byWish(MimeHeaders headers) {
        for (String value : headers.all("x-auto-response-suppress")) {
            for (String word : value.toLowerCase(Locale.ROOT).split("[,;\\s]+")) {
                if (SUPPRESSED.contains(word)) {
                    return Optional.of("its sender asks for no automatic answer (X-Auto-Response-Suppress)");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean says(MimeHeaders headers, String name, String value) {
        return headers.raw(name)
                .filter(text -> text.trim().equalsIgnoreCase(value))
                .isPresent();
    }
}
