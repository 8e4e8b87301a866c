// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A provider on this machine. Thread-safe. */
public interface Simulator extends AutoCloseable {
    /** The kind of channel that it stands in for. */
    String kind();

    /** The settings of a channel that uses it, by name in {@code channels.yaml}, {@code baseUrl} and secrets included. */
    Map<String, String> settings();

    /** A customer writes: the provider tells {@code callback} as the real one would, signed. Returns its status. */
    int customerWrites(URI callback, String customer, String text);

    /** The same by what it posts: where messages come another way, it is a command or the like that says the text. */
    default int customerPosts(URI callback, String customer, String text) {
        return customerWrites(callback, customer, text);
    }

    /** How it proves what it posts; empty where it posts nothing, or no check knows how to ask it. */
    default Optional<Proof> proof() {
        return Optional.empty();
    }

    /**
     * The provider brings any body to {@code callback}, signed as whatever it posts. Returns its status.
     *
     * @throws UnsupportedOperationException where there is no {@link #proof}
     */
    default int brings(URI callback, byte[] body) {
        throw new UnsupportedOperationException(kind() + " brings no bodies");
    }

    /** What it posted, as it was before it was encrypted; of a simulator that encrypts nothing the same. */
    default byte[] opened(byte[] posted) {
        return posted;
    }

    /** The keys that it publishes to prove what it posts, as a JSON Web Key Set; empty where it publishes none. */
    default Optional<String> keys() {
        return Optional.empty();
    }

    /** A customer proves who they are, where that is not by what they write. Returns the status; 0 where nobody does. */
    default int proves(URI callback, String customer) {
        return 0;
    }

    /** Where an answer to a customer goes, in the channel's form; empty where a message that it posts tells it. */
    default Optional<String> address(String customer) {
        return Optional.empty();
    }

    /**
     * The paths at which it gives access tokens, each with the JSON that it answers there; none where its calls need no
     * token that has to be fetched.
     */
    default Map<String, String> grants() {
        return Map.of();
    }

    /**
     * Brings about everything that the provider tells of a message which reached a customer, in its order. What it posts
     * of that is posted when this returns; nothing where it tells nothing.
     */
    default void receipts(URI callback, Delivered message) {}

    /** The time in which a customer can be answered freely is over; false where there is no such time. */
    default boolean closeWindow(String customer) {
        return false;
    }

    /** Why the last webhook was not answered, with what to do, where that is known. */
    default Optional<String> why() {
        return Optional.empty();
    }

    /** What the gateway had the provider deliver to customers, in order. */
    List<Delivered> delivered();

    /** Tells of every call that it gets and of every message that it delivers, a line each. */
    void listen(Consumer<String> listener);

    /** Tells the JSON of every event that it takes, whole and in one line; a provider takes none. */
    default void receive(Consumer<String> events) {}

    @Override
    void close();

    /**
     * One message that reached a customer.
     *
     * @param content the text, or a line such as {@code [image] caption} for what is not text
     */
    record Delivered(String customer, String id, String content) {}

    /**
     * How a provider proves what it posts.
     *
     * @param headers those that prove, in lower case; empty where the address does
     * @param parameters those of the query that prove; empty where headers do, or a secret in the address
     * @param body whether they cover the body
     */
    record Proof(List<String> headers, List<String> parameters, boolean body) {
        public Proof {
            headers = List.copyOf(headers);
            parameters = List.copyOf(parameters);
        }

        /** By headers, or a secret in the address. */
        public Proof(List<String> headers, boolean body) {
            this(headers, List.of(), body);
        }

        /** Parameters of the query that cover the body. */
        public static Optional<Proof> byParameters(String... names) {
            return Optional.of(new Proof(List.of(), List.of(names), true));
        }

        /** Headers that cover the body. */
        public static Optional<Proof> by(String... headers) {
            return Optional.of(new Proof(List.of(headers), true));
        }
    }
}
