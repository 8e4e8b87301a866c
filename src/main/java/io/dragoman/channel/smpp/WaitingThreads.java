// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Who waits for an answer over a session: jsmpp lets them wait for their whole time though the session is gone. Thread-safe.
 */
final class WaitingThreads {
    private final Set<Thread> waiting = new HashSet<>();
    private boolean ended;

    /** Does something on this thread that {@link #end} may interrupt; no interruption outlives it. */
    <T> T during(Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            waiting.add(thread);
        }
        try {
            return work.call();
        } finally {
            synchronized (this) {
                waiting.remove(thread);
                if (ended) {
                    Thread.interrupted();
                }
            }
        }
    }

    /** The session is gone. */
    synchronized void end() {
        ended = true;
        waiting.forEach(Thread::interrupt);
    }
}
