// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A value of a YAML text and where it stands in it, to the character: an alias is itself here, not what it stands for.
 *
 * @param start of its first character, its anchor included
 * @param end behind its last character; for a block of lines behind its last line
 * @param text of a single value
 * @param entries of a map, in order
 */
record Piece(Form form, int start, int end, String text, List<Entry> entries) {
    /** How it is written. */
    enum Form {
        SCALAR,
        /** Nothing behind the colon, or a word for nothing. */
        NOTHING,
        /** Lines below {@code |} or {@code >}. */
        LINES,
        BLOCK_MAP,
        FLOW_MAP,
        LIST,
        ALIAS
    }

    /** A name and its value. */
    record Entry(Piece key, Piece value) {
        String name() {
            return key.text();
        }
    }

    Piece {
        entries = List.copyOf(entries);
    }

    @Override
    public String toString() {
        return "Piece[" + form + ", " + start + "-" + end + "]";
    }

    /** An entry of a map. */
    Optional<Entry> entry(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    boolean isMap() {
        return form == Form.BLOCK_MAP || form == Form.FLOW_MAP;
    }

    /** The root of a text that {@link Yaml#read} could read; nothing where there is none. */
    static Optional<Piece> read(String content) {
        Iterator<Event> events = new Parse(LoadSettings.builder()
                        .setCodePointLimit(3 * 1024 * 1024)
                        .build())
                .parseString(content)
                .iterator();
        while (events.hasNext()) {
            if (events.next() instanceof DocumentStartEvent) {
                return Optional.of(new Reader(content, events).value(events.next()));
            }
        }
        return Optional.empty();
    }

    /** Reads the events of one document; marks count code points, and we count chars. */
    private static final class Reader {
        private final String content;
        private final Iterator<Event> events;
        private int knownPoint;
        private int knownChar;

        Reader(String content, Iterator<Event> events) {
            this.content = content;
            this.events = events;
        }

        Piece value(Event event) {
            int start = at(event.getStartMark().orElse(null));
            if (event instanceof ScalarEvent scalar) {
                return scalar(scalar, start);
            }
            if (event instanceof MappingStartEvent map) {
                return map(map, start);
            }
            if (event instanceof SequenceStartEvent) {
                int end = start;
                Event next = events.next();
                while (!(next instanceof CollectionEndEvent)) {
                    end = value(next).end();
                    next = events.next();
                }
                return new Piece(
                        Form.LIST, start, Math.max(end, at(next.getEndMark().orElse(null), end)), "", List.of());
            }
            int end = at(event.getEndMark().orElse(null));
            return new Piece(event instanceof AliasEvent ? Form.ALIAS : Form.SCALAR, start, end, "", List.of());
        }

        private Piece scalar(ScalarEvent scalar, int start) {
            int end = at(scalar.getEndMark().orElse(null));
            boolean lines =
                    scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED;
            boolean nothing = scalar.getScalarStyle() == ScalarStyle.PLAIN
                    && List.of("", "~", "null", "Null", "NULL").contains(scalar.getValue());
            Form form = lines ? Form.LINES : nothing ? Form.NOTHING : Form.SCALAR;
            return new Piece(form, start, lines ? trimmed(start, end) : end, scalar.getValue(), List.of());
        }

        /** Empty lines behind a block belong to it only where it keeps them. */
        private int trimmed(int start, int end) {
            int head = content.indexOf('\n', start);
            if (head < 0 || content.substring(start, head).contains("+")) {
                return end;
            }
            int last = end;
            while (last > start && Character.isWhitespace(content.charAt(last - 1))) {
                last--;
            }
            return last;
        }

        private Piece map(MappingStartEvent map, int start) {
            boolean flow = map.getFlowStyle() == FlowStyle.FLOW;
            List<Entry> entries = new ArrayList<>();
            int end = start;
            Event next = events.next();
            while (!(next instanceof CollectionEndEvent)) {
                Piece key = value(next);
                Piece value = value(events.next());
                entries.add(new Entry(key, value));
                end = Math.max(key.end(), value.end());
                next = events.next();
            }
            return new Piece(
                    flow ? Form.FLOW_MAP : Form.BLOCK_MAP,
                    start,
                    flow ? at(next.getEndMark().orElse(null), end) : end,
                    "",
                    entries);
        }

        private int at(@Nullable Mark mark) {
            return at(mark, 0);
        }

        private int at(@Nullable Mark mark, int otherwise) {
            if (mark == null) {
                return otherwise;
            }
            if (mark.getIndex() < knownPoint) {
                knownPoint = 0;
                knownChar = 0;
            }
            knownChar = content.offsetByCodePoints(knownChar, mark.getIndex() - knownPoint);
            knownPoint = mark.getIndex();
            return knownChar;
        }
    }
}
