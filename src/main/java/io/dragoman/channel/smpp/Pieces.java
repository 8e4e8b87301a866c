// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.channel.smpp.SmppPosition.Waiting;
import io.dragoman.channel.smpp.UserDataHeader.Piece;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the pieces of long texts together, in whatever order and over whatever session they come; for one thread. */
final class Pieces {
    /** A phone sends its pieces one after the other; what has not come by then is not waited for. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** The most that wait; of more, the oldest go on without what they lack. */
    private static final int MOST = 300;

    private final Map<String, Parts> texts = new LinkedHashMap<>();

    /** The pieces of one text that came, by their numbers. */
    private record Parts(Instant since, NavigableMap<Integer, ShortMessage> pieces) {
        List<ShortMessage> all() {
            return List.copyOf(pieces.values());
        }
    }

    Pieces(List<Waiting> waiting) {
        for (Waiting one : waiting) {
            parts(one.piece(), one.since()).pieces().put(one.piece().piece().number(), one.piece());
        }
    }

    /**
     * Adds a piece.
     *
     * @return the texts that are whole by it, or that can become it no more
     */
    List<List<ShortMessage>> add(ShortMessage message, Instant at) {
        List<List<ShortMessage>> done = new ArrayList<>();
        Piece piece = message.piece();
        if (piece.isWhole()) {
            return List.of(List.of(message));
        }
        ShortMessage before = parts(message, at).pieces().get(piece.number());
        if (before != null && !before.data().equals(message.data())) {
            remove(key(message)).ifPresent(done::add); // the reference is used anew
        }
        Parts parts = parts(message, at);
        parts.pieces().put(piece.number(), message);
        if (parts.pieces().size() == piece.total()) {
            remove(key(message)).ifPresent(done::add);
        }
        while (count() > MOST) {
            remove(texts.keySet().iterator().next()).ifPresent(done::add);
        }
        return done;
    }

    /** Takes out what has waited long enough. */
    List<List<ShortMessage>> overdue(Instant now) {
        List<List<ShortMessage>> done = new ArrayList<>();
        for (Iterator<Parts> each = texts.values().iterator(); each.hasNext(); ) {
            Parts parts = each.next();
            if (!now.isBefore(parts.since().plus(LONGEST))) {
                done.add(parts.all());
                each.remove();
            }
        }
        return done;
    }

    List<Waiting> waiting() {
        return texts.values().stream()
                .flatMap(parts -> parts.pieces().values().stream().map(piece -> new Waiting(parts.since(), piece)))
                .toList();
    }

    private int count() {
        return texts.values().stream()
                .map(Parts::pieces)
                .mapToInt(NavigableMap::size)
                .sum();
    }

    private Parts parts(ShortMessage message, Instant since) {
        return texts.computeIfAbsent(key(message), unknown -> new Parts(since, new TreeMap<>()));
    }

    private Optional<List<ShortMessage>> remove(String key) {
        return Optional.ofNullable(texts.remove(key)).map(Parts::all).filter(pieces -> !pieces.isEmpty());
    }

    private static String key(ShortMessage message) {
        Piece piece = message.piece();
        return String.join(
                "|",
                message.source(),
                message.destination(),
                String.valueOf(piece.reference()),
                String.valueOf(piece.total()));
    }
}
