// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who sent what may be a bounce: a server, a program that answers for an absent person, or a person. */
final class ReportSource {
    private static final Pattern DAEMON = Pattern.compile(
            "(?i)mailer-?daemon|postmaster|mail ?delivery|delivery[ .](sub)?system|delivery (status )?notif|mail ?administrator"
                    + "|mail[ .]system");
    private static final Pattern WORDS = Pattern.compile(
            "(?i)undeliver|failure notice|delivery status notification|(mail|message) delivery (failed|failure)|returned mail"
                    + "|returned to sender|delivery (to|of|for)?.{0,80}(has |have )?failed|unzustellbar|qmail-send program"
                    + "|(could not|couldn't|not|unable to|cannot|can't) (be )?(deliver|send)|delivery (failure|error)"
                    + "|not (been )?delivered|delivery report|delayed");
    private static final Pattern ABSENCE =
            Pattern.compile("(?i)vacation|out[- ]of[- ]office|auto[- ]?(matic )?(reply|response)|abwesen");

    private final MimePart mail;
    private final MimeHeaders headers;

    ReportSource(MimePart mail) {
        this.mail = mail;
        this.headers = mail.headers();
    }

    /** Whether the mail may be a bounce at all; a person who quotes one never is. */
    boolean mayBeServer() {
        return headers.has("x-failed-recipients")
                || mail.is("multipart/report")
                || hasNoSender()
                || isDaemon()
                || (headers.field("auto-submitted").value().startsWith("auto-") && inSubject(WORDS));
    }

    /**
     * Whether it is one, given that our mail's id stands in it. A server may write in any language, so what surely
     * comes from one and brings our mail back needs no word that we know.
     */
    boolean isBounce(String said, boolean copied) {
        if (headers.has("x-failed-recipients") || (inSubject(WORDS) && !isAbsence())) {
            return true;
        }
        boolean telling =
                WORDS.matcher(said.substring(0, Math.min(said.length(), 8_192))).find() || BounceReason.isIn(said);
        if (isAbsence()) {
            return false;
        }
        return telling || (copied && (hasNoSender() || mail.is("multipart/report")));
    }

    private boolean isAbsence() {
        return ABSENCE.matcher(headers.raw("auto-submitted").orElse("")).find()
                || headers.has("x-autoreply")
                || headers.has("x-autorespond")
                || headers.anyStartsWith("x-sieve")
                || inSubject(ABSENCE);
    }

    private boolean hasNoSender() {
        return headers.all("return-path").stream()
                .anyMatch(path -> path.replaceAll("\\s", "").equals("<>"));
    }

    private boolean isDaemon() {
        Optional<MailAddress> from =
                MailAddress.parse(headers.raw("from").orElse("")).stream().findFirst();
        String written = headers.raw("from").orElse("").toLowerCase(Locale.ROOT);
        return from.map(address -> DAEMON.matcher(address.local()).find()
                        || DAEMON.matcher(Optional.ofNullable(address.name()).orElse(""))
                                .find())
                .orElseGet(() -> DAEMON.matcher(written).find());
    }

    private boolean inSubject(Pattern words) {
        return words.matcher(headers.text("subject").orElse("")).find();
    }
}
