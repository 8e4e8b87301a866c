// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.voice;

import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as Twilio writes it: {@code +4917000}, {@code sip:ana@example.com}, {@code client:ana}, or a word for
 * somebody who hides their number. Nobody vouches for it: networks carry made-up ones.
 *
 * @param value as Twilio writes it; empty where it does not tell
 */
record Caller(String value, @Nullable String name) {
    /** The parameter of our own addresses that says who calls: what Twilio tells of a recording does not. */
    static final String PARAMETER = "caller";

    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{3,14}");
    private static final Pattern ADDRESS = Pattern.compile("(?:sip|client):[^\\s<>\"]{1,200}");

    /** RESTRICTED, BLOCKED, UNKNOWN, ANONYMOUS and UNAVAILABLE in the digits of a keypad, as networks write them. */
    private static final Set<String> HIDDEN =
            Set.of("+7378742833", "+2562533", "+8656696", "+266696687", "+86282452253");

    /**
     * Who calls.
     *
     * @param query of the address that Twilio called, which is ours
     */
    static Caller of(ReceivedForm form, String query) {
        String from = form.text("From").strip();
        return from.isEmpty()
                ? new Caller(ReceivedForm.parse(query).text(PARAMETER).strip(), null)
                : new Caller(from, form.find("CallerName").map(String::strip).orElse(null));
    }

    boolean isPhone() {
        return PHONE.matcher(value).matches() && !HIDDEN.contains(value);
    }

    /** As a reader knows them. */
    String shown() {
        String who = isKnown() ? value : "a hidden number";
        return name == null ? who : name + ", " + who;
    }

    private boolean isKnown() {
        return isPhone() || ADDRESS.matcher(value).matches();
    }

    /** The caller of one call; who hides their number is somebody else each time. */
    CustomerEvent.Sender sender(String call) {
        Identity identity = isPhone()
                ? new Identity("phone", value, false)
                : isKnown() ? new Identity("sip", value, false) : new Identity("call", call, false);
        return new CustomerEvent.Sender(isKnown() ? value : call, List.of(identity), name, null);
    }

    @Override
    public String toString() {
        return "Caller[…]";
    }
}
