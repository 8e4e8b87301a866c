// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.messente;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.connector.kit.StatusWords;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.List;

/** A customer's text, or what became of one of ours. */
final class InboundReader {
    private static final StatusWords STATUSES = StatusWords.of("Messente")
            .with(Status.SENT, "ACK", "ACCEPTD")
            .with(Status.DELIVERED, "DELIVRD")
            .with(Status.READ, "SEEN")
            .with(Status.FAILED, "UNDELIV", "FAILED", "REJECTD", "NACK", "DELETED", "EXPIRED")
            .silent("UNKNOWN");

    /** The field {@code err} (ErrorCodeOmnichannelMachine in Messente's library for Java). */
    private static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("Messente")
            .refused(Reason.EXPIRED, "", 2)
            .refused(Reason.RECIPIENT_UNKNOWN, "", 3, 5, 9)
            .refused(Reason.ACCOUNT_BLOCKED, "", 4, 7)
            .refused(Reason.CONTENT_REFUSED, "", 6)
            .refused(Reason.RECIPIENT_OPTED_OUT, "", 8)
            .refused(Reason.PROVIDER_DOWN, "", 999);

    private InboundReader() {}

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        JsonFields json = JsonFields.of(request.body());
        Instant now = request.receivedAt();
        if (!json.has("status")) {
            String text = json.findText("text").orElse("");
            return List.of(SmsSender.of(json.text("sender"))
                    .wroteOrOptedOut(json.text("msg_id"), json.time("time", now), text));
        }
        String to = SmsSender.of(json.text("to")).value();
        int code = json.findNumber("err").orElse(0L).intValue();
        return STATUSES.receipt(
                json.text("message_id"), json.text("status"), to, json.time("timestamp", now), CODES, code);
    }
}
