// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.bird;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.connector.kit.StatusWords;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the Channels API posts: a message of a customer's, the status of one of ours, or an interaction. */
final class InboundReader {
    /** The words of both APIs. */
    static final StatusWords STATUSES = StatusWords.of("Bird")
            .with(Status.SENT, "scheduled", "accepted", "processing", "buffered", "sent")
            .with(Status.DELIVERED, "delivered")
            .with(Status.READ, "read")
            .with(Status.FAILED, "sending_failed", "delivery_failed", "expired", "rejected", "failed", "deleted");

    private InboundReader() {}

    /** @param channel the channel's id at Bird */
    static List<CustomerEvent> read(Request request, String channel) throws MalformedPayload {
        JsonFields root = JsonFields.of(request.body());
        JsonFields message = root.findObject("payload").orElse(root);
        String id = message.text("id");
        Instant at = message.time("createdAt", request.receivedAt());
        String of = message.word("channelId");
        if (of != null && !of.equals(channel)) {
            return List.of(
                    new Ignored(id + "|channel", at, "other-channel", "it is of another channel of the workspace"));
        }
        String event = root.findText("event").orElse("");
        if (event.endsWith(".interaction")) {
            String type = message.text("type");
            return List.of(new Ignored(
                    id + "|" + type, at, "interaction." + Ignored.word(type), "an interaction changes nothing"));
        }
        boolean ours = event.endsWith(".outbound") || "outgoing".equals(message.word("direction"));
        return ours ? receipt(message, id, request.receivedAt()) : List.of(message(message, id, at));
    }

    private static List<CustomerEvent> receipt(JsonFields message, String id, Instant now) throws MalformedPayload {
        List<String> to = message.inner("receiver").words("contacts", "identifierValue");
        String code = message.inner("failure").word("code");
        return STATUSES.receipt(
                id,
                message.text("status").toLowerCase(Locale.ROOT),
                to.isEmpty() ? id : SmsSender.of(to.get(0)).value(),
                message.time("updatedAt", now),
                ErrorTable.REPORTS,
                code != null && code.matches("[0-9]{1,6}") ? Integer.parseInt(code) : 0);
    }

    private static CustomerEvent message(JsonFields message, String id, Instant at) throws MalformedPayload {
        SmsSender from = SmsSender.of(message.object("sender").object("contact").text("identifierValue"));
        JsonFields body = message.object("body");
        String type = body.text("type");
        if (type.equals("text")) {
            return from.wroteOrOptedOut(
                    id, at, body.object("text").findText("text").orElse(""));
        }
        List<Part> parts = List.of(new Part.Unsupported(type, body.raw()));
        return new MessageReceived(
                id, at, from.sender(), id, parts, null, Threading.NONE, from.automatic(), null, null);
    }
}
