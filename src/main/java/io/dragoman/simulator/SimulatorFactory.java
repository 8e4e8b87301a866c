// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of simulator: what it is, its options, how it is started. Stateless and thread-safe. Found through
 * {@link java.util.ServiceLoader}, so that a simulator is one folder and one line; whatever a factory needs beyond the
 * product's own libraries may only be touched in {@link #start}.
 */
public interface SimulatorFactory {
    /** The word for it on the command line, such as {@code telegram}; also the folder's name. */
    String kind();

    /** The kind of channel that it stands in for, where that has another word. */
    default String channel() {
        return kind();
    }

    /** One sentence for a list of simulators. */
    String description();

    /** Whether it stands in for a helpdesk, which is configured in {@code desks.yaml}. */
    default boolean desk() {
        return false;
    }

    /** Whether its customers are telephone numbers, and nothing else. */
    default boolean numbers() {
        return false;
    }

    /** Its options beside its port and the callback. */
    default List<Option> options() {
        return List.of();
    }

    /** The options with which the checks of the contract start it, where the usual ones say less. */
    default Map<String, String> sample() {
        return Map.of();
    }

    /** Where it brings what customers write when no callback is named; empty where one has to be. */
    default Optional<URI> usualCallback() {
        return Optional.empty();
    }

    /** What this installation lacks to start it, as a sentence that says what to do; empty when it can start. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /**
     * Starts one.
     *
     * @param port 0 for any free one
     * @param callback where its webhooks go; null when nobody said
     * @param options the values of {@link #options}, by name, each there
     * @throws java.io.UncheckedIOException when the port is taken
     * @throws IllegalArgumentException when an option's value makes no sense
     */
    Simulator start(int port, @Nullable URI callback, Map<String, String> options);

    /**
     * An option.
     *
     * @param name without the two hyphens
     * @param label what stands for the value in the help, in capitals
     * @param fallback the value when it is left out
     * @param description one sentence
     */
    record Option(String name, String label, String fallback, String description) {}
}
