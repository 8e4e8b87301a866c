// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How channels and desks are, in plain words, over the API. */
final class AccountHealthTest {
    private static final String CHANNELS = """
            channels:
              # the shop's
              tg:
                kind: telegram
                token: "12345:plainly-written"
                secretToken: "${file:secrets/tg}"
                tokken: mistyped-secret
              resting: {kind: telegram, enabled: false, token: "1:x"}
            """;

    @Test
    void saysWhatCameLastAndWhatWasRefused(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            JsonNode before = test.admin("/api/v1/channels").get(0);
            assertThat(before.path("state").asText()).isEqualTo("waiting");
            assertThat(before.path("sentence").asText()).isEqualTo("nothing was posted yet");
            assertThat(before.path("callbackUrl").asText()).endsWith("/channels/shop");

            assertThat(test.postForged("m-0|ana|Hello")).isEqualTo(401);
            assertThat(test.post("m-1|ana|Hello")).isEqualTo(200);
            test.clock.move(Duration.ofSeconds(12));
            TestGateway.await("the figures", () -> test.admin("/api/v1/channels")
                    .get(0)
                    .path("sentence")
                    .asText()
                    .startsWith("last webhook 12 s ago"));
            JsonNode after = test.admin("/api/v1/channels").get(0);
            assertThat(after.path("state").asText()).isEqualTo("ok");
            assertThat(after.path("refusals")).hasSize(1);
            assertThat(after.at("/refusals/0/status").asInt()).isEqualTo(401);
            assertThat(after.at("/refusals/0/reason").asText()).isNotBlank().doesNotContain("00");
        }
    }

    @Test
    void remembersTheLastTwentyRefusals(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            for (int i = 0; i < 23; i++) {
                test.postForged("m-" + i + "|ana|Hello");
            }
            assertThat(test.admin("/api/v1/channels/shop").path("refusals")).hasSize(20);
        }
    }

    @Test
    void saysThatOneIsPaused(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            test.admin("POST", "/api/v1/pause", "{\"id\":\"desk\",\"reason\":\"moving house\"}");
            JsonNode desk = test.admin("/api/v1/desks/desk");
            assertThat(desk.path("state").asText()).isEqualTo("paused");
            assertThat(desk.path("sentence").asText()).contains("paused for 0 s: moving house");
        }
    }

    @Test
    void eachStepIsToldOnceWithItsOwnAddress(@TempDir Path home) throws Exception {
        Map<String, String> files = Map.of("channels", """
                channels:
                  sms: {kind: messente, username: u, password: p, from: "+15550100", webhookSecret: s}
                  voice: {kind: voice, accountSid: AC00000000000000000000000000000001, authToken: t}
                """, "desks", """
                desks:
                  zd: {kind: http, profile: zammad, baseUrl: "http://127.0.0.1:9", token: t, webhookToken: w, domain: d.example}
                """);
        try (FiledGateway test = new FiledGateway(home, files)) {
            JsonNode desk = test.get("desks/zd").path("setUp");
            assertThat(desk).hasSize(6);
            assertThat(desk.get(1).asText()).contains("/desks/zd ").doesNotContain("<publicUrl>");
            assertThat(test.get("channels/sms").path("setUp")).hasSize(1);
            assertThat(test.get("channels/voice").path("setUp")).hasSize(1);
        }
    }

    @Test
    void showsNoSecret(@TempDir Path home) throws Exception {
        try (FiledGateway test = new FiledGateway(
                home, Map.of("channels", "channels:\n  resting: {kind: telegram, enabled: false, token: \"1:x\"}\n"))) {
            test.write("channels", CHANNELS);
            HttpResponse<String> answer = test.ask("GET", "channels/tg", null);
            assertThat(answer.body()).doesNotContain("plainly", "mistyped");
            assertThat(answer.headers().firstValue("ETag").orElseThrow()).matches("\"[0-9a-f]{32}\"");
            JsonNode tg = FiledGateway.json(answer);
            assertThat(tg.at("/settings/token").toString())
                    .isEqualTo("{\"secret\":true,\"given\":\"plain\",\"known\":true}");
            assertThat(tg.at("/settings/secretToken/reference").asText()).isEqualTo("${file:secrets/tg}");
            assertThat(tg.at("/settings/tokken/known").asBoolean(true)).isFalse();
            assertThat(tg.path("state").asText()).isEqualTo("failing");
            assertThat(tg.at("/source/line").asInt()).isEqualTo(3);
            assertThat(test.get("channels").get(1).path("state").asText()).isEqualTo("off");
            assertThat(test.ask("GET", "channels/nobody", null).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void listsKindsAndProfilesWithTheirSettings(@TempDir Path home) throws Exception {
        try (FiledGateway test = new FiledGateway(home, Map.of("channels", "channels:\n"))) {
            JsonNode kinds = test.get("kinds?side=desk");
            assertThat(kinds.findValuesAsText("title")).contains("webhook", "local", "zammad");
            assertThat(kinds.findValuesAsText("side")).containsOnly("desk");
            JsonNode channels = test.get("kinds?side=channel");
            JsonNode telegram = channels.get(channels.findValuesAsText("kind").indexOf("telegram"));
            assertThat(telegram.path("settings").findValuesAsText("name"))
                    .contains("token", "enabled", "insecure")
                    .doesNotContain("kind");
            assertThat(test.ask("GET", "kinds?side=middle", null).statusCode()).isEqualTo(400);
        }
    }
}
