// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request to a simulated provider. */
public record SimulatorRequest(String method, URI uri, Headers headers, byte[] body) {
    /** The path, decoded. */
    public String path() {
        return uri.getPath();
    }

    /** The first value of a header, or the empty string. */
    public String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "SimulatorRequest[" + method + "]";
    }
}
