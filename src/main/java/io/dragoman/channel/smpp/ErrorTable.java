// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.ErrorCodes.Meaning;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.Set;

/** What a command_status means (SMPP 3.4, 5.1.3). A status says that nothing was sent. */
final class ErrorTable {
    /** ESME_RX_T_APPN: it could not be taken now; the centre brings it again. */
    static final int BRING_AGAIN = 0x64;

    private static final int ALREADY_BOUND = 0x05;
    /** ESME_RBINDFAIL, RINVPASWD and RINVSYSID: more tries soon lock accounts. */
    private static final Set<Integer> LOGIN = Set.of(0x0d, 0x0e, 0x0f);

    private static final ErrorCodes<Integer> SUBMIT = ErrorCodes.<Integer>of("the SMS centre")
            .passing(Duration.ofSeconds(2), Reason.THROTTLED, "it takes no more so fast", 0x58, 0x14)
            .passing(Reason.PROVIDER_DOWN, "it could not", 0x04, 0x08, 0x45, 0x64)
            .refused(Reason.RECIPIENT_UNKNOWN, "the number is no address", 0x0b, 0x33, 0x34, 0x50, 0x51)
            .refused(Reason.CONTENT_REFUSED, "the sender is not allowed", 0x0a, 0x48, 0x49)
            .refused(Reason.TOO_LARGE, "the message is too long", 0x01)
            .refused(
                    Reason.UNSUPPORTED,
                    "it does not know the coding or a parameter",
                    0x0104,
                    0x43,
                    0xc0,
                    0xc1,
                    0xc2,
                    0xc3,
                    0xc4)
            .refused(Reason.ACCOUNT_BLOCKED, "the account may not send", 0x0100, 0x0101, 0x0103);

    private ErrorTable() {}

    static Outcome outcome(int status) {
        String detail = "the SMS centre answered submit_sm with status " + hex(status);
        Meaning meaning = SUBMIT.find(status).orElse(null);
        if (meaning == null) {
            return new Outcome.Refused(Reason.CONTENT_REFUSED, detail);
        }
        String text = detail + ": " + meaning.text();
        return meaning.passes()
                ? new Outcome.Retry(meaning.reason(), text, meaning.pause())
                : new Outcome.Refused(meaning.reason(), text);
    }

    static TransportFailure bind(int status) {
        String detail = "the SMS centre refused the login with status " + hex(status);
        if (LOGIN.contains(status)) {
            return TransportFailure.loginRefused(detail + "; correct systemId and password");
        }
        return TransportFailure.notSent(
                Reason.PROVIDER_DOWN,
                status == ALREADY_BOUND
                        ? detail + ": a session before this one is still open there, or it allows fewer than binds says"
                        : detail);
    }

    private static String hex(int status) {
        return "0x" + Integer.toHexString(status);
    }
}
