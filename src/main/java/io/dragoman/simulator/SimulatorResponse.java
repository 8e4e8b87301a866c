// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a simulated provider answers. */
public record SimulatorResponse(int status, String contentType, Map<String, String> headers, byte[] body) {
    /** In place of a status: no answer, the connection ends. */
    static final int END = 0;
    /** In place of a status: no answer, the connection stays, and whoever waits gives up some time. */
    static final int SILENCE = -1;

    /**
     * A JSON body.
     *
     * @param json whatever is JSON as text: a string of JSON or a tree
     */
    public static SimulatorResponse json(int status, Object json) {
        return json(status, Map.of(), json);
    }

    /** A JSON body with headers. */
    public static SimulatorResponse json(int status, Map<String, String> headers, Object json) {
        return new SimulatorResponse(
                status, "application/json", headers, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** No body. */
    public static SimulatorResponse empty(int status, Map<String, String> headers) {
        return new SimulatorResponse(status, "text/plain", headers, new byte[0]);
    }

    /** No answer at all: the connection ends. */
    public static SimulatorResponse none() {
        return new SimulatorResponse(END, "", Map.of(), new byte[0]);
    }

    @Override
    public String toString() {
        return "SimulatorResponse[" + status + "]";
    }
}
