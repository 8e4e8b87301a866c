// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of one request as it comes in: counted while it is held. Its end may come on any thread, and twice. */
final class RequestBody {
    private final AdmissionControl gate;
    private final int largest;
    private final List<Buffer> chunks = new ArrayList<>(1);
    private int length;
    private volatile boolean whole;
    private boolean released;

    RequestBody(AdmissionControl gate, int largest) {
        this.gate = gate;
        this.largest = largest;
    }

    /** Why a body of the length in its header is refused; null when it is not. */
    static @Nullable ProblemDetails announced(HttpServerRequest request, int largest) {
        String told = request.getHeader("Content-Length");
        if (told == null) {
            return null;
        }
        try {
            return Long.parseLong(told.strip()) > largest ? tooLarge() : null;
        } catch (NumberFormatException e) {
            return tooLarge();
        }
    }

    /** Adds the next piece; why not, or null. */
    @Nullable
    ProblemDetails add(Buffer chunk) {
        if (length + (long) chunk.length() > largest) {
            return tooLarge();
        }
        ProblemDetails full = gate.hold(chunk.length());
        if (full == null) {
            chunks.add(chunk);
            length += chunk.length();
        }
        return full;
    }

    /** The whole body; its pieces are let go. */
    byte[] whole() {
        whole = true;
        byte[] body = chunks.size() == 1 ? chunks.get(0).getBytes() : new byte[length];
        int at = 0;
        for (Buffer chunk : chunks.size() == 1 ? List.<Buffer>of() : chunks) {
            chunk.getBytes(body, at);
            at += chunk.length();
        }
        chunks.clear();
        return body;
    }

    /** Whether it was all there. */
    boolean isWhole() {
        return whole;
    }

    /** It is held no more; false when that was known. */
    synchronized boolean release() {
        if (released) {
            return false;
        }
        released = true;
        gate.release(length);
        return true;
    }

    private static ProblemDetails tooLarge() {
        return ProblemDetails.of(413, "The body is too large.");
    }
}
