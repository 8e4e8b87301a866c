// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.NodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** SignalWire's own library must believe the recorded webhook that the shipped profile believes. */
final class SignalWireSdkTest {
    private static final Path CASES = Path.of("src/test/resources/profiles/signalwire");
    /** Where the cases of profiles arrive. */
    private static final String URL = "https://chat.example.com/channels/acme";

    @Test
    void libraryShouldBelieveTheRecordedWebhook() throws Exception {
        JsonNode webhook = read("message.yaml").path("receive");
        assertThat(NodeScript.run(
                        "channel/http/signalwire.js",
                        "@signalwire/web-api",
                        "3.1.7",
                        Map.of(
                                "KEY", read("settings.yaml").path("signingKey").asText(),
                                "SIGNATURE",
                                        webhook.at("/headers/X-SignalWire-Signature")
                                                .asText(),
                                "URL", URL,
                                "BODY", webhook.path("body").asText())))
                .isEqualTo(new ObjectMapper().readTree("{\"right\": true, \"elsewhere\": false, \"changed\": false}"));
    }

    private static JsonNode read(String file) throws Exception {
        return new ObjectMapper()
                .valueToTree(
                        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(CASES.resolve(file))));
    }
}
