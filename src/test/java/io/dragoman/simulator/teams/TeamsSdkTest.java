// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.NodeScript;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Microsoft's own library must believe the simulated Bot Connector's tokens, as our channel does, and no others. */
final class TeamsSdkTest {
    @Test
    void botFrameworkShouldBelieveTheTokens() throws Exception {
        ObjectMapper json = new ObjectMapper();
        try (TeamsSimulator teams = new TeamsSimulator(0)) {
            String service = teams.baseUrl() + "/teams/";
            String token = teams.proof(json.createObjectNode().put("serviceUrl", service))
                    .get("Authorization");
            assertThat(NodeScript.run(
                            "simulator/teams/token.js",
                            "botframework-connector",
                            "4.23.3",
                            Map.of(
                                    "KEYS",
                                    teams.settings().get("openIdUrl"),
                                    "APP",
                                    teams.settings().get("appId"),
                                    "SERVICE",
                                    service,
                                    "TOKEN",
                                    token)))
                    .isEqualTo(
                            json.readTree(
                                    "{\"right\": true, \"ofAnotherService\": false, \"ofAnotherApp\": false, \"changed\": false}"));
        }
    }
}
