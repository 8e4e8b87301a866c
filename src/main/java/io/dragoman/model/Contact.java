// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A person. {@code tags} are the business's own marks. */
public record Contact(
        String id, @Nullable String name, @Nullable String language, List<Identity> identities, List<String> tags) {
    public Contact {
        identities = List.copyOf(identities);
        tags = List.copyOf(tags);
    }

    /** The same person with more tags; those that they have stay where they are. */
    public Contact tagged(List<String> more) {
        Set<String> all = new LinkedHashSet<>(tags);
        return all.addAll(more) ? new Contact(id, name, language, identities, List.copyOf(all)) : this;
    }

    @Override
    public String toString() {
        return "Contact[" + id + "]";
    }
}
