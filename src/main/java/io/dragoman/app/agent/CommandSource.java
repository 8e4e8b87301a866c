// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.agent;

import io.dragoman.connector.Request;
import java.time.Instant;
import java.util.Map;

/** Where an agent's command came in; the store keeps it with the bytes. */
public enum CommandSource {
    /** A request to the admin port, which carried its token. */
    API {
        @Override
        Request request(String path, String key, byte[] body, Instant at) {
            return new Request(Request.Origin.RECEIVED, "POST", path, "", Map.of("idempotency-key", key), body, at);
        }
    },
    /** A command on this machine. */
    COMMAND_LINE {
        @Override
        Request request(String path, String key, byte[] body, Instant at) {
            return new Request(Request.Origin.ROUTE, "", path, "", Map.of(), body, at);
        }
    };

    /**
     * The request to keep.
     *
     * @param path the address, or the command's name
     */
    abstract Request request(String path, String key, byte[] body, Instant at);
}
