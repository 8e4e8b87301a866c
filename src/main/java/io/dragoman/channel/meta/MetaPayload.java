// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One webhook: up to a thousand elements, perhaps of several numbers or pages. Each stands for itself; an odd one never
 * takes the others with it. For one thread.
 */
public final class MetaPayload {
    private final JsonFields root;
    private final Instant receivedAt;
    /** By key: what Meta aggregated twice is one event. */
    private final Map<String, CustomerEvent> events = new LinkedHashMap<>();

    private final Request request;
    private int unidentified;
    private int ignored;

    MetaPayload(Request request) throws MalformedPayload {
        root = JsonFields.of(request.body());
        receivedAt = request.receivedAt();
        this.request = request;
    }

    /** Refuses a webhook about anything but {@code object}, such as {@code whatsapp_business_account}. */
    public void expect(String object) throws MalformedPayload {
        String given = root.word("object");
        if (!root.node().path("entry").isArray() || (given != null && !given.equals(object))) {
            throw new MalformedPayload("this is not a webhook of a " + object);
        }
    }

    /** What concerns one number or page each, in its order. */
    public List<JsonFields> entries() {
        return root.each("entry");
    }

    /**
     * Hands over what {@code changes} of some entries say, by their field. A login with Instagram puts the one change of
     * an entry into the entry itself.
     *
     * @param own whether an entry's id is of one that matters
     */
    public void changes(Predicate<String> own, ChangeReader reader) {
        for (JsonFields entry : entries()) {
            String id = entry.word("id");
            List<JsonFields> changes = entry.has("changes") ? entry.each("changes") : List.of(entry);
            boolean some = hasChanges(entry);
            if (some && (id == null || changes.isEmpty())) {
                unidentified();
            } else if (some && own.test(id)) {
                changes.forEach(change -> change(change, writtenAt(entry), reader));
            }
        }
    }

    /** What reads one change. */
    @FunctionalInterface
    public interface ChangeReader {
        /**
         * Reads it.
         *
         * @param at when Meta wrote the entry, the same in each of its tries
         */
        void change(String field, JsonFields value, Instant at);
    }

    private void change(JsonFields change, Instant at, ChangeReader reader) {
        String field = change.word("field");
        if (field == null) {
            unidentified();
        } else {
            reader.change(field, change.inner("value"), at);
        }
    }

    /** The ids of the entries that have something that is wanted, in their order. */
    public Set<String> ids(Predicate<JsonFields> wanted) {
        return entries().stream()
                .filter(wanted)
                .map(entry -> entry.word("id"))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether an entry tells of what is public. */
    public static boolean hasChanges(JsonFields entry) {
        return entry.has("changes") || entry.has("field");
    }

    /** The elements of one list of every entry, such as {@code changes}. */
    public List<JsonFields> elements(String list) {
        List<JsonFields> elements = new ArrayList<>();
        for (JsonFields entry : root.each("entry")) {
            if (!entry.node().path(list).isArray()) {
                unidentified();
            }
            elements.addAll(entry.each(list));
        }
        return elements;
    }

    /** Counts an element that names no id, sender or number. */
    public void unidentified() {
        unidentified++;
    }

    /** Says what an element was that nothing is done about; it has no id of its own, but its place. */
    public void ignored(String kind, String why) {
        add(new Ignored("ignored:" + Hashes.sha256Hex(request.body()) + ":" + ignored++, receivedAt, kind, why));
    }

    public void add(CustomerEvent event) {
        events.putIfAbsent(event.key(), event);
    }

    /** When Meta wrote an entry, the same in each of its tries. */
    public Instant writtenAt(JsonFields entry) {
        return entry.time("time", receivedAt);
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /** When an element happened, as far as that can be. */
    public Instant at(JsonFields element) {
        return element.time("timestamp", receivedAt);
    }

    List<CustomerEvent> events() throws MalformedPayload {
        if (events.isEmpty() && unidentified > 0) {
            throw new MalformedPayload(unidentified + " elements of the webhook have no id, sender or number");
        }
        return List.copyOf(events.values());
    }
}
