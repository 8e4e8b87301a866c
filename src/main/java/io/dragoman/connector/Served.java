// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel that is a server itself: its customers' programs come to paths one level below the account's own, {@code
 * /channels/<id>/<name>}. It decides what a request gets, and does nothing itself: the gateway keeps the limits, takes in
 * events as from any webhook, and reads the feeds. A <em>feed</em> is the numbered, durable log of what one address has to
 * read, whichever of the two wrote it. The account's own path answers nothing.
 */
public interface Served extends Webhook {

    /**
     * Decides what a request gets. Pure, fast and without waiting: it may run on an event loop. The request has the
     * headers named by {@link #headers}; bad input becomes a {@link Body} with its problem.
     *
     * @param ids makes a new id each time, unique for ever
     */
    Reply serve(Account account, Request request, Supplier<String> ids);

    /** What an address reads of an event that came from it; it is in the feed from the commit that stores the event. */
    Optional<FeedEntry> entry(Account account, CustomerEvent event);

    /**
     * What an address reads of it that its conversation was closed, by whichever side; empty for nothing. It is in the feed
     * from the commit that closes the conversation.
     *
     * @param cause the id of the event that closed it
     */
    default Optional<FeedEntry> closed(Conversation conversation, String cause) {
        return Optional.empty();
    }

    /** What whoever reads the feed at this moment is shown of an agent's typing, as JSON; empty for nothing. */
    default Optional<String> typing(AgentTyping typing) {
        return Optional.empty();
    }

    /**
     * What a request gets.
     *
     * @param quotas checked in order before anything is done; the first that is used up answers 429
     * @param headers of the answer, also of a refusal
     */
    record Reply(List<Quota> quotas, Map<String, String> headers, Content content) {
        public Reply {
            quotas = List.copyOf(quotas);
            headers = Map.copyOf(headers);
        }
    }

    /** What is answered. */
    sealed interface Content {}

    /** These bytes. Do not change them. */
    record Body(int status, String type, byte[] bytes) implements Content {
        /** JSON text. */
        public static Body json(int status, String json) {
            return new Body(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Body[" + status + ", " + bytes.length + " bytes]";
        }
    }

    /** What is answered depends on the business hours of a name now; empty when there are none. */
    record Hours(String name, Function<Optional<OpeningHours.State>, Body> then) implements Content {
        @Override
        public String toString() {
            return "Hours[" + name + "]";
        }
    }

    /** A body, unless the feed of that address moved: then 401. */
    record Current(String address, Body body) implements Content {
        @Override
        public String toString() {
            return "Current[" + body + "]";
        }
    }

    /**
     * Takes a request in through the intake's route, and answers when it is durable.
     *
     * @param request what is stored, with its proof and without secrets
     * @param address whose feed it is for: one that moved is refused with 401
     * @param key answers with the entry of this key of that feed; empty answers {@code then}
     * @param conversation our id of the conversation that it is about: one that is not of that address is refused with
     *     404; null for none
     */
    record Take(
            Request request,
            String address,
            String key,
            Body then,
            @Nullable String conversation) implements Content {
        /** About no conversation in particular. */
        public Take(Request request, String address, String key, Body then) {
            this(request, address, key, then, null);
        }

        /** About this conversation. */
        public Take about(String id) {
            return new Take(request, address, key, then, id);
        }

        @Override
        public String toString() {
            return "Take[…]";
        }
    }

    /** Passes on at once that a customer is typing, and answers 204; from an address whose feed moved, 401. */
    record Typing(String address, CustomerTyping typing) implements Content {
        @Override
        public String toString() {
            return "Typing[" + typing + "]";
        }
    }

    /** The entries of a feed after a place, as JSON; a feed that moved is refused with 401. */
    record Page(String address, long after, int most) implements Content {
        @Override
        public String toString() {
            return "Page[" + after + "]";
        }
    }

    /** The entries of a feed after a place, and each new one as it comes, as server-sent events; likewise. */
    record Stream(String address, long after) implements Content {
        @Override
        public String toString() {
            return "Stream[" + after + "]";
        }
    }
}
