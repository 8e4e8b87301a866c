// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.model.Hashes;
import java.util.Optional;

/**
 * A message's id on this channel: the customer's address and the id of the stanza. Senders choose the latter, so it is
 * unique at most between two; and so nobody can name a message of somebody else's.
 */
final class ExternalId {
    private static final int LONGEST = 200;

    private ExternalId() {}

    /**
     * The id of a message.
     *
     * @param customer with whom it was exchanged, without the resource
     */
    static String of(String customer, String stanzaId) {
        return customer + "|" + (stanzaId.length() > LONGEST ? Hashes.sha256Hex(stanzaId) : stanzaId);
    }

    /** The stanza's id by which that customer knows the message; empty where it is another's. */
    static Optional<String> stanzaId(String externalId, String customer) {
        String start = customer + "|";
        return externalId.startsWith(start) && externalId.length() > start.length()
                ? Optional.of(externalId.substring(start.length()))
                : Optional.empty();
    }
}
