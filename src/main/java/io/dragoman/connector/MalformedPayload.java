// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Event;
import java.util.List;

/** An authentic request that does not say what its provider's documentation promises. The message holds no content. */
public final class MalformedPayload extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<? extends Event> readable;

    public MalformedPayload(String message) {
        this(message, List.of());
    }

    /**
     * Of a batch in which some make sense.
     *
     * @param readable the events of those, which are taken; the request is kept as dead besides, to be read again
     */
    public MalformedPayload(String message, List<? extends Event> readable) {
        super(message);
        this.readable = List.copyOf(readable);
    }

    /** What of a batch made sense; empty for nothing. */
    public List<? extends Event> readable() {
        return readable;
    }
}
