// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our account's archive on the server, or that of a room (XEP-0313), asked over one stream. Thread-safe. */
final class Archive {
    /** Each may have the size of the largest stanza. */
    private static final int PAGE = 20;

    private final XmppStream stream;
    private final @Nullable String room;
    private static final AtomicLong NUMBER = new AtomicLong();

    /** @param room whose; null for our own */
    Archive(XmppStream stream, @Nullable String room) {
        this.stream = stream;
        this.room = room;
    }

    /**
     * What is asked for.
     *
     * @param with whose messages alone; null for everybody's
     * @param start since when; null from the beginning
     * @param after the id of the last message that is known; null for the first page
     */
    record Query(
            @Nullable String with,
            @Nullable Instant start,
            @Nullable String after) {
        @Override
        public String toString() {
            return "Query[…]";
        }
    }

    /**
     * What it answered.
     *
     * @param last the id of the last message, for the next page; null for none
     * @param complete whether there is no next page
     * @param error why it did not answer, by the name of RFC 6120, 8.3.3; null where it did
     */
    record Page(
            List<Entry> entries,
            @Nullable String last,
            boolean complete,
            @Nullable String error) {}

    /** One message in it. */
    record Entry(String id, @Nullable String at, XmlElement message) {
        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /** The next page; fails when the stream ends. */
    CompletableFuture<Page> ask(Query query) {
        String after = query.after() == null ? "" : "<after>" + XmlElement.escaped(query.after()) + "</after>";
        return ask(
                field("with", query.with())
                        + field(
                                "start",
                                query.start() == null ? null : query.start().toString()),
                "<max>" + PAGE + "</max>" + after);
    }

    /** The last message alone. */
    CompletableFuture<Page> last() {
        return ask("", "<max>1</max><before/>");
    }

    private CompletableFuture<Page> ask(String fields, String set) {
        String id = "archive-" + NUMBER.incrementAndGet();
        List<XmlElement> results = stream.collect(id, room);
        String form = "<x xmlns='" + Names.FORM + "' type='submit'><field var='FORM_TYPE' type='hidden'><value>"
                + Names.MAM + "</value></field>" + fields + "</x>";
        String page = "<set xmlns='" + Names.RSM + "'>" + set + "</set>";
        return stream.ask(room, RawIq.set(room, "query", Names.MAM, Map.of("queryid", id), form + page))
                .whenComplete((answer, problem) -> stream.forget(id))
                .thenApply(answer -> page(answer, results));
    }

    private static String field(String name, @Nullable String value) {
        return value == null
                ? ""
                : "<field var='" + name + "'><value>" + XmlElement.escaped(value) + "</value></field>";
    }

    private static Page page(XmlElement answer, List<XmlElement> results) {
        if (!"result".equals(answer.attribute("type"))) {
            return new Page(List.of(), null, true, ErrorTable.condition(answer));
        }
        List<Entry> entries = new ArrayList<>();
        for (XmlElement result : List.copyOf(results)) {
            String id = result.attribute("id");
            Stream<XmlElement> held = result.children(Names.FORWARD, "forwarded");
            XmlElement forwarded = held.findFirst().orElse(result);
            String at = forwarded
                    .child(Names.DELAY, "delay")
                    .map(delay -> delay.attribute("stamp"))
                    .orElse(null);
            forwarded
                    .child(Names.CLIENT, "message")
                    .filter(message -> id != null)
                    .ifPresent(message -> entries.add(new Entry(String.valueOf(id), at, message)));
        }
        XmlElement end = answer.child(Names.MAM, "fin").orElse(answer);
        String last = end.child(Names.RSM, "set")
                .flatMap(set -> set.child(Names.RSM, "last"))
                .map(XmlElement::text)
                .orElse(
                        entries.isEmpty()
                                ? null
                                : entries.get(entries.size() - 1).id());
        boolean complete = "true".equals(end.attribute("complete")) || last == null || last.isBlank();
        return new Page(entries, last == null || last.isBlank() ? null : last, complete, null);
    }

    /** Has the server keep everything, whatever its default is. */
    void keepAll() {
        stream.hand(RawIq.set("prefs", Names.MAM, Map.of("default", "always"), "<always/><never/>"));
    }
}
