// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One message as Twilio keeps it.
 *
 * @param statusCallback where its statuses are posted; null for one that came in
 */
@RecordBuilder
record TwilioMessage(
        String sid,
        String account,
        String from,
        String to,
        String body,
        String direction,
        String status,
        int errorCode,
        int media,
        Instant at,
        @Nullable String service,
        @Nullable String statusCallback) {
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    TwilioMessage with(String newStatus, int newErrorCode) {
        return TwilioMessageBuilder.builder(this)
                .status(newStatus)
                .errorCode(newErrorCode)
                .build();
    }

    /** The resource as the API shows it. */
    ObjectNode json() {
        String date = RFC_2822.format(at);
        String uri = "/2010-04-01/Accounts/" + account + "/Messages/" + sid;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("account_sid", account).put("api_version", "2010-04-01").put("body", body);
        json.put("date_created", date).put("date_updated", date);
        json.put("date_sent", status.equals("queued") || status.equals("accepted") ? null : date);
        json.put("direction", direction).put("from", from).put("to", to);
        json.put("error_code", errorCode == 0 ? null : errorCode);
        json.put("error_message", errorCode == 0 ? null : "Error " + errorCode);
        json.put("messaging_service_sid", service);
        json.put("num_media", String.valueOf(media)).put("num_segments", String.valueOf(Segments.of(body)));
        json.put("price", (String) null).put("price_unit", "USD");
        json.put("sid", sid).put("status", status).put("uri", uri + ".json");
        json.putObject("subresource_uris").put("media", uri + "/Media.json");
        return json;
    }

    @Override
    public String toString() {
        return "TwilioMessage[" + sid + "]";
    }
}
