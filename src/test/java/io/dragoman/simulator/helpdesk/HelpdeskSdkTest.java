// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.NodeScript;
import io.dragoman.contract.FakeProvider;
import io.dragoman.simulator.hubspot.HubSpotSimulator;
import io.dragoman.simulator.intercom.IntercomSimulator;
import io.dragoman.simulator.jirasm.JiraSmSimulator;
import io.dragoman.simulator.salesforce.SalesforceSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The providers' own clients, or the best known, must find what they expect; skipped loudly where npm has them not. */
final class HelpdeskSdkTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void intercomsClientShouldSpeakToTheSimulator() throws Exception {
        try (IntercomSimulator intercom = new IntercomSimulator(0, Clock.systemUTC())) {
            JsonNode told = node("intercom-client", "7.0.3", "intercom.js", intercom, "accessToken", Map.of());
            assertThat(told).isEqualTo(JSON.readTree("""
                    {"same": true, "first": "<p>Hello</p>", "second": "<p>Still there?</p>", "author": "user",
                     "refused": 404}"""));
        }
    }

    @Test
    void jsforceShouldSpeakToTheSimulator() throws Exception {
        try (SalesforceSimulator salesforce = new SalesforceSimulator(0, Clock.systemUTC())) {
            String token = JSON.readTree(salesforce.grants().values().iterator().next())
                    .path("access_token")
                    .asText();
            JsonNode told = node("jsforce", "3.6.3", "salesforce.js", salesforce, "", Map.of("TOKEN", token));
            assertThat(told).isEqualTo(JSON.readTree("""
                    {"created": true, "again": false, "comment": "A note", "conversation": "v-1",
                     "refused": "INVALID_FIELD"}"""));
        }
    }

    @Test
    void hubSpotsClientShouldSpeakToTheSimulatorAndBelieveItsWebhooks() throws Exception {
        try (HubSpotSimulator hubSpot = new HubSpotSimulator(0, Clock.systemUTC());
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            URI callback = gateway.baseUrl().resolve("/desks/helpdesk");
            byte[] body = "[{\"eventId\":1}]".getBytes(StandardCharsets.UTF_8);
            hubSpot.reportTo(callback);
            Map<String, String> signed = hubSpot.signed(body);
            JsonNode told = node(
                    "@hubspot/api-client",
                    "14.0.1",
                    "hubspot.js",
                    hubSpot,
                    "accessToken",
                    Map.of(
                            "SIGNATURE", signed.get("X-HubSpot-Signature-v3"),
                            "TIMESTAMP", signed.get("X-HubSpot-Request-Timestamp"),
                            "URL", callback.toString(),
                            "BODY", new String(body, StandardCharsets.UTF_8),
                            "SECRET", hubSpot.settings().get("clientSecret")));
            assertThat(told).isEqualTo(JSON.readTree("{\"name\": \"Ana\", \"refused\": 409, \"signed\": true}"));
        }
    }

    @Test
    void jirasClientShouldSpeakToTheSimulator() throws Exception {
        try (JiraSmSimulator jira = new JiraSmSimulator(0, Clock.systemUTC())) {
            JsonNode told = node(
                    "jira.js",
                    "5.2.2",
                    "jira.js",
                    jira,
                    "apiToken",
                    Map.of("EMAIL", jira.settings().get("email")));
            assertThat(told)
                    .isEqualTo(JSON.readTree(
                            "{\"reporter\": \"Ana\", \"public\": false, \"comments\": [\"For agents\"]}"));
        }
    }

    /** Runs a script with a client, and reads the line that it prints. */
    private static JsonNode node(
            String client,
            String version,
            String script,
            HelpdeskSimulator simulator,
            String token,
            Map<String, String> more)
            throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("BASE", simulator.baseUrl().toString());
        environment.putIfAbsent("TOKEN", simulator.settings().getOrDefault(token, ""));
        return NodeScript.run("simulator/helpdesk/" + script, client, version, environment);
    }
}
