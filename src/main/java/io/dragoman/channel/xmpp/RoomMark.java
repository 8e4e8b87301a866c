// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Signature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * How a message of ours is known in a room, which shows it to us like everybody's, and again as history: it carries a
 * proof that only this gateway can make of its id. A nickname proves nothing.
 */
record RoomMark(byte[] key) {
    static RoomMark of(Account account) {
        return new RoomMark(account.key("xmpp.room"));
    }

    String proof(String id) {
        byte[] hash = Signature.hmac("HmacSHA256", key, id.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
    }

    boolean isOurs(XmlElement message) {
        String id = message.attribute("id");
        return id != null
                && message.children(Names.SENT, "sent")
                        .anyMatch(mark -> MessageDigest.isEqual(
                                String.valueOf(mark.attribute("proof")).getBytes(StandardCharsets.UTF_8),
                                proof(id).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "RoomMark[…]";
    }
}
