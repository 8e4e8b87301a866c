// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Brings webhooks as providers do on a bad day: more than once, or a later one first. Thread-safe. */
final class WebhookFaults implements HttpSimulator.Courier {
    private final HttpSimulator.Courier carrier;
    private int copies = 1;
    private boolean swaps;
    private @Nullable HttpRequest held;

    WebhookFaults(HttpSimulator.Courier carrier) {
        this.carrier = carrier;
    }

    /** From now on each goes out so many times. */
    synchronized void copies(int times) {
        copies = times;
    }

    /** The next one goes out behind the one after it. */
    synchronized void swapNext() {
        swaps = true;
    }

    /** Whether one waits for the one after it. */
    synchronized boolean isHolding() {
        return held != null;
    }

    @Override
    public int carry(HttpRequest webhook) {
        HttpRequest late;
        int times;
        synchronized (this) {
            if (swaps) {
                swaps = false;
                held = webhook;
                return 0;
            }
            late = held;
            held = null;
            times = copies;
        }
        int status = carry(webhook, times);
        if (late != null) {
            carry(late, times);
        }
        return status;
    }

    private int carry(HttpRequest webhook, int times) {
        int status = carrier.carry(webhook);
        for (int copy = 1; copy < times; copy++) {
            carrier.carry(webhook);
        }
        return status;
    }
}
