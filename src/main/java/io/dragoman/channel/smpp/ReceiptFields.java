// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt says: by its optional parameters where it has them, else by its text, of which SMPP 3.4 (appendix B)
 * only gives an example and every SMS centre writes its own. Immutable.
 *
 * @param id in the one form of {@link MessageIds}
 * @param state as the centre's text has it, or a state's own word
 * @param error the centre's own code; empty for none
 */
record ReceiptFields(String id, String state, String error) {
    /** receipted_message_id. */
    static final String ID = "001e";

    private static final String STATE = "0427";
    private static final String NETWORK_ERROR = "0423";

    /** As long as message_id may be (5.2.23), and as its number may get. */
    private static final int LONGEST_ID = 80;

    private static final Pattern TEXT_ID = field("id");
    private static final Pattern TEXT_STATE = field("stat(?:us)?");
    private static final Pattern TEXT_ERROR = field("err(?:or)?");

    /** message_state (5.2.28) and what SMPP 5.0 added. */
    private static final Map<Integer, String> STATES = Map.of(
            0, "SCHEDULED",
            1, "ENROUTE",
            2, "DELIVRD",
            3, "EXPIRED",
            4, "DELETED",
            5, "UNDELIV",
            6, "ACCEPTD",
            7, "UNKNOWN",
            8, "REJECTD",
            9, "SKIPPED");

    static ReceiptFields of(ShortMessage receipt, MessageIds form) throws MalformedPayload {
        String text = new String(receipt.text(), StandardCharsets.ISO_8859_1);
        String written = find(TEXT_ID, text);
        String given = receipt.word(ID);
        if (written == null && (given == null || given.isEmpty())) {
            throw new MalformedPayload("the receipt has no id of a message, neither as a parameter nor in its text");
        }
        // the parameter mostly has the form of the answer, unless it repeats that of the text
        String id = given == null || given.isEmpty() || given.equalsIgnoreCase(written)
                ? form.received(String.valueOf(written))
                : form.answered(given);
        if (id.length() > LONGEST_ID) {
            throw new MalformedPayload("the receipt's id is longer than an id can be");
        }
        String state = STATES.get(receipt.number(STATE));
        String said = state == null ? find(TEXT_STATE, text) : state;
        if (said == null) {
            throw new MalformedPayload("the receipt has no state, neither as a parameter nor in its text");
        }
        String error = find(TEXT_ERROR, text);
        String network = receipt.tlvs().getOrDefault(NETWORK_ERROR, "");
        return new ReceiptFields(id, said.toUpperCase(Locale.ROOT), error == null ? network : error);
    }

    /** How far the message got; null where the state says nothing of that. */
    @Nullable
    Status status() throws MalformedPayload {
        if (state.startsWith("DELIV")) {
            return Status.DELIVERED;
        } else if (state.startsWith("ENROU") || state.startsWith("ACCEP") || state.startsWith("SCHED")) {
            return Status.SENT;
        } else if (state.startsWith("UNKNO")) {
            return null;
        } else if (state.matches("(?:UNDEL|EXPIR|DELET|REJEC|SKIPP|FAIL).*")) {
            return Status.FAILED;
        }
        throw new MalformedPayload("the receipt's state is none that is known");
    }

    /** Why it failed, where the state tells. */
    @Nullable
    Reason reason() {
        return state.startsWith("EXPIR") ? Reason.EXPIRED : state.startsWith("REJEC") ? Reason.CONTENT_REFUSED : null;
    }

    /** For the operator. */
    String detail() {
        boolean says = error.matches("[0-9A-Za-z]{1,20}") && !error.matches("0+");
        return "the SMS centre reports " + state.replaceAll("[^A-Z_]", "") + (says ? ", its error " + error : "");
    }

    /** Some write blanks behind the colon, or quotes; what follows {@code text:} is the customer's. */
    private static Pattern field(String name) {
        return Pattern.compile(
                "^(?:(?!\\btext:).)*?\\b" + name + "\\s*:\\s*\"?([^\\s\"]+)",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static @Nullable String find(Pattern field, String text) {
        Matcher matcher = field.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
