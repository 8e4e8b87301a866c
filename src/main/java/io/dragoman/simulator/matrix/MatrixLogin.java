// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How the shop gets its access token by its password. */
final class MatrixLogin {
    private static final String PASSWORD = "simulated-password";

    private MatrixLogin() {}

    static ObjectNode answer(JsonNode body, String token) throws MatrixError {
        String user = body.at("/identifier/user").asText();
        if (!(user.equals("shop") || user.equals(MatrixSimulator.SHOP))
                || !body.path("password").asText().equals(PASSWORD)) {
            throw new MatrixError(403, "M_FORBIDDEN", "Invalid username or password");
        }
        return new ObjectMapper()
                .createObjectNode()
                .put("user_id", MatrixSimulator.SHOP)
                .put("access_token", token)
                .put("device_id", "SIMULATED");
    }
}
