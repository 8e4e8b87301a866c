// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a refused password from a server that could not decide just now: the mail library throws the same for both. */
final class LoginAnswer {
    private static final Pattern CODE = Pattern.compile("^\\[([A-Za-z/-]{2,40})[^]]*]");

    /** RFC 5530 §3 for IMAP, RFC 2449 §8 and RFC 3206 for POP3. */
    private static final Set<String> LATER =
            Set.of("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "IN-USE", "LOGIN-DELAY", "SYS/TEMP");

    private static final Set<String> FOR_GOOD = Set.of(
            "AUTHENTICATIONFAILED",
            "AUTHORIZATIONFAILED",
            "EXPIRED",
            "PRIVACYREQUIRED",
            "CONTACTADMIN",
            "AUTH",
            "SYS/PERM");

    /**
     * What servers without codes write, and what the POP3 library makes of a connection that broke: with AUTH, it looks
     * into an answer that never came.
     */
    private static final Pattern LATER_IN_WORDS = Pattern.compile(
            "too many|temporar|try again|try later|maximum number|internal (server )?error|eof on socket|timed out"
                    + "|connection reset|broken pipe|socket closed|stls required|this\\.resp");

    private LoginAnswer() {}

    /** Whether the same login may succeed soon. */
    static boolean later(@Nullable String text) {
        String said = text == null ? "" : text.strip();
        Matcher matcher = CODE.matcher(said);
        String code = matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT) : "";
        return LATER.contains(code)
                || (!FOR_GOOD.contains(code)
                        && LATER_IN_WORDS.matcher(said.toLowerCase(Locale.ROOT)).find());
    }
}
