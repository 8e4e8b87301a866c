// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static io.dragoman.model.Reason.ACCOUNT_BLOCKED;
import static io.dragoman.model.Reason.AUTHENTICATION_FAILED;
import static io.dragoman.model.Reason.CONTENT_REFUSED;
import static io.dragoman.model.Reason.MEDIA_REFUSED;
import static io.dragoman.model.Reason.PROVIDER_DOWN;
import static io.dragoman.model.Reason.RECIPIENT_OPTED_OUT;
import static io.dragoman.model.Reason.RECIPIENT_UNKNOWN;
import static io.dragoman.model.Reason.THROTTLED;
import static io.dragoman.model.Reason.TIMEOUT;
import static io.dragoman.model.Reason.TOO_LARGE;
import static io.dragoman.model.Reason.WINDOW_CLOSED;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.model.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Twilio's error codes mean, the same for answers and status callbacks (twilio.com/docs/api/errors). */
final class ErrorTable {
    /** Codes that pass with time: queues and rates. */
    private static final Set<Integer> PASSING = Set.of(14107, 20429, 20503, 21611, 30001, 30017, 30022, 63018);

    private static final Map<Integer, Reason> REASONS = new HashMap<>();

    static {
        put(THROTTLED, 14107, 20429, 21611, 30001, 30017, 30022, 30023, 63018, 63038, 63049, 63051);
        put(PROVIDER_DOWN, 20500, 20503, 30008, 63009, 63010, 63012);
        put(TIMEOUT, 30036, 30410);
        put(AUTHENTICATION_FAILED, 20003, 20008, 20404, 63001);
        put(ACCOUNT_BLOCKED, 20005, 20006, 21212, 21408, 21603, 21606, 21659, 21660, 21661, 21701, 21703, 21705);
        put(ACCOUNT_BLOCKED, 30002, 30024, 30032, 30034, 63002, 63007, 63020);
        put(RECIPIENT_UNKNOWN, 21211, 21604, 21612, 21614, 21635, 30003, 30005, 30006, 63003, 63024, 63031);
        put(RECIPIENT_OPTED_OUT, 21610, 63014, 63033);
        put(WINDOW_CLOSED, 63016);
        put(TOO_LARGE, 11751, 21617, 30019);
        put(MEDIA_REFUSED, 11200, 12300, 21620, 21623, 30011, 63019);
        put(CONTENT_REFUSED, 21602, 21619, 21654, 21655, 21656, 30004, 30007, 30010, 63005, 63013, 63021);
        put(CONTENT_REFUSED, 63027, 63028, 63030, 63032, 63041, 63042);
    }

    private ErrorTable() {}

    private static void put(Reason reason, int... codes) {
        for (int code : codes) {
            REASONS.put(code, reason);
        }
    }

    /** What an answer to a message means. */
    static Outcome outcome(Response response) {
        JsonNode json = response.json();
        int code = json.path(response.ok() ? "error_code" : "code").asInt(0);
        if (response.ok() && code == 0) {
            String sid = json.path("sid").asText("");
            return new Outcome.Sent(sid.isBlank() ? null : sid);
        }
        Outcome general = Outcome.of(response, "Twilio");
        Optional<Reason> reason = reason(code);
        if (reason.isEmpty() || !(general instanceof Outcome.Refused)) {
            return general;
        }
        String detail = "Twilio answered " + response.status() + " with code " + code;
        return PASSING.contains(code)
                ? new Outcome.Retry(reason.get(), detail, response.retryAfter().orElse(null))
                : new Outcome.Refused(reason.get(), detail);
    }

    /** Our word for a code; empty for one that we do not know. */
    static Optional<Reason> reason(int code) {
        return Optional.ofNullable(REASONS.get(code));
    }
}
