// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;

/** Says in clear that encrypted messages cannot be read. Whether it gets there is no reason to stop polling. */
final class EncryptedReply {
    private static final int KEY = 32;

    private EncryptedReply() {}

    /** Returns whether there is nothing more to say; when the homeserver had no time, the next message is answered. */
    static boolean give(ApiClient api, String room) {
        String text = api.account().get(MatrixSettings.ENCRYPTED_REPLY).strip();
        if (text.isEmpty() || text.equals("none")) {
            return true;
        }
        String key = "encrypted-" + Hashes.sha256Hex(room).substring(0, KEY);
        ObjectNode content = Json.mapper()
                .createObjectNode()
                .put("msgtype", "m.notice")
                .put("body", text)
                .put(RoomEvents.MARK, key);
        content.putObject("m.mentions");
        return !(api.attempt(api.put(Sender.path(room, key), content)) instanceof Outcome.Retry);
    }
}
