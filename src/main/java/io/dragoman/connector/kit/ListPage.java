// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a provider's list of messages, the newest first.
 *
 * @param next where the list goes on; null on the last page
 * @param at when the provider answered, by its own clock; null when it did not say
 */
public record ListPage(
        List<JsonNode> messages,
        @Nullable URI next,
        @Nullable Instant at) {
    public ListPage {
        messages = List.copyOf(messages);
    }

    /** The page after this one; empty after the last. */
    Optional<ListPage> next(PageReader reader) throws io.dragoman.connector.TransportFailure {
        return next == null ? Optional.empty() : Optional.of(reader.page(next));
    }

    @Override
    public String toString() {
        return "ListPage[" + messages.size() + " messages]";
    }

    /** Reads the page at an address. */
    @FunctionalInterface
    public interface PageReader {
        ListPage page(URI address) throws io.dragoman.connector.TransportFailure;
    }
}
