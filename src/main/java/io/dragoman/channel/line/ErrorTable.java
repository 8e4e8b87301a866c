// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Reason;
import java.util.List;
import java.util.Locale;

/** What an answer means that is not 2xx. LINE has no codes: it tells causes apart by status and words. */
final class ErrorTable {
    private record Cause(int status, String words, Reason reason, String text) {}

    private static final List<Cause> CAUSES = List.of(
            new Cause(429, "monthly limit", Reason.THROTTLED, "the plan's messages of this month are used up"),
            new Cause(400, "'to'", Reason.RECIPIENT_UNKNOWN, "the recipient is none of this account's"),
            new Cause(400, "failed to send messages", Reason.RECIPIENT_UNKNOWN, "nobody has this id"),
            new Cause(400, "contenturl", Reason.MEDIA_REFUSED, "LINE does not take the media's address"),
            new Cause(400, "length must be", Reason.TOO_LARGE, "a text is too long"));

    private ErrorTable() {}

    static Outcome outcome(Response response) {
        String said = said(response.json());
        for (Cause cause : CAUSES) {
            if (cause.status == response.status() && said.contains(cause.words)) {
                return new Outcome.Refused(cause.reason, "LINE answered " + cause.status + ": " + cause.text);
            }
        }
        return Outcome.of(response, "LINE");
    }

    /** The same for media: LINE deletes what customers attached after a while. */
    static Outcome missed(Response response) {
        return MediaDownload.isGone(response)
                ? new Outcome.Refused(
                        Reason.MEDIA_REFUSED, "LINE answered " + response.status() + ": the media is gone")
                : Outcome.of(response, "LINE");
    }

    /** For us to understand, never to show: it may repeat what we sent. */
    private static String said(JsonNode answer) {
        StringBuilder said = new StringBuilder(answer.path("message").asText(""));
        answer.path("details").forEach(detail -> said.append(" '")
                .append(detail.path("property").asText(""))
                .append("' ")
                .append(detail.path("message").asText("")));
        return said.toString().toLowerCase(Locale.ROOT);
    }
}
