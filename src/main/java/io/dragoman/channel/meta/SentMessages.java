// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.ListLookup;
import io.dragoman.connector.kit.ListPage;
import io.dragoman.model.Part;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What we sent to a customer, as the Conversations API lists it: the same words, and no message that we know. */
record SentMessages(GraphConversations conversations, ToCustomer message, Predicate<String> known)
        implements ListLookup.Source {
    /** We hang up after 30 s, and what Meta makes of an attempt it lists at once. */
    static final Duration SETTLED = Duration.ofSeconds(90);

    @Override
    public ListPage first() throws TransportFailure {
        GraphConversations.Listed listed = conversations.with(message.address());
        return new ListPage(listed.messages(), null, listed.at());
    }

    @Override
    public ListPage page(URI address) {
        throw new IllegalStateException("a customer's conversation has one page");
    }

    @Override
    public @Nullable Instant made(JsonNode one) {
        return GraphTime.of(one.path("created_time").asText(""));
    }

    @Override
    public String id(JsonNode one) {
        return one.path("id").asText("");
    }

    @Override
    public ListLookup.Match match(JsonNode one) {
        boolean theirs = one.path("from").path("id").asText("").equals(message.address());
        if (theirs || id(one).isEmpty() || known.test(id(one))) {
            return ListLookup.Match.NO;
        }
        String text = message.parts().get(0) instanceof Part.Text words
                ? words.text()
                : message.parts().get(0) instanceof Part.Choices choices ? choices.text() : null;
        if (text == null) { // a file or a template: what the list shows of it is not ours to compare
            return ListLookup.Match.MAYBE;
        }
        return one.path("message").asText("").strip().equals(text.strip()) ? ListLookup.Match.YES : ListLookup.Match.NO;
    }
}
