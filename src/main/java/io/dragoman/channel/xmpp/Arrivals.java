// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the thread that reads a stream waits with a message until it is stored. Stream management (XEP-0198) counts a
 * message as handled when it goes on: so the server is told of none that could still be lost. Thread-safe.
 */
final class Arrivals {
    private @Nullable XmlElement waiting;
    private boolean over;
    private boolean woken;

    /** Hands over a message and waits until it is stored; fails when the stream ends before. */
    synchronized void bring(XmlElement message) throws IOException, InterruptedException {
        waiting = message;
        notifyAll();
        while (waiting != null) {
            if (over) {
                throw new IOException("the stream ended before the message was stored");
            }
            wait();
        }
    }

    /** The message that waits, if one comes in time. */
    synchronized @Nullable XmlElement await(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (waiting == null && !over && !woken) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        woken = false;
        return over ? null : waiting;
    }

    /** It is stored: the stream may go on. */
    synchronized void stored(XmlElement message) {
        if (Objects.equals(waiting, message)) {
            waiting = null;
            notifyAll();
        }
    }

    /** Ends one waiting for messages: something else has happened. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** The stream is over. */
    synchronized void close() {
        over = true;
        notifyAll();
    }
}
