// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.Event;
import io.dragoman.model.Ignored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to events, as its profile says.
 *
 * @param <E> the events of a side
 */
public final class InboundReader<E extends Event> {
    private final Receiving receiving;
    private final String title;
    private final Optional<String> country;
    private final ElementReader<E> reader;
    private final Map<String, Object> more;

    /**
     * @param title the provider's name
     * @param country of phone numbers without one, where the account names it
     */
    public InboundReader(Receiving receiving, String title, Optional<String> country, ElementReader<E> reader) {
        this(receiving, title, country, reader, Map.of());
    }

    /** @param more variables of all its expressions */
    public InboundReader(
            Receiving receiving,
            String title,
            Optional<String> country,
            ElementReader<E> reader,
            Map<String, Object> more) {
        this.more = Map.copyOf(more);
        this.receiving = receiving;
        this.title = title;
        this.country = country;
        this.reader = reader;
    }

    /**
     * All events of a request. In a batch one odd element does not take the others with it: {@link
     * MalformedPayload#readable}.
     */
    public List<E> read(Request request) throws MalformedPayload {
        List<Element> elements = elements(request);
        if (elements.isEmpty()) {
            return List.of(reader.ignored(empty(whole(request))));
        }
        List<E> events = new ArrayList<>();
        List<MalformedPayload> odd = new ArrayList<>();
        for (Element element : elements) {
            try {
                events.addAll(events(element));
            } catch (MalformedPayload e) {
                odd.add(e);
            }
        }
        if (!odd.isEmpty()) {
            throw partly(odd, elements.size(), events);
        }
        return events;
    }

    /** What in a request is one event each, in order. */
    public List<Element> elements(Request request) throws MalformedPayload {
        Element whole = whole(request);
        if (receiving.each() == null) {
            return List.of(whole);
        }
        List<Element> elements = new ArrayList<>();
        for (Object value : whole.items(receiving.each())) {
            elements.add(new Element(value, whole.variables(), elements.size(), whole.origin()));
        }
        return elements;
    }

    private Element whole(Request request) throws MalformedPayload {
        return new InboundDocument(receiving, title).whole(request, country, more);
    }

    private static MalformedPayload partly(List<MalformedPayload> odd, int all, List<? extends Event> events) {
        String first = String.valueOf(odd.get(0).getMessage());
        return new MalformedPayload(all == 1 ? first : odd.size() + " of " + all + " in it: " + first, events);
    }

    private Ignored empty(Element whole) throws MalformedPayload {
        if (whole.value() instanceof List<?> list && list.isEmpty()) {
            return IgnoredFields.of(whole, "empty", "there is nothing in the batch");
        }
        if (receiving.ignored() != null && whole.matches(receiving.ignored().when())) {
            return receiving.ignored().read(whole);
        }
        throw new MalformedPayload(title + ": nothing in it is an event");
    }

    private List<E> events(Element element) throws MalformedPayload {
        Optional<List<E>> events = reader.read(element);
        if (events.isPresent()) {
            return events.get();
        }
        if (receiving.ignored() != null && element.matches(receiving.ignored().when())) {
            return List.of(reader.ignored(receiving.ignored().read(element)));
        }
        throw new MalformedPayload(title + ": it is nothing that the profile knows");
    }
}
