// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import java.util.Map;

/** A refusal in the homeserver's words. */
final class MatrixError extends Exception {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final String code;

    MatrixError(int status, String code, String error) {
        super(error);
        this.status = status;
        this.code = code;
    }

    SimulatorResponse answer() {
        ObjectNode json = JSON.createObjectNode().put("errcode", code).put("error", getMessage());
        if (code.equals("M_UNKNOWN_TOKEN")) {
            json.put("soft_logout", true);
        }
        if (status != 429) {
            return SimulatorResponse.json(status, json);
        }
        return SimulatorResponse.json(status, Map.of("Retry-After", "1"), json.put("retry_after_ms", 1000));
    }

    /** Who asks has no token, or not the one that is valid. */
    static MatrixError token(boolean none) {
        return new MatrixError(
                401, none ? "M_MISSING_TOKEN" : "M_UNKNOWN_TOKEN", none ? "Missing access token" : "Unknown token");
    }
}
