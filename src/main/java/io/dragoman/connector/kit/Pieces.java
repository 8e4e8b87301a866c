// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

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
import java.util.function.Function;

/**
 * Puts the pieces of long texts together, in whatever order they come; for one thread. Whoever takes pieces in stores
 * {@link #waiting} in the same transaction, and makes it anew from that.
 *
 * @param <T> a piece
 */
public final class Pieces<T> {
    /** A phone sends its pieces one after the other; what has not come by then is not waited for. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    /** The most that wait; of more, the oldest go on without what they lack. */
    private static final int MOST = 300;

    private final Function<T, Place> places;
    private final Map<String, Parts<T>> texts = new LinkedHashMap<>();

    /**
     * Where a piece belongs.
     *
     * @param text what only the pieces of one text have in common
     * @param number from 1 to {@code total}; a text of one is whole
     * @param content tells a copy of a piece from one of a later text, for which the reference is used anew
     */
    public record Place(String text, int number, int total, String content) {
        @Override
        public String toString() {
            return "Place[" + number + " of " + total + "]";
        }
    }

    /**
     * A piece that waits for others.
     *
     * @param since when the first of them came
     */
    public record Waiting<T>(Instant since, T piece) {
        @Override
        public String toString() {
            return "Waiting[…]";
        }
    }

    /** The pieces of one text that came, by their numbers. */
    private record Parts<T>(Instant since, NavigableMap<Integer, T> pieces) {
        List<T> all() {
            return List.copyOf(pieces.values());
        }
    }

    /** @param waiting as {@link #waiting} gave it; empty at first */
    public Pieces(Function<T, Place> places, List<Waiting<T>> waiting) {
        this.places = places;
        for (Waiting<T> one : waiting) {
            Place place = places.apply(one.piece());
            parts(place, one.since()).pieces().put(place.number(), one.piece());
        }
    }

    /**
     * Adds a piece.
     *
     * @return the texts that are whole by it, or that can become it no more
     */
    public List<List<T>> add(T piece, Instant at) {
        List<List<T>> done = new ArrayList<>();
        Place place = places.apply(piece);
        if (place.total() < 2) {
            return List.of(List.of(piece));
        }
        T before = parts(place, at).pieces().get(place.number());
        if (before != null && !places.apply(before).content().equals(place.content())) {
            remove(place.text()).ifPresent(done::add); // the reference is used anew
        }
        Parts<T> parts = parts(place, at);
        parts.pieces().put(place.number(), piece);
        if (parts.pieces().size() == place.total()) {
            remove(place.text()).ifPresent(done::add);
        }
        while (count() > MOST) {
            remove(texts.keySet().iterator().next()).ifPresent(done::add);
        }
        return done;
    }

    /** Takes out what has waited long enough. */
    public List<List<T>> overdue(Instant now) {
        List<List<T>> done = new ArrayList<>();
        for (Iterator<Parts<T>> each = texts.values().iterator(); each.hasNext(); ) {
            Parts<T> parts = each.next();
            if (!now.isBefore(parts.since().plus(LONGEST))) {
                done.add(parts.all());
                each.remove();
            }
        }
        return done;
    }

    /** What is to be stored: the pieces of texts that are not whole. */
    public List<Waiting<T>> waiting() {
        return texts.values().stream()
                .flatMap(parts -> parts.pieces().values().stream().map(piece -> new Waiting<>(parts.since(), piece)))
                .toList();
    }

    private int count() {
        return texts.values().stream()
                .map(Parts::pieces)
                .mapToInt(NavigableMap::size)
                .sum();
    }

    private Parts<T> parts(Place place, Instant since) {
        return texts.computeIfAbsent(place.text(), unknown -> new Parts<>(since, new TreeMap<>()));
    }

    private Optional<List<T>> remove(String text) {
        return Optional.ofNullable(texts.remove(text)).map(Parts::all).filter(pieces -> !pieces.isEmpty());
    }
}
