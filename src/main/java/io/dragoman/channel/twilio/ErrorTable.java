// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;

/** What Twilio's error codes mean, the same for answers and status callbacks (twilio.com/docs/api/errors). */
final class ErrorTable {
    static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("Twilio")
            .passing(Reason.THROTTLED, "", 14107, 20429, 21611, 30001, 30017, 30022, 63017, 63018)
            .refused(Reason.THROTTLED, "held back for 15 to 30 minutes as a suspected fraud", 30450, 30453)
            .refused(Reason.THROTTLED, "", 30023, 30027, 63038, 63049, 63051)
            .passing(Reason.PROVIDER_DOWN, "", 20503)
            .refused(Reason.PROVIDER_DOWN, "", 20500, 30008, 30020, 30021, 63009, 63010, 63012, 63023)
            .refused(Reason.TIMEOUT, "", 30036, 30410)
            .refused(Reason.AUTHENTICATION_FAILED, "", 20003, 20008, 20404, 63001)
            .refused(Reason.ACCOUNT_BLOCKED, "", 20005, 20006, 21212, 21408, 21603, 21606, 21657, 21659, 21660, 21664)
            .refused(Reason.ACCOUNT_BLOCKED, "", 21661, 21701, 21703, 21704, 21705, 21708, 21709, 21711, 30002, 30018)
            .refused(Reason.ACCOUNT_BLOCKED, "", 30024, 30032, 30033, 30034, 30035)
            .refused(Reason.ACCOUNT_BLOCKED, "", 63002, 63007, 63008, 63020, 63022, 63035, 63039, 63112)
            .refused(Reason.ACCOUNT_BLOCKED, "the sender is of another channel than the customer", 21910)
            .refused(Reason.RECIPIENT_UNKNOWN, "", 21211, 21604, 21612, 21614, 21635, 30003, 30005, 30006)
            .refused(Reason.RECIPIENT_UNKNOWN, "", 30014, 30016, 63003, 63024, 63031, 63036)
            .refused(Reason.RECIPIENT_UNKNOWN, "only who has joined the sandbox gets its messages", 63015)
            .refused(Reason.RECIPIENT_OPTED_OUT, "", 21610, 63014, 63033)
            .refused(Reason.WINDOW_CLOSED, "", 63016)
            .refused(Reason.UNSUPPORTED, "", 30015)
            .refused(Reason.TOO_LARGE, "", 11751, 21605, 21617, 21658, 30019, 63034)
            .refused(Reason.MEDIA_REFUSED, "", 11200, 12300, 21620, 21623, 30011, 63019, 63025, 63037)
            .refused(Reason.CONTENT_REFUSED, "", 21602, 21619, 21654, 21655, 21656, 30004, 30007, 30010)
            .refused(
                    Reason.CONTENT_REFUSED,
                    "Twilio does not take this validityPeriod",
                    21624,
                    30012,
                    30013,
                    90007,
                    90014)
            .refused(Reason.CONTENT_REFUSED, "", 63005, 63006, 63011, 63013, 63021, 63026, 63027, 63028, 63029, 63030)
            .refused(Reason.CONTENT_REFUSED, "", 63032, 63041, 63042, 92002, 92005, 92006, 92007);

    private ErrorTable() {}

    /** What an answer to a message means. */
    static Outcome outcome(Response response) {
        JsonNode json = response.json();
        int code = json.path(response.ok() ? "error_code" : "code").asInt(0);
        if (response.ok() && code == 0) {
            String sid = json.path("sid").asText("");
            return new Outcome.Sent(sid.isBlank() ? null : sid);
        }
        return CODES.outcome(response, code);
    }
}
