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
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

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

    /** Hands over what {@code changes} of every entry say, by their field. */
    public void changes(BiConsumer<String, JsonFields> reader) {
        for (JsonFields entry : entries()) {
            for (JsonFields change : entry.each("changes")) {
                String field = change.word("field");
                if (field == null) {
                    unidentified();
                } else {
                    reader.accept(field, change.inner("value"));
                }
            }
        }
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
