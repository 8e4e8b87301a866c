// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import io.dragoman.simulator.Simulator.Delivered;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whoever takes messages by a protocol of its own, and can be told how to answer the next ones: so that the checks of the
 * contract see how an attempt ends, where nothing goes over HTTP. Thread-safe.
 */
public interface Answering {
    /** What becomes of one message. */
    enum Answer {
        /** It is taken and delivered. */
        TAKEN,
        /** There are too many now. */
        THROTTLED,
        /** It cannot be taken now. */
        BUSY,
        /** It is refused for good. */
        REFUSED,
        /** Something went wrong there. */
        FAILED,
        /** Nothing is answered. */
        SILENT,
        /** The connection ends before the answer. */
        CUT,
        /** An answer that makes no sense; each time another one. */
        ODD
    }

    /** What it is told to answer, and what came to it. */
    Script script();

    /** Why the protocol has no such answer, as a sentence without its full stop; empty where it has. */
    default Optional<String> lacks(Answer answer) {
        return Optional.empty();
    }

    /** Why nobody logs in to it; empty where somebody does. */
    default Optional<String> lacksLogin() {
        return Optional.empty();
    }

    /** Why what reaches customers has no id of the sender's choosing; empty where it has. */
    default Optional<String> lacksKeys() {
        return Optional.empty();
    }

    /** Why no answer of the protocol has a text that could be repeated; empty where one has. */
    default Optional<String> lacksWords() {
        return Optional.empty();
    }

    /** What reached customers. */
    List<Delivered> delivered();

    /** More settings of an account for the checks, such as a login that it need not have. */
    default Map<String, String> more() {
        return Map.of();
    }

    /** Settings with which an account does not wait long for an answer. */
    default Map<String, String> impatient() {
        return Map.of();
    }
}
