// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What programs of an account keep at the server, by type. Thread-safe. */
final class MatrixAccountData {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonNode> data = new ConcurrentHashMap<>();

    SimulatorResponse answer(SimulatorRequest request, String type) throws IOException, MatrixError {
        if (request.method().equals("PUT")) {
            data.put(type, json.readTree(request.body()));
            return SimulatorResponse.json(200, json.createObjectNode());
        }
        JsonNode found = data.get(type);
        if (found == null) {
            throw new MatrixError(404, "M_NOT_FOUND", "Account data not found");
        }
        return SimulatorResponse.json(200, found);
    }
}
