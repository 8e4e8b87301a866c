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
}
