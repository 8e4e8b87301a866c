// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of all that comes to an account is worth storing: not who is typing, not notices of services, not our own words.
 *
 * @param us the account's address
 * @param resource of our own connection
 * @param rooms those whose messages are taken
 */
record MessageFilter(String us, String resource, Set<String> rooms, RoomMark mark) {
    static final String GROUP = "groupchat";

    /** OMEMO before and since it is a standard, OpenPGP before and since XEP-0373. */
    private static final Set<String> ENCRYPTED = Set.of(
            "eu.siacs.conversations.axolotl",
            "urn:xmpp:omemo:1",
            "urn:xmpp:omemo:2",
            "jabber:x:encrypted",
            "urn:xmpp:openpgp:0");

    /** The message, or the one in a carbon copy; null where there is nothing to store. */
    @Nullable
    XmlElement kept(XmlElement message) {
        List<XmlElement> carbons = message.children()
                .filter(child -> child.namespace().equals(Names.CARBONS))
                .toList();
        if (!carbons.isEmpty()) {
            String from = message.attribute("from");
            boolean ours = from == null || from.equals(us); // any other is forged (XEP-0280, 11)
            return ours
                    ? carbons.stream()
                            .flatMap(MessageFilter::forwarded)
                            .filter(this::isKept)
                            .findFirst()
                            .orElse(null)
                    : null;
        }
        return isKept(message) ? message : null;
    }

    /** Whether everybody in a room is told it. */
    static boolean isInRoom(XmlElement message) {
        return GROUP.equals(message.attribute("type"));
    }

    /** The message that an archive's result or a carbon copy holds. */
    static Stream<XmlElement> forwarded(XmlElement holder) {
        return holder.children(Names.FORWARD, "forwarded").flatMap(inner -> inner.children(Names.CLIENT, "message"));
    }

    private boolean isKept(XmlElement message) {
        String from = Jids.bare(message.attribute("from")).orElse(null);
        String type = String.valueOf(message.attribute("type"));
        if (from == null || type.equals("headline")) {
            return false;
        }
        if (type.equals(GROUP)) {
            return rooms.contains(from) && saysToAll(message) && !mark.isOurs(message);
        }
        return from.equals(us) ? isEcho(message) : saysSomething(message);
    }

    /** Whether we wrote it to somebody by another program. */
    private boolean isEcho(XmlElement message) {
        Optional<String> to = Jids.bare(message.attribute("to"));
        return !"error".equals(message.attribute("type"))
                && !Jids.resource(message.attribute("from")).equals(resource)
                && to.isPresent()
                && !to.get().equals(us)
                && (hasText(message, "body") || isEncrypted(message));
    }

    /** A room's subject, and who is shown to have read what, is no message. */
    private static boolean saysToAll(XmlElement message) {
        return hasText(message, "body")
                || message.has(Names.REACTIONS, "reactions")
                || message.has(Names.OOB, "x")
                || isEncrypted(message);
    }

    private static boolean saysSomething(XmlElement message) {
        return "error".equals(message.attribute("type"))
                || hasText(message, "body")
                || hasText(message, "subject")
                || message.has(Names.RECEIPTS, "received")
                || message.children()
                        .anyMatch(child -> child.namespace().equals(Names.MARKERS)
                                && !child.name().equals("markable"))
                || message.has(Names.REACTIONS, "reactions")
                || message.has(Names.RETRACT, "retract")
                || message.has(Names.FASTEN, "apply-to")
                || message.has(Names.OOB, "x")
                || isEncrypted(message);
    }

    static boolean isEncrypted(XmlElement message) {
        return message.has(Names.EME, "encryption")
                || message.children().anyMatch(child -> ENCRYPTED.contains(child.namespace()));
    }

    private static boolean hasText(XmlElement message, String name) {
        return message.children(Names.CLIENT, name)
                .anyMatch(child -> !child.text().isBlank());
    }
}
