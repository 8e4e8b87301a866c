// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person. {@code tags} are the business's own marks. */
public record Contact(
        String id, @Nullable String name, @Nullable String language, List<Identity> identities, List<String> tags) {
    public Contact {
        identities = List.copyOf(identities);
        tags = List.copyOf(tags);
    }

    @Override
    public String toString() {
        return "Contact[" + id + "]";
    }
}
