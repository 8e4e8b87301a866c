// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.agent;

import io.dragoman.app.audit.Actor;
import io.dragoman.connector.Request;
import java.time.Instant;
import java.util.Map;

/**
 * Where an agent's command came in, and whose it is; the store keeps the first with the bytes.
 *
 * @param api whether it was a request to the admin port, else a command on this machine
 */
public record CommandSource(boolean api, Actor actor) {
    /** A request to the admin port, which carried a token or came by a session. */
    public static CommandSource api(Actor actor) {
        return new CommandSource(true, actor);
    }

    /** A command on this machine. */
    public static CommandSource commandLine(Actor actor) {
        return new CommandSource(false, actor);
    }

    /**
     * The request to keep.
     *
     * @param path the address, or the command's name
     */
    Request request(String path, String key, byte[] body, Instant at) {
        return api
                ? new Request(Request.Origin.RECEIVED, "POST", path, "", Map.of("idempotency-key", key), body, at)
                : new Request(Request.Origin.ROUTE, "", path, "", Map.of(), body, at);
    }
}
