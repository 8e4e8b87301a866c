// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Outcome;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;

/** What an error that a message came back with means (RFC 6120, 8.3). */
final class ErrorTable {
    private ErrorTable() {}

    /** Whether the same message may be taken later. */
    static boolean passes(XmlElement bounced) {
        return bounced.children(Names.CLIENT, "error").anyMatch(error -> "wait".equals(error.attribute("type")));
    }

    static Reason reason(XmlElement bounced) {
        return switch (condition(bounced)) {
            // a server says service-unavailable of who does not exist, so that nobody can ask who does
            case "item-not-found",
                    "remote-server-not-found",
                    "service-unavailable",
                    "recipient-unavailable",
                    "gone",
                    "jid-malformed" -> Reason.RECIPIENT_UNKNOWN;
            case "forbidden", "not-allowed", "not-acceptable", "policy-violation", "bad-request" ->
                Reason.CONTENT_REFUSED;
            case "not-authorized", "registration-required", "subscription-required", "payment-required" ->
                Reason.ACCOUNT_BLOCKED;
            case "resource-constraint" -> Reason.THROTTLED;
            case "remote-server-timeout" -> Reason.TIMEOUT;
            case "feature-not-implemented" -> Reason.UNSUPPORTED;
            default -> Reason.PROVIDER_DOWN;
        };
    }

    static String detail(XmlElement bounced) {
        return "it came back with the error " + Ignored.word(condition(bounced));
    }

    static Outcome outcome(XmlElement bounced) {
        Reason reason = reason(bounced);
        return passes(bounced)
                ? new Outcome.Retry(reason, detail(bounced))
                : new Outcome.Refused(reason, detail(bounced));
    }

    /** The error's own name for it. */
    static String condition(XmlElement bounced) {
        return bounced.children(Names.CLIENT, "error")
                .flatMap(XmlElement::children)
                .filter(child ->
                        child.namespace().equals(Names.STANZAS) && !child.name().equals("text"))
                .map(XmlElement::name)
                .findFirst()
                .orElse("undefined-condition");
    }
}
