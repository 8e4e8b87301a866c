// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an index is filled, kept with it.
 *
 * @param place the number of the last change that is in it
 * @param walked the last conversation of a walk over all that is under way; null where none is
 */
record IndexNotes(String store, long place, @Nullable String walked) {
    /** Of an index that has nothing. */
    static final IndexNotes NONE = new IndexNotes("", -1, null);

    /** How documents are made; with another number they are made anew. */
    private static final String VERSION = "1";

    static IndexNotes read(Map<String, String> notes) {
        String place = notes.getOrDefault("place", "");
        return !VERSION.equals(notes.get("version")) || !place.matches("\\d{1,18}")
                ? NONE
                : new IndexNotes(notes.getOrDefault("store", ""), Long.parseLong(place), notes.get("walked"));
    }

    boolean ofStore(String name) {
        return store.equals(name);
    }

    Map<String, String> write() {
        Map<String, String> notes = new HashMap<>();
        notes.put("version", VERSION);
        notes.put("store", store);
        notes.put("place", String.valueOf(place));
        if (walked != null) {
            notes.put("walked", walked);
        }
        return notes;
    }
}
