// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;

/** What Zammad refuses, as its handler of errors words it. */
final class ZammadRefusal extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    ZammadRefusal(int status, String why) {
        super(why);
        this.status = status;
    }

    SimulatorResponse response() {
        String why = String.valueOf(getMessage());
        Map<String, String> headers = status == 401 || status == 403 ? Map.of("X-Failure", why) : Map.of();
        return SimulatorResponse.json(
                status,
                headers,
                JsonNodeFactory.instance.objectNode().put("error", why).put("error_human", why));
    }
}
