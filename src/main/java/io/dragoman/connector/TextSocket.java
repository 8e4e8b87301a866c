// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;

/**
 * One open WebSocket that carries text. One thread at a time waits for messages and sends; {@link #close} comes from any.
 * No more than one message waits unread: what the other side sends meanwhile waits on the wire.
 */
public interface TextSocket {

    /** Sends one message; returns when it is handed over to the network. */
    void send(String text) throws TransportFailure;

    /** Waits for the next message, or for the end; {@link Silence} when nothing came in time. */
    Incoming next(Duration wait);

    /** Says goodbye with a code (RFC 6455 §7.4), without waiting for an answer. What waits for a message gets the end. */
    void close(int code);

    /** What came. */
    sealed interface Incoming {}

    /** A whole message. */
    record Text(String text) implements Incoming {
        @Override
        public String toString() {
            return "Text[" + text.length() + " chars]";
        }
    }

    /**
     * The connection has ended.
     *
     * @param code as the other side said; 1006 where it broke off, 1009 for a message that was too large
     */
    record Closed(int code) implements Incoming {}

    /** Nothing yet. */
    record Silence() implements Incoming {}
}
