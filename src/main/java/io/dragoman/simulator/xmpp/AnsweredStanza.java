// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.xmpp;

import io.dragoman.simulator.Answering.Answer;
import io.dragoman.simulator.Script;
import java.util.List;
import org.w3c.dom.Element;

/** A message that comes back with an error (RFC 6120, 8.3), or is not acknowledged. */
final class AnsweredStanza {
    private static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    private static final List<String> ODD_ERRORS = List.of(
            "",
            "<error/>",
            "<error type='unheard-of'><unheard-of xmlns='" + STANZAS + "'/></error>",
            "<error type='cancel'><text xmlns='" + STANZAS + "'>odd</text></error>",
            "<error type='wait'><item-not-found xmlns='urn:odd'/></error>",
            "<error type=''><gone xmlns='" + STANZAS + "'>http://127.0.0.1/</gone></error>");

    private AnsweredStanza() {}

    /** Whether it is taken. */
    static boolean of(Script script, XmppSession session, Element message, String text) {
        Answer answer = script.answer(text);
        switch (answer) {
            case TAKEN -> {
                return true;
            }
            case THROTTLED -> back(session, message, error("wait", "resource-constraint", text));
            case BUSY -> back(session, message, error("wait", "remote-server-timeout", text));
            case REFUSED -> back(session, message, error("cancel", "service-unavailable", text));
            case FAILED -> back(session, message, error("wait", "internal-server-error", text));
            case ODD -> back(session, message, script.odd(ODD_ERRORS));
            case SILENT -> session.fallSilent();
            case CUT -> session.close();
        }
        return false;
    }

    /** Servers repeat the message, and some say more. */
    private static String error(String type, String condition, String text) {
        return "<error type='" + type + "'><" + condition + " xmlns='" + STANZAS + "'/><text xmlns='" + STANZAS + "'>"
                + SimulatedXml.escaped(text) + "</text></error>";
    }

    private static void back(XmppSession session, Element message, String error) {
        session.bring(List.of("<message type='error' id='" + SimulatedXml.escaped(message.getAttribute("id"))
                + "' from='" + SimulatedXml.escaped(message.getAttribute("to")) + "'>" + error + "</message>"));
    }
}
