// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Programs that mark nothing: vacation, bare {@code formail -r}, list managers such as mlmmj. One sign alone may be a
 * person's, so they are told by an address that takes commands, by a subject that says it, or by weak signs together.
 */
public final class Unmarked {
    /** Addresses that act on whatever is sent to them: {@code news-request@}, {@code news+confsub-1a2b@}, {@code sympa@}. */
    private static final Pattern COMMANDS = Pattern.compile(
            "(majordomo|listserv|listproc|sympa|mailman|ezmlm|mlmmj)([-+].{0,200})?|(owner|request)-.{1,200}"
                    + "|.{1,200}[-+](request|confirm|confsub|confunsub|subconf|unsubconf|owner|bounces?|help|sub|subscribe"
                    + "|unsub|unsubscribe|join|leave|sc|uc|editor)([-+=._].{0,200})?");

    private static final Pattern SUBJECT = Pattern.compile(
            "(?i)\\W{0,3}(auto[- ]?repl(y|ied)|auto(mated|matic)?[- ](reply|response|answer|acknowledge?ment)"
                    + "|autoresponse|auto:|out[- ]of[- ](the[- ])?office|away from (my|the) (e-?)?mail|vacation (reply|message|notice)"
                    + "|automatische antwort|abwesenheits(notiz|nachricht|meldung)|r[eé]ponse automatique"
                    + "|respuesta autom[aá]tica|risposta automatica|resposta autom[aá]tica|automatisch antwoord|autosvar"
                    + "|автоответ|自动回复|自動回覆|自動返信)(?![\\p{L}]).{0,2000}");

    /** An answer's subject, behind a word or not: only a program answers without naming what it answers. */
    private static final Pattern ANSWER =
            Pattern.compile("(?i)([^:]{1,40}: {0,3})?(re|aw|sv|antw|tr|rv|odp|ynt|vs)(\\[\\d{1,3}\\])? ?: .{0,2000}");

    /** How servers note mail that a program on them handed in, instead of a mail client. */
    private static final Pattern BY_PROGRAM = Pattern.compile(
            "(?i)from userid \\d|\\(uid \\d|invoked (by uid|from)|\\(from [\\w.-]{1,64}@localhost\\)|with local");

    private static final List<String> CLIENT =
            List.of("mime-version", "content-type", "user-agent", "x-mailer", "x-newsreader", "x-originating-ip");

    private Unmarked() {}

    /** Why no automatic answer may go to an address; empty for a person's. */
    public static Optional<String> byAddress(String address) {
        String local =
                address.substring(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase(Locale.ROOT);
        return COMMANDS.matcher(local).matches()
                ? Optional.of("its answers go to an address that takes commands")
                : Optional.empty();
    }

    /** The reason by subject or by weak signs; empty for what may be a person's. */
    static Optional<String> bySigns(MimeHeaders headers, OwnIds ids) {
        if (headers.field("auto-submitted").value().equals("no")) {
            return Optional.empty(); // RFC 3834: a person wrote it
        }
        String subject = headers.text("subject").orElse("");
        if (SUBJECT.matcher(subject).matches()) {
            return Optional.of("its subject says that it is an automatic answer");
        }
        boolean byClient = CLIENT.stream().anyMatch(headers::has);
        List<String> references = MessageIds.references(headers);
        boolean answersUs = references.stream().anyMatch(id -> ids.own(id).isPresent());
        boolean namesNothing = references.isEmpty() && ANSWER.matcher(subject).matches();
        boolean byProgram = headers.all("received").stream()
                .anyMatch(field -> BY_PROGRAM.matcher(field).find());
        return !byClient && (answersUs || namesNothing || byProgram)
                ? Optional.of("it looks like a program's answer: no mail client wrote its header")
                : Optional.empty();
    }
}
