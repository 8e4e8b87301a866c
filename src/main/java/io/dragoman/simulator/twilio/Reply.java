// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the simulated API answers. */
record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
    static Reply json(int status, Object json) {
        return new Reply(status, "application/json", Map.of(), json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Reply empty(int status, Map<String, String> headers) {
        return new Reply(status, "text/plain", headers, new byte[0]);
    }

    @Override
    public String toString() {
        return "Reply[" + status + "]";
    }
}
