// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import java.util.List;

/** Reads what Discord posted, or what its Gateway brought. */
final class InboundReader {
    private InboundReader() {}

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        JsonFields body = JsonFields.of(request.body());
        if (body.has("t")) {
            return new DispatchReader(request, body).read();
        }
        return isWebhookEvent(body)
                ? List.of(webhookEvent(request, body))
                : new DiscordInteraction(request, body).read();
    }

    /** Both kinds of post have a {@code type}; an interaction has a token of its own besides. */
    static boolean isWebhookEvent(JsonFields body) {
        return body.has("event")
                || (!body.has("token") && body.node().path("type").asInt(-1) == 0);
    }

    /** What they tell is about the application, not a message. */
    private static CustomerEvent webhookEvent(Request request, JsonFields body) throws MalformedPayload {
        String type = body.has("event") ? body.object("event").text("type") : "PING";
        return new Ignored(
                Hashes.sha256Hex(request.body()),
                body.inner("event").time("timestamp", request.receivedAt()),
                "webhook." + Ignored.word(type),
                type.equals("PING") ? "it is how Discord tries the address" : "it is about the application");
    }
}
