// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.FiledGateway;
import io.dragoman.model.Hashes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A viewer sees how all is, and nothing of what the configuration holds or takes from elsewhere. */
final class ViewerTest {
    private static final String TOKEN = "token-of-vera";
    private static final String HIDDEN = "canary-4713";

    @Test
    void settingsAndWhatTheyTakeFromElsewhereAreForOperatorsAlone(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("key"), HIDDEN);
        Map<String, String> files = Map.of(
                "gateway",
                "admin: {port: 0, tokens: {vera: {role: viewer, hash: \"sha256:" + Hashes.sha256Hex(TOKEN) + "\"}}}\n",
                "channels",
                "channels:\n  sms: {kind: messente, username: u, password: p-w-d-1, from: \"+15550100\", insecure: true,"
                        + " baseUrl: \"http://127.0.0.1:9/${file:key}\"}\n",
                "rules",
                "rules:\n  - name: Tagged\n    tags: [\"${file:key}\"]\n");
        try (FiledGateway test = new FiledGateway(home, files)) {
            for (String path : List.of("channels", "channels/sms", "desks", "rules")) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(
                                                "http://127.0.0.1:" + test.gateway.adminPort() + "/api/v1/" + path))
                                        .header("Authorization", "Bearer " + TOKEN)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(answer.body()).as(path).doesNotContain(HIDDEN, ":9/${file:key}", "\"settings\"", "\"yaml\"");
            }
            assertThat(test.get("channels/sms").path("settings").has("baseUrl")).isTrue();
            assertThat(test.get("rules").path("yaml").asText()).contains("Tagged");
        }
    }
}
