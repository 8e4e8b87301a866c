// SPDX-License-Identifier: Apache-2.0
package io.dragoman.trace;

import io.dragoman.model.Hashes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.nio.charset.StandardCharsets;

/**
 * The ids of traces and spans, made of our own ids: whoever works on an event, in whichever process and after however
 * many restarts, finds the same trace and the same parent, and nothing is stored for it.
 */
final class TraceIds {
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private TraceIds() {}

    /** The trace of an event. */
    static String trace(String event) {
        return hash("trace", event).substring(0, TRACE_DIGITS);
    }

    /** Whether a trace is among the share that is sent; every process says the same of it. */
    static boolean sampled(String trace, double share) {
        long number = Long.parseUnsignedLong(trace.substring(SPAN_DIGITS), 16) >>> 1;
        return share >= 1 || number < (long) (share * Long.MAX_VALUE);
    }

    static SpanContext accept(String trace, String event) {
        return span(trace, "accept", event);
    }

    /** That which ended with a commit; there is one. */
    static SpanContext journey(String trace, String event) {
        return span(trace, "journey", event);
    }

    /** One that was in vain. */
    static SpanContext journey(String trace, String event, int attempt) {
        return span(trace, "journey", event + "/" + attempt);
    }

    static SpanContext delivery(String trace, String delivery, int attempt) {
        return span(trace, "delivery", delivery + "/" + attempt);
    }

    private static SpanContext span(String trace, String stage, String id) {
        String span = hash(stage, id).substring(0, SPAN_DIGITS);
        return SpanContext.create(trace, span, TraceFlags.getSampled(), TraceState.getDefault());
    }

    private static String hash(String what, String id) {
        return Hashes.sha256Hex(("dragoman " + what + " " + id).getBytes(StandardCharsets.UTF_8));
    }
}
