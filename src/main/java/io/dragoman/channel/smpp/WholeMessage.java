// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * A message as it is stored: all its pieces, or those that came. Immutable.
 *
 * @param key the event's; a receipt has one of its own
 * @param pieces at least one, in their order
 */
record WholeMessage(String key, List<ShortMessage> pieces) {
    WholeMessage {
        pieces = pieces == null ? List.of() : List.copyOf(pieces);
    }

    Request request(Instant at) {
        return Request.polled("deliver_sm/" + key, Json.bytes(this), at);
    }

    static WholeMessage read(byte[] body) throws MalformedPayload {
        try {
            WholeMessage message = Json.read(body, WholeMessage.class);
            if (message != null && message.isComplete()) {
                return message;
            }
        } catch (IOException e) {
            // falls through to the one sentence
        }
        throw new MalformedPayload("it is none of the messages that this channel stores");
    }

    private boolean isComplete() {
        return key != null
                && !key.isBlank()
                && !pieces.isEmpty()
                && pieces.stream().allMatch(ShortMessage::isComplete);
    }

    @Override
    public String toString() {
        return "WholeMessage[…]";
    }
}
