// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes one event of a delivery step, under the delivery's key: the homeserver makes no second one of the same key. */
record Sender(ApiClient api) {
    /** How long a customer sees that somebody writes, unless a message ends it. */
    private static final Duration SHOWN = Duration.ofSeconds(30);

    Outcome send(ToCustomer message) {
        String address = message.address();
        if (!MatrixId.isRoom(address) && !MatrixId.isUser(address)) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "the address is neither a room nor a user of Matrix");
        }
        OutgoingEvent event = OutgoingEvent.of(message);
        if (event.refusal() != null) {
            return event.refusal();
        }
        DirectRooms.Place place =
                MatrixId.isRoom(address) ? new DirectRooms.Place(address, null) : new DirectRooms(api).with(address);
        if (place.room() == null) {
            return place.failure() == null
                    ? new Outcome.Retry(Reason.PROVIDER_DOWN, "there is no room with the user")
                    : place.failure();
        }
        ObjectNode content = event.content();
        Part.Media file = event.file();
        if (file != null) {
            MatrixUpload.Stored stored = new MatrixUpload(api).store(file);
            if (stored.address() == null) {
                return stored.failure();
            }
            content.put("url", stored.address());
        }
        return api.transport().attempt(api.put(path(place.room(), message.key()), content), ErrorTable::outcome);
    }

    static String path(String room, String key) {
        return ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(room) + "/send/m.room.message/" + MatrixId.inPath(key);
    }

    Outcome seen(ReadReceipt receipt) {
        if (!MatrixId.isRoom(receipt.address()) || !MatrixId.isEvent(receipt.externalId())) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "the address is no room of Matrix");
        }
        String room = ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(receipt.address());
        Outcome seen =
                api.attempt(api.post(room + "/receipt/m.read/" + MatrixId.inPath(receipt.externalId()), Map.of()));
        return seen instanceof Outcome.Sent && api.account().get(MatrixSettings.TYPING) ? typing(room, seen) : seen;
    }

    /** What is seen stays so, whatever becomes of this: it would come late at another try. */
    private Outcome typing(String room, Outcome seen) {
        try {
            Map<String, Object> shown = Map.of("typing", true, "timeout", SHOWN.toMillis());
            api.ask(api.put(room + "/typing/" + MatrixId.inPath(api.whoAmI()), shown));
        } catch (TransportFailure e) {
            return new Outcome.Sent(null, List.of(), "that somebody writes was not shown: " + e.detail());
        }
        return seen;
    }
}
