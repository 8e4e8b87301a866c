// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.xmpp;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** A room (XEP-0045) with the shop and whoever else writes in it, and its archive. For one thread. */
final class SimulatedRoom {
    private static final String MUC = "http://jabber.org/protocol/muc";
    /** As servers do by default. */
    private static final int HISTORY = 20;

    private final String address;
    private final LongSupplier ids;
    private final ChatArchive archive = new ChatArchive();
    private final Set<String> others = new LinkedHashSet<>();
    private @Nullable String shop;

    SimulatedRoom(String address, LongSupplier ids) {
        this.address = address;
        this.ids = ids;
    }

    ChatArchive archive() {
        return archive;
    }

    /** Whether the shop is in it. */
    boolean isJoined() {
        return shop != null;
    }

    /** The shop is no longer known there, without a word. */
    void forget() {
        shop = null;
    }

    /** Somebody is in it. */
    void enter(String nick) {
        others.add(nick);
    }

    /** The shop comes, goes, or is refused; what it is answered. */
    List<String> presence(Element presence, String jid, String nick) {
        if (presence.getAttribute("type").equals("unavailable")) {
            shop = null;
            return List.of(self(jid, nick, " type='unavailable'"));
        }
        if (others.contains(nick)) {
            return List.of(
                    "<presence type='error' from='" + at(nick) + "' to='" + jid + "'><x xmlns='" + MUC
                            + "'/><error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");
        }
        shop = nick;
        List<String> answers = new java.util.ArrayList<>();
        answers.add(self(jid, nick, ""));
        for (ChatArchive.Entry entry : history(presence)) {
            answers.add(entry.xml().replaceFirst("</message>$", entry.delay(address) + "</message>"));
        }
        answers.add("<message type='groupchat' from='" + address + "' to='" + jid + "'><subject/></message>");
        return answers;
    }

    private List<ChatArchive.Entry> history(Element presence) {
        Element x = SimulatedXml.child(presence, MUC, "x");
        Element asked = x == null ? null : SimulatedXml.child(x, MUC, "history");
        String since = asked == null ? "" : asked.getAttribute("since");
        String most = asked == null ? "" : asked.getAttribute("maxstanzas");
        List<ChatArchive.Entry> all = archive.since(since.isEmpty() ? Instant.EPOCH : Instant.parse(since));
        int limit = most.isEmpty() ? HISTORY : Math.min(HISTORY, Integer.parseInt(most));
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    private String self(String jid, String nick, String type) {
        return "<presence from='" + at(nick) + "' to='" + jid + "'" + type + "><x xmlns='" + MUC
                + "#user'><item affiliation='member' role='participant'/><status code='110'/></x></presence>";
    }

    private String at(String nick) {
        return address + "/" + SimulatedXml.escaped(nick);
    }

    /** Shows a message to all; as the shop gets it. */
    String show(@Nullable String nick, String id, String inner) {
        long stamp = ids.getAsLong();
        String from = at(nick == null ? String.valueOf(shop) : nick);
        String shown = "<message xmlns='jabber:client' type='groupchat' from='" + from + "' to='" + XmppSimulator.SHOP
                + "' id='" + SimulatedXml.escaped(id) + "'>" + inner + "<stanza-id xmlns='urn:xmpp:sid:0' by='"
                + address
                + "' id='s" + stamp + "'/></message>";
        archive.add(new ChatArchive.Entry("s" + stamp, from, Instant.now(), shown));
        return shown;
    }
}
