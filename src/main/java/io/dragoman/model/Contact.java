// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A person.
 *
 * @param tags the business's own marks
 * @param attributes what the business knows of them, by names of its own
 * @param orders theirs in shops, the latest first: of those whose address is surely theirs
 */
public record Contact(
        String id,
        @Nullable String name,
        @Nullable String language,
        List<Identity> identities,
        List<String> tags,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> attributes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<CustomerOrder> orders) {
    public Contact {
        identities = List.copyOf(identities);
        tags = List.copyOf(tags);
        // what was stored before there were any has none
        attributes = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(attributes, Map.of())));
        orders = List.copyOf(Objects.requireNonNullElse(orders, List.of()));
    }

    /** A person of whom nothing else is known. */
    public Contact(
            String id, @Nullable String name, @Nullable String language, List<Identity> identities, List<String> tags) {
        this(id, name, language, identities, tags, Map.of(), List.of());
    }

    /** The same person with more tags; those that they have stay where they are. */
    public Contact tagged(List<String> more) {
        Set<String> all = new LinkedHashSet<>(tags);
        return all.addAll(more)
                ? new Contact(id, name, language, identities, List.copyOf(all), attributes, orders)
                : this;
    }

    /** The same person, of whom this is known. */
    public Contact knowing(Map<String, String> known, List<CustomerOrder> bought) {
        return new Contact(id, name, language, identities, tags, known, bought);
    }

    /** Their addresses of a type of which a channel vouches that they are theirs. */
    public List<Identity> verified(String type) {
        return identities.stream()
                .filter(one -> one.verified() && one.type().equals(type))
                .toList();
    }

    /** The same person as a channel names them now; null leaves what is known. */
    public Contact described(@Nullable String now, @Nullable String spoken) {
        return new Contact(
                id, now == null ? name : now, spoken == null ? language : spoken, identities, tags, attributes, orders);
    }

    @Override
    public String toString() {
        return "Contact[" + id + "]";
    }
}
