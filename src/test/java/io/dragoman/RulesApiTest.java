// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules over the API: what they are, how often they matched, and what others would do. */
final class RulesApiTest {
    private static final String RULES = """
            rules:
              - name: Refunds
                when: {text: refund}
                team: billing
              - name: Shop
                when: {channel: [sms, other]}
                team: shop
                stop: true
              - name: Never
                when: {channel: sms, text: parcel}
                tags: [parcel]
              - name: Elsewhere
                when: {text: parcel}
                tags: [elsewhere]
            """;
    private static final String OTHERS = "rules:\n  - name: Refunds\n    when: {text: refund}\n    team: money\n";

    private static final String CHANNEL =
            "{kind: messente, username: u, password: p-w-d-1, from: \"+15550100\", insecure: true}";

    private FiledGateway test;

    @BeforeEach
    void start(@TempDir Path home) throws Exception {
        test = new FiledGateway(
                home,
                Map.of("rules", RULES, "channels", "channels:\n  sms: " + CHANNEL + "\n  other: " + CHANNEL + "\n"));
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private void writes(String text) {
        String json = Json.write(Map.of("sender", "+15550123", "msg_id", text, "text", text));
        HttpResponse<String> answer = TestGateway.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + test.gateway.publicPort() + "/channels/sms"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void whatRulesTakeFromElsewhereIsShownToNobody() throws Exception {
        test.ask("PUT", "secrets/hidden", "{\"value\":\"canary-4712\"}");
        String yaml = "rules:\n  - name: Tagged\n    tags: [\"${file:secrets/hidden}\"]\n";
        String asked = Json.write(Map.of("yaml", yaml, "message", Map.of("channel", "sms", "text", "hello")));
        HttpResponse<String> tried = test.ask("POST", "rules/try", asked);
        assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
        assertThat(tried.body()).contains("${file:secrets/hidden}").doesNotContain("canary");
        assertThat(test.ask("PUT", "rules", Json.write(Map.of("yaml", yaml))).statusCode())
                .isEqualTo(200);
        assertThat(test.get("rules").toString())
                .contains("${file:secrets/hidden}")
                .doesNotContain("canary");
        writes("hello");
        TestGateway.await("the tag that counts", () -> conversations().contains("canary-4712"));
    }

    @Test
    void saysHowOftenEachMatchedAndWhatIsHidden() throws Exception {
        JsonNode before = test.get("rules");
        assertThat(before.path("yaml").asText()).isEqualTo(RULES);
        assertThat(before.path("rules").findValuesAsText("name"))
                .containsExactly("Refunds", "Shop", "Never", "Elsewhere");
        assertThat(before.at("/rules/2/hiddenBy").asText()).isEqualTo("Shop");
        assertThat(before.path("rules").findValues("hiddenBy")).hasSize(1);
        assertThat(before.at("/rules/0/line").asInt()).isEqualTo(2);
        assertThat(before.at("/rules/0/then/0").asText()).isEqualTo("sets team to 'billing'");
        assertThat(before.at("/rules/0/when/0").asText()).contains("refund");

        writes("I want a refund");
        writes("another refund");
        writes("hello");
        TestGateway.await("three decisions", () -> messages() == 3);
        JsonNode rules = test.get("rules").path("rules");
        assertThat(rules.at("/0/matched/count").asInt()).isEqualTo(2);
        assertThat(rules.at("/1/matched/count").asInt()).isEqualTo(3);
        assertThat(rules.at("/2/matched/count").asInt()).isZero();
        assertThat(rules.at("/0/matched/lastAt").asText()).startsWith("20");
        assertThat(rules.get(2).path("matched").has("lastAt")).isFalse();

        JsonNode back = ask("rules/backtest", Map.of("yaml", OTHERS));
        assertThat(back.path("messages").asInt()).isEqualTo(3);
        assertThat(back.path("complete").asBoolean()).isTrue();
        assertThat(back.at("/differences/0/changes/0").asText()).isEqualTo("team billing -> money");
        assertThat(ask("rules/backtest", Map.of("yaml", OTHERS, "limit", 1))
                        .path("complete")
                        .asBoolean(true))
                .isFalse();
    }

    private String conversations() {
        try {
            return test.get("conversations").toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private int messages() {
        try {
            test.clock.move(java.time.Duration.ofSeconds(6)); // counted at most every few seconds
            return test.get("rules").path("messages").asInt();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean isThere(String path) {
        try {
            return test.ask("GET", path, null).statusCode() == 200;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void othersRunBesideThoseThatCount() throws Exception {
        assertThat(test.ask("GET", "rules/shadow", null).statusCode()).isEqualTo(404);
        HttpResponse<String> put = test.ask("PUT", "rules/shadow", Json.write(Map.of("yaml", OTHERS)));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        writes("a refund please");
        writes("nothing of that kind");
        TestGateway.await("both compared", () -> shadow().path("compared").asInt() == 2);
        JsonNode report = shadow();
        assertThat(report.path("different").asInt()).isEqualTo(2);
        assertThat(report.path("differences").findValuesAsText("channel")).containsOnly("sms");
        assertThat(report.path("differences").toString())
                .contains("team billing -> money", "team shop -> -")
                .doesNotContain("please");
        String message = "messages/" + report.at("/differences/0/message").asText();
        TestGateway.await("the message, which is decided before it is kept", () -> isThere(message));
        assertThat(test.ask("DELETE", "rules/shadow", null).statusCode()).isEqualTo(204);
        assertThat(test.ask("DELETE", "rules/shadow", null).statusCode()).isEqualTo(404);
        assertThat(test.ask("PUT", "rules/shadow", "{\"yaml\":\"rules: {\"}").statusCode())
                .isEqualTo(422);
    }

    private JsonNode shadow() {
        try {
            return test.get("rules/shadow");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aMessageIsTriedWithTheRulesAndWithOthers() throws Exception {
        Map<String, Object> message = Map.of("channel", "sms", "text", "a refund");
        JsonNode now = ask("rules/try", Map.of("message", message)).get(0);
        assertThat(now.at("/decision/rules/0/matched").asBoolean()).isTrue();
        assertThat(now.at("/decision/rules/0/checks/0/why").asText()).isNotEmpty();
        assertThat(now.at("/decision/actions/0/team").asText()).isEqualTo("billing");
        JsonNode other =
                ask("rules/try", Map.of("message", message, "yaml", OTHERS)).get(0);
        assertThat(other.at("/decision/actions/0/team").asText()).isEqualTo("money");
        assertThat(ask("rules/try", Map.of("message", Map.of("channel", "sms", "texts", new String[] {"a", "b"}))))
                .hasSize(2);
        assertThat(post("rules/try", Map.of("message", Map.of("channel", "none", "text", "a")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("rules/try", Map.of("message", Map.of("channel", "sms")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void rulesAreCheckedWithPlaces() throws Exception {
        assertThat(ask("rules/check", Map.of("yaml", OTHERS)).path("ok").asBoolean())
                .isTrue();
        JsonNode bad = ask("rules/check", Map.of("yaml", "rules:\n  - name: A\n    desk: nowhere\n"));
        assertThat(bad.path("ok").asBoolean(true)).isFalse();
        assertThat(bad.path("problems").toString()).contains("nowhere").contains("\"line\":3");
        for (String body : new String[] {"{}", "{\"yaml\":1}", "x"}) {
            assertThat(test.ask("POST", "rules/check", body).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void channelsAndDesksAreTested() throws Exception {
        JsonNode desk = FiledGateway.json(test.ask("POST", "desks/inbox/test", null));
        assertThat(desk.path("good").asBoolean()).as(desk.toString()).isTrue();
        assertThat(desk.path("checks")).isNotEmpty();
        JsonNode channel = FiledGateway.json(test.ask("POST", "channels/sms/test", "{}"));
        assertThat(channel.at("/checks/0/result").asText()).isEqualTo("not-checked");
        JsonNode refused =
                FiledGateway.json(test.ask("POST", "channels/sms/test", "{\"to\":\"nobody\",\"text\":\"Hello\"}"));
        assertThat(refused.path("good").asBoolean(true)).isFalse();
        assertThat(refused.at("/checks/0/result").asText()).isEqualTo("failed");
        assertThat(test.ask("POST", "channels/none/test", null).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> post(String path, Object body) throws Exception {
        return test.ask("POST", path, Json.write(body));
    }

    private JsonNode ask(String path, Object body) throws Exception {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FiledGateway.json(answer);
    }
}
