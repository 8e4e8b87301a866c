// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.model.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The configured rooms (XEP-0045) on one stream: which are joined, under which nickname, and why others are not.
 * Thread-safe.
 */
final class Rooms {
    private static final int MOST_NICKS = 5;
    /** How much more history is asked for than was missed by our clock; what is known already is recognised. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final String nick;
    private final Duration again;
    private Map<String, XmppPosition.Stored> known = Map.of();

    private static final class Room {
        private int tries;
        private boolean joined;
        private boolean asked;
        private @Nullable String nick;
        private @Nullable String problem;
        private long askedAt;
    }

    Rooms(Account account) {
        nick = XmppSettings.nick(account);
        again = account.get(XmppSettings.PING);
        XmppSettings.rooms(account).forEach(room -> rooms.put(room, new Room()));
    }

    /** What of each room is stored: only what came later is asked for. */
    synchronized void known(Map<String, XmppPosition.Stored> stored) {
        known = stored;
    }

    /** Joins all. */
    synchronized void join(XmppStream stream) {
        rooms.forEach((address, room) -> join(stream, address, room));
    }

    private void join(XmppStream stream, String address, Room room) {
        room.asked = true;
        room.askedAt = System.nanoTime();
        String name = room.tries == 0 ? nick : nick + "_" + (room.tries + 1);
        XmppPosition.Stored stored = known.get(address);
        StandardExtensionElement history = StandardExtensionElement.builder("history", Names.MUC)
                .addAttribute(
                        stored == null ? "maxstanzas" : "since",
                        stored == null ? "0" : since(stored).toString())
                .build();
        stream.hand(StanzaBuilder.buildPresence()
                .ofType(Presence.Type.available)
                .to(Jids.parse(address + "/" + name).orElseThrow())
                .addExtension(StandardExtensionElement.builder("x", Names.MUC)
                        .addElement(history)
                        .build())
                .build());
    }

    private static Instant since(XmppPosition.Stored stored) {
        Instant since = stored.until().minus(OVERLAP);
        return since.isBefore(stored.from()) ? stored.from() : since;
    }

    /** Tries those again that could not be joined, or were lost. */
    synchronized void again(XmppStream stream) {
        rooms.forEach((address, room) -> {
            if (!room.joined && room.asked && System.nanoTime() - room.askedAt > again.toNanos()) {
                room.tries = 0;
                join(stream, address, room);
            }
        });
    }

    /** Whether this is about one of the rooms. */
    synchronized boolean take(XmppStream stream, XmlElement presence) {
        String address = Jids.bare(presence.attribute("from")).orElse("");
        Room room = rooms.get(address);
        if (room == null) {
            return false;
        }
        String type = String.valueOf(presence.attribute("type"));
        Set<String> codes = presence.children(Names.MUC_USER, "x")
                .flatMap(x -> x.children(Names.MUC_USER, "status"))
                .map(status -> String.valueOf(status.attribute("code")))
                .collect(Collectors.toSet());
        if (type.equals("error")) {
            refused(stream, address, room, ErrorTable.condition(presence));
        } else if (codes.contains("110")) { // about ourselves
            self(stream, address, room, presence, codes);
        }
        return true;
    }

    private void refused(XmppStream stream, String address, Room room, String condition) {
        if (room.joined) {
            return; // another name was asked for, which we do not do
        }
        if (condition.equals("conflict") && ++room.tries < MOST_NICKS) {
            join(stream, address, room);
            return;
        }
        room.problem = condition.equals("conflict")
                ? "others have its nickname; write nick"
                : "it answered with " + Ignored.word(condition);
    }

    private static void self(XmppStream stream, String address, Room room, XmlElement presence, Set<String> codes) {
        boolean there = !"unavailable".equals(presence.attribute("type"));
        if (there) {
            room.joined = true;
            room.nick = Jids.resource(presence.attribute("from"));
            room.problem = null;
        } else if (!codes.contains("303")) { // that is another name, with which we stay
            room.joined = false;
            room.problem = "it removed us, with status " + new TreeSet<>(codes);
        }
        if (codes.contains("201")) { // it is new, and locked until its owner says that it is good as it is
            String form = "<x xmlns='" + Names.FORM + "' type='submit'/>";
            stream.hand(RawIq.set(address, "query", Names.MUC_OWNER, Map.of(), form));
        }
    }

    /** It does not know us. */
    synchronized void lost(String address) {
        Room room = rooms.get(address);
        if (room != null) {
            room.joined = false;
            room.problem = "it does not know us any more";
        }
    }

    synchronized boolean isJoined(String address) {
        Room room = rooms.get(address);
        return room != null && room.joined;
    }

    /** Whether a message stands in a room under our name. */
    synchronized boolean isOurName(XmlElement message) {
        Room room = rooms.get(Jids.bare(message.attribute("from")).orElse(""));
        return room != null && Jids.resource(message.attribute("from")).equals(room.nick);
    }

    /** Those that are joined for the first time. */
    synchronized List<String> begun() {
        return rooms.entrySet().stream()
                .filter(one -> one.getValue().joined && !known.containsKey(one.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What the operator should know; null for nothing. */
    synchronized @Nullable String problem() {
        return rooms.entrySet().stream()
                .filter(one -> one.getValue().problem != null)
                .map(one -> "the room " + one.getKey() + " is not joined: " + one.getValue().problem)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return "Rooms[…]";
    }
}
