// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.xmpp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The messages of an account or a room, and how they are asked for (XEP-0313, XEP-0059). Thread-safe. */
final class ChatArchive {
    private static final String MAM = "urn:xmpp:mam:2";
    private static final String RSM = "http://jabber.org/protocol/rsm";

    private final List<Entry> entries = new ArrayList<>();

    /**
     * A message.
     *
     * @param with the other side
     * @param xml the stanza
     */
    record Entry(String id, String with, Instant at, String xml) {
        String delay(String from) {
            return "<delay xmlns='urn:xmpp:delay' from='" + from + "' stamp='" + at + "'/>";
        }

        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /**
     * A page.
     *
     * @param known whether there is the message after which was asked
     */
    record Page(List<Entry> entries, boolean complete, boolean known) {}

    synchronized void add(Entry entry) {
        entries.add(entry);
    }

    /** Everything since a time. */
    synchronized List<Entry> since(Instant time) {
        return entries.stream().filter(entry -> !entry.at().isBefore(time)).toList();
    }

    /** What a query asks for. */
    synchronized Page page(Element query) {
        String with = field(query, "with");
        String start = field(query, "start");
        Element set = SimulatedXml.child(query, RSM, "set");
        String after = set == null ? "" : SimulatedXml.text(set, RSM, "after");
        boolean last = set != null && SimulatedXml.child(set, RSM, "before") != null;
        int most = set == null ? 50 : Integer.parseInt("0" + SimulatedXml.text(set, RSM, "max"));
        List<Entry> all = entries.stream()
                .filter(entry -> with.isEmpty() || entry.with().equals(with))
                .filter(entry -> start.isEmpty() || !entry.at().isBefore(Instant.parse(start)))
                .toList();
        int from = after.isEmpty() ? 0 : place(all, after) + 1;
        if (!after.isEmpty() && from == 0) {
            return new Page(List.of(), true, false);
        }
        int begin = last ? Math.max(0, all.size() - most) : from;
        int end = last ? all.size() : Math.min(all.size(), from + most);
        return new Page(all.subList(begin, end), end == all.size(), true);
    }

    private static int place(List<Entry> all, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static String field(Element query, String name) {
        Element form = SimulatedXml.child(query, "jabber:x:data", "x");
        return form == null
                ? ""
                : SimulatedXml.children(form).stream()
                        .filter(field -> field.getAttribute("var").equals(name))
                        .map(field -> SimulatedXml.text(field, "jabber:x:data", "value"))
                        .findFirst()
                        .orElse("");
    }

    /** The results and the end of a page, as stanzas; null where the message after which was asked is not known. */
    static @Nullable List<String> written(Page page, Element query, String owner, String shop, String iq) {
        if (!page.known()) {
            return null;
        }
        List<String> stanzas = new ArrayList<>();
        for (Entry entry : page.entries()) {
            stanzas.add("<message from='" + owner + "' to='" + shop + "'><result xmlns='" + MAM + "' id='" + entry.id()
                    + "' queryid='" + SimulatedXml.escaped(query.getAttribute("queryid"))
                    + "'><forwarded xmlns='urn:xmpp:forward:0'>" + entry.delay(owner) + entry.xml()
                    + "</forwarded></result></message>");
        }
        int size = page.entries().size();
        String ends = size == 0
                ? ""
                : "<first>" + page.entries().get(0).id() + "</first><last>"
                        + page.entries().get(size - 1).id() + "</last>";
        stanzas.add("<iq type='result' id='" + SimulatedXml.escaped(iq) + "' from='" + owner + "' to='" + shop
                + "'><fin xmlns='"
                + MAM + "'" + (page.complete() ? " complete='true'" : "") + "><set xmlns='" + RSM + "'>" + ends
                + "</set></fin></iq>");
        return stanzas;
    }
}
