// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Changing the configuration over the API: what stands in the files then, and what the gateway works with. */
final class ConfigApiTest {
    private static final String CANARY = "canary-4711-secret";
    private static final String CHANNELS = """
            # the shop's channels
            channels:
              sms: # do not rename
                kind: messente
                username: shop     # ours
                password: "written-out-password"
                from: "+15550100"
                insecure: true
            # the end
            """;

    @TempDir
    private Path home;

    private FiledGateway test;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void start() throws Exception {
        test = new FiledGateway(home, Map.of("channels", CHANNELS));
        log.start();
        ((Logger) LoggerFactory.getLogger("io.dragoman")).addAppender(log);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger("io.dragoman")).detachAppender(log);
        test.close();
    }

    @Test
    void aChannelIsChangedInItsPlaceAndInForceWhenItIsAnswered() throws Exception {
        JsonNode before = test.get("channels/sms");
        HttpResponse<String> answer = test.ask(
                "PUT",
                "config/channels/sms",
                "{\"kind\":\"messente\",\"settings\":{\"username\":\"shop\",\"from\":\"+15550199\",\"insecure\":true}}",
                "If-Match",
                before.at("/source/etag").asText());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(FiledGateway.json(answer).path("reloaded").asBoolean()).isTrue();
        assertThat(FiledGateway.json(answer).path("line").asInt()).isEqualTo(3);
        assertThat(test.read("channels")).isEqualTo(CHANNELS.replace("+15550100", "+15550199"));
        assertThat(Files.readString(home.resolve("config/channels.yaml.bak"))).isEqualTo(CHANNELS);
        assertThat(test.get("channels/sms").at("/settings/from/text").asText()).isEqualTo("+15550199");
        assertThat(answer.headers().firstValue("ETag").orElseThrow().replace("\"", ""))
                .isEqualTo(test.get("channels/sms").at("/source/etag").asText());
    }

    @Test
    void anotherChannelIsAddedWithASecretThatIsKeptApart() throws Exception {
        JsonNode kept = FiledGateway.json(test.ask("PUT", "secrets/sms-2", "{\"value\":\"" + CANARY + "\"}"));
        assertThat(kept.path("reference").asText()).isEqualTo("${file:secrets/sms-2}");
        Path file = home.resolve("secrets/sms-2");
        assertThat(Files.readString(file)).isEqualTo(CANARY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String settings =
                "{\"username\":\"u\",\"password\":\"${file:secrets/sms-2}\",\"from\":\"+15550111\",\"insecure\":\"true\"}";
        HttpResponse<String> dry = test.ask(
                "PUT", "config/channels/second?dryRun=true", "{\"kind\":\"messente\",\"settings\":" + settings + "}");
        assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
        assertThat(test.read("channels")).isEqualTo(CHANNELS);
        assertThat(test.get("channels")).hasSize(1);
        HttpResponse<String> added =
                test.ask("PUT", "config/channels/second", "{\"kind\":\"messente\",\"settings\":" + settings + "}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(test.get("channels/second").path("callbackUrl").asText())
                .isEqualTo("https://chat.example.com/channels/second");
        assertThat(test.get("channels/second").path("state").asText()).isEqualTo("waiting");
        assertThat(test.read("channels"))
                .startsWith(CHANNELS.replace("# the end\n", ""))
                .endsWith("# the end\n");

        HttpResponse<String> gone = test.ask("DELETE", "config/channels/second", null);
        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(test.read("channels")).isEqualTo(CHANNELS);
        assertThat(test.get("channels")).hasSize(1);
        assertThat(test.ask("DELETE", "config/channels/second", null).statusCode())
                .isEqualTo(404);
        assertThat(auditLines())
                .containsExactly(
                        "channel.removed second refused",
                        "channel.removed second begun",
                        "channel.removed second done",
                        "channel.removed second begun",
                        "channel.configured second done",
                        "channel.configured second begun",
                        "secret.written sms-2 done",
                        "secret.written sms-2 begun");
        String seen = test.get("audit")
                + kept.toString()
                + dry.body()
                + added.body()
                + gone.body()
                + test.get("channels")
                + test.get("config")
                + log.list;
        assertThat(seen).doesNotContain(CANARY, "written-out-password");
        assertThat(everything(home.resolve("config"))).doesNotContain(CANARY);
    }

    @Test
    void aSecretThatTheConfigurationDoesNotWorkWithLeavesTheOneBefore() throws Exception {
        test.ask("PUT", "secrets/token", "{\"value\":\"123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11\"}");
        String settings = "{\"token\":\"${file:secrets/token}\",\"secretToken\":\"a-secret-of-the-test\","
                + "\"baseUrl\":\"http://127.0.0.1:9\"}";
        settings = settings.replace("\"a-secret-of-the-test\"", "\"${file:secrets/token-2}\"");
        test.ask("PUT", "secrets/token-2", "{\"value\":\"a-secret-of-the-test\"}");
        HttpResponse<String> added =
                test.ask("PUT", "config/channels/tg", "{\"kind\":\"telegram\",\"settings\":" + settings + "}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        HttpResponse<String> mistyped =
                test.ask("PUT", "secrets/token-2", "{\"value\":\"not allowed: " + CANARY + "\"}");
        assertThat(mistyped.statusCode()).as(mistyped.body()).isEqualTo(422);
        assertThat(mistyped.body()).contains("the one before stays").doesNotContain(CANARY);
        assertThat(Files.readString(home.resolve("secrets/token-2"))).isEqualTo("a-secret-of-the-test");
        assertThat(test.get("channels/tg").path("state").asText()).isNotEqualTo("off");
    }

    private List<String> auditLines() throws Exception {
        List<String> lines = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (lines.size() < 8 && System.nanoTime() < deadline) { // a line is not waited for
            lines.clear();
            test.get("audit")
                    .path("entries")
                    .forEach(entry -> lines.add(entry.path("action").asText() + " "
                            + entry.path("target").asText() + " "
                            + entry.path("detail").asText()));
        }
        return lines;
    }

    @Test
    void aSecretThatChangesIsInForceAtOnce() throws Exception {
        test.ask("PUT", "secrets/a", "{\"value\":\"one\"}");
        HttpResponse<String> put = test.ask(
                "PUT",
                "config/channels/sms",
                "{\"kind\":\"messente\",\"settings\":{\"username\":\"shop\",\"password\":\"${file:secrets/a}\","
                        + "\"from\":\"+15550100\",\"insecure\":true}}");
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        Object before = test.gateway.camelContext().getRoutes();
        JsonNode again = FiledGateway.json(test.ask("PUT", "secrets/a", "{\"value\":\"two\"}"));
        assertThat(again.path("reloaded").asBoolean()).isTrue();
        assertThat(before).isNotNull();
        assertThat(log.list.toString()).contains("config: reloaded").doesNotContain("two\"");
    }

    @Test
    void whatWouldNotWorkIsRefusedWithItsPlaces() throws Exception {
        HttpResponse<String> answer = test.ask(
                "PUT",
                "config/channels/sms",
                "{\"kind\":\"messente\",\"settings\":{\"username\":\"shop\",\"frm\":\"x\"}}");
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode problems = FiledGateway.json(answer).path("problems");
        assertThat(problems.findValuesAsText("file")).containsOnly("config/channels.yaml");
        assertThat(problems.toString()).contains("is not a known key", "frm");
        assertThat(test.read("channels")).isEqualTo(CHANNELS);
        assertThat(Files.exists(home.resolve("config/channels.yaml.bak"))).isFalse();

        HttpResponse<String> plain = test.ask(
                "PUT",
                "config/channels/sms",
                "{\"kind\":\"messente\",\"settings\":{\"username\":\"shop\",\"password\":\"" + CANARY + "\"}}");
        assertThat(plain.statusCode()).isEqualTo(422);
        assertThat(plain.body()).contains("is a secret and must be a reference").doesNotContain(CANARY);
        assertThat(test.ask("PUT", "config/channels/Bad_Id", "{\"kind\":\"messente\",\"settings\":{}}")
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        for (String body : List.of(
                "{}",
                "[]",
                "{\"kind\":\"messente\"}",
                "{\"kind\":1,\"settings\":{}}",
                "{\"kind\":\"messente\",\"settings\":{\"a\":[]}}")) {
            assertThat(test.ask("PUT", "config/channels/sms", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void aFileThatDoesNotParseIsLeftAlone() throws Exception {
        test.write("channels", "channels: [\n");
        HttpResponse<String> answer =
                test.ask("PUT", "config/channels/sms", "{\"kind\":\"messente\",\"settings\":{\"username\":\"u\"}}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("config/channels.yaml is not YAML that can be changed");
        assertThat(test.read("channels")).isEqualTo("channels: [\n");
        test.write("channels", CHANNELS);
        test.write("desks", "desks: {d: {kind: nothing}}\n");
        HttpResponse<String> other = test.ask(
                "PUT",
                "config/channels/sms",
                "{\"kind\":\"messente\",\"settings\":{\"username\":\"shop\",\"from\":\"+1\",\"insecure\":true}}");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("config/desks.yaml");
    }

    @Test
    void ofTwoEditorsTheSecondIsTold() throws Exception {
        String etag = test.get("channels/sms").at("/source/etag").asText();
        test.write("channels", CHANNELS.replace("# the end", "# by hand"));
        HttpResponse<String> late = put("+15550102", "\"" + etag + "\"");
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(test.read("channels")).contains("# by hand").contains("+15550100");

        String now = test.get("channels/sms").at("/source/etag").asText();
        ExecutorService together = Executors.newFixedThreadPool(4);
        try {
            List<Future<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String sender = "+1555020" + i;
                all.add(together.submit(() -> put(sender, now)));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpResponse<String>> one : all) {
                statuses.add(one.get().statusCode());
            }
            assertThat(statuses).containsOnlyOnce(200).contains(412);
        } finally {
            together.shutdownNow();
        }
    }

    private HttpResponse<String> put(String sender, String etag) throws IOException {
        return test.ask(
                "PUT",
                "config/channels/sms",
                "{\"kind\":\"messente\",\"settings\":{\"username\":\"shop\",\"from\":\"" + sender
                        + "\",\"insecure\":true}}",
                "If-Match",
                etag);
    }

    @Test
    void theFirstDeskGetsAFileOfItsOwn() throws Exception {
        HttpResponse<String> answer = test.ask("PUT", "config/desks/own", "{\"kind\":\"local\",\"settings\":{}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(test.read("desks")).isEqualTo("desks:\n  own:\n    kind: local\n");
        assertThat(test.get("desks").findValuesAsText("id")).containsExactly("own");
        JsonNode files = test.get("config");
        assertThat(files.path("readOnly").asBoolean(true)).isFalse();
        assertThat(files.path("files")).hasSize(10);
    }

    @Test
    void rulesAreCheckedKeptAndInForce() throws Exception {
        String rules = "# ours\nrules:\n  - name: All\n    team: first\n";
        assertThat(test.ask("PUT", "rules?dryRun=true", yaml("rules:\n  - nme: x\n"))
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> put = test.ask("PUT", "rules", yaml(rules));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(test.read("rules")).isEqualTo(rules);
    }

    private static String yaml(String text) {
        return Json.write(Map.of("yaml", text));
    }

    @Test
    void inReadOnlyModeNothingIsChanged(@TempDir Path other) throws Exception {
        try (FiledGateway kept = new FiledGateway(
                other, Map.of("channels", CHANNELS, "gateway", "admin: {port: 0, readOnlyConfig: true}\n"))) {
            assertThat(kept.get("config").path("readOnly").asBoolean()).isTrue();
            for (HttpResponse<String> answer : List.of(
                    kept.ask("PUT", "config/desks/own", "{\"kind\":\"local\",\"settings\":{}}"),
                    kept.ask("DELETE", "config/channels/sms", null),
                    kept.ask("PUT", "secrets/a", "{\"value\":\"b\"}"))) {
                assertThat(answer.statusCode()).isEqualTo(409);
                assertThat(answer.body()).contains("admin.readOnlyConfig");
            }
            assertThat(kept.read("channels")).isEqualTo(CHANNELS);
            assertThat(Files.exists(other.resolve("secrets"))).isFalse();
        }
    }

    @Test
    void whatStandsBesideAReferenceIsNotWritten() throws Exception {
        HttpResponse<String> answer = test.ask(
                "PUT",
                "config/channels/sms",
                "{\"kind\":\"messente\",\"settings\":{\"username\":\"shop\",\"from\":\"+15550199\",\"insecure\":true,"
                        + "\"password\":\"" + CANARY + "${file:secrets/x}\"}}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("beside its reference").doesNotContain(CANARY);
        assertThat(test.read("channels")).isEqualTo(CHANNELS);
    }

    @Test
    void aSecretGoesOnlyWhereNothingRefersToIt() throws Exception {
        test.ask("PUT", "secrets/sms-3", "{\"value\":\"" + CANARY + "\"}");
        String settings =
                "{\"kind\":\"messente\",\"settings\":{\"username\":\"u\",\"from\":\"+15550111\",\"insecure\":true,"
                        + "\"password\":\"${file:secrets/sms-3}\"}}";
        assertThat(test.ask("PUT", "config/channels/sms", settings).statusCode())
                .isEqualTo(200);
        HttpResponse<String> used = test.ask("DELETE", "secrets/sms-3", null);
        assertThat(used.statusCode()).isEqualTo(409);
        assertThat(used.body()).contains("config/channels.yaml refers to it");
        test.ask("DELETE", "config/channels/sms", null);
        assertThat(test.ask("DELETE", "secrets/sms-3", null).statusCode()).isEqualTo(204);
        assertThat(home.resolve("secrets/sms-3")).doesNotExist();
        assertThat(test.ask("DELETE", "secrets/sms-3", null).statusCode()).isEqualTo(404);
    }

    @Test
    void namesOfSecretsLeadNowhereElse() throws Exception {
        for (String name : List.of("..", "%2e%2e%2fx", "a.b", "-a", "%61%2f")) {
            assertThat(test.ask("PUT", "secrets/" + name, "{\"value\":\"" + CANARY + "\"}")
                            .statusCode())
                    .as(name)
                    .isGreaterThanOrEqualTo(400);
        }
        assertThat(Files.exists(home.resolve("secrets"))).isFalse();
    }

    private static String everything(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
