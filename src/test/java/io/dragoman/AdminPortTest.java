// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.admin.AdminPort;
import io.dragoman.connector.Request;
import io.dragoman.model.Json;
import io.dragoman.model.Purpose;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.store.Consents;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port of a running gateway, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdminPortTest {
    private static final String API = "/api/v1/";

    private TestGateway test;
    private String conversation;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        test = new TestGateway(data);
        assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello there\"}]"))
                .isEqualTo(200);
        TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
        conversation =
                test.admin(API + "conversations").at("/conversations/0/id").asText();
    }

    @AfterAll
    void stop() {
        test.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/v1/conversations", "/api/v1/openapi.json", "/nowhere", "/"})
    void everythingWantsTheToken(String path) {
        HttpRequest.Builder bare = HttpRequest.newBuilder(uri(path));
        HttpResponse<String> none = TestGateway.send(bare.build());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertProblem(none);
        for (String wrong : List.of("Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", TestGateway.TOKEN.value())) {
            assertThat(TestGateway.send(
                                    bare.copy().header("Authorization", wrong).build())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void healthWithoutTheTokenIsOneWord() {
        HttpResponse<String> live =
                TestGateway.send(HttpRequest.newBuilder(uri("/health/live")).build());
        HttpResponse<String> ready =
                TestGateway.send(HttpRequest.newBuilder(uri("/health/ready")).build());
        assertThat(live.body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\"}");
        JsonNode details = test.admin("/health/ready");
        assertThat(details.at("/storeUsable").asBoolean()).isTrue();
        assertThat(details.at("/stoppedRoutes")).isEmpty();
        assertThat(details.at("/channels/1/id").asText()).isEqualTo("shop");
        assertThat(details.at("/channels/1/receiving/accepted").asLong()).isPositive();
        assertThat(details.at("/channels/1/receiving/lastAccepted").asText()).endsWith("Z");
    }

    @Test
    void metricsShowTheStore() {
        HttpResponse<String> metrics = test.admin("GET", "/metrics", null);
        assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(metrics.body())
                .contains(
                        "dragoman_events{source=\"shop\",state=\"done\"}",
                        "dragoman_deliveries{",
                        "jvm_memory_used_bytes")
                .contains(
                        "dragoman_ledger_difference{channel=\"shop\"} 0",
                        "dragoman_store_queue",
                        "dragoman_target_stopped{target=\"shop\",why=\"circuit-open\"} 0",
                        "dragoman_lane_oldest_seconds{kind=\"inbox\"}")
                .doesNotContain("hello there", TestGateway.TOKEN.value());
    }

    @Test
    void whatIsIgnoredIsCounted() {
        assertThat(test.post("[]")).isEqualTo(200);
        assertThat(test.post("[]")).isEqualTo(200);
        JsonNode report = test.admin(API + "ignored?channel=shop&since=2026-01-01T00:00:00Z");
        assertThat(report.at("/ignored")).hasSize(1);
        assertThat(report.at("/ignored/0/kind").asText()).isEqualTo("test-channel.nothing");
        assertThat(report.at("/ignored/0/events").asInt()).isEqualTo(1);
        String example = report.at("/ignored/0/example").asText();
        assertThat(test.admin(API + "messages/" + example + "/explain")
                        .at("/event/reason")
                        .asText())
                .isEqualTo("test-channel.nothing: it contains no event for this gateway");
        assertThat(test.admin("GET", "/metrics", null).body())
                .contains("dragoman_ignored_total{channel=\"shop\",kind=\"test-channel.nothing\"} 1.0");
        assertThat(test.admin(API + "ignored?channel=nobody").at("/events").asInt())
                .isZero();
        assertThat(test.admin(API + "ignored?since=2999-01-01T00:00:00Z")
                        .at("/events")
                        .asInt())
                .isZero();
    }

    @Test
    void conversationsAndMessagesAreRead() {
        JsonNode shown = test.admin(API + "conversations/" + conversation);
        assertThat(shown.at("/conversation/channel").asText()).isEqualTo("shop");
        assertThat(shown.at("/contact/identities/0/value").asText()).isEqualTo("ana");
        JsonNode messages = test.admin(API + "conversations/" + conversation + "/messages?limit=1");
        assertThat(messages.at("/messages/0/parts/0/text").asText()).isEqualTo("hello there");
        String id = messages.at("/messages/0/id").asText();
        assertThat(test.admin(API + "messages/" + id).at("/direction").asText()).isEqualTo("in");
        JsonNode deliveries = test.admin(API + "deliveries?state=delivered");
        String delivery = deliveries.at("/deliveries/0/id").asText();
        assertThat(test.admin(API + "deliveries/" + delivery)
                        .at("/attempts/0/outcome")
                        .asText())
                .isEqualTo("sent");
        assertThat(test.admin(API + "ledger").at("/difference").asInt()).isZero();
        assertThat(test.admin(API + "dead").at("/deadLetters").isArray()).isTrue();
        assertThat(test.admin(API + "conversations?channel=nobody&status=open").at("/conversations"))
                .isEmpty();
    }

    @Test
    void pagesLeaveNothingOut() {
        String body = "["
                + String.join(
                        ",",
                        IntStream.range(0, 12)
                                .mapToObj(i -> "{\"id\":\"p" + i + "\",\"from\":\"page" + i + "\",\"text\":\"x\"}")
                                .toList())
                + "]";
        assertThat(test.post(body)).isEqualTo(200);
        TestGateway.await(
                "all conversations",
                () -> test.admin(API + "conversations?limit=500")
                                .at("/conversations")
                                .size()
                        >= 13);
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = test.admin(API + "conversations?limit=5" + next);
            page.at("/conversations").forEach(found -> ids.add(found.path("id").asText()));
            next = page.hasNonNull("next") ? "&before=" + page.path("next").asText() : null;
        } while (next != null);
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, nowhere, 404",
        "GET, conversations/none, 404",
        "GET, conversations/none/messages, 404",
        "GET, messages/none, 404",
        "GET, messages/none/explain, 404",
        "GET, deliveries/none, 404",
        "GET, conversations/a/b/c, 404",
        "GET, messages/, 404",
        "DELETE, conversations, 405",
        "POST, conversations, 400",
        "DELETE, conversations/none, 405",
        "GET, conversations/none/close, 405",
        "GET, conversations?limit=0, 400",
        "GET, conversations?limit=9999999999999999999999, 400",
        "GET, conversations?limit=5&limit=6, 400",
        "GET, conversations?status=ajar, 400",
        "GET, conversations?before=yesterday, 400",
        "GET, conversations?before=-999999999-01-01T00:00:00Z, 400",
        "GET, conversations?chanel=shop, 400",
        "GET, deliveries?state=lost, 400",
        "GET, ledger?hours=-1, 400",
        "GET, ignored?since=yesterday, 400",
        "GET, ignored?kind=nothing, 400",
        "GET, report?since=yesterday, 400",
        "GET, report?since=2999-01-01T00:00:00Z, 400",
        "GET, report/waiting?limit=501, 400",
        "GET, report/conversations?until=1969-01-01T00:00:00Z, 400",
        "GET, messages/%2e%2e%2f, 404",
        "GET, conversations/, 404",
        "GET, /conversations, 404",
        "GET, x/../conversations, 404",
        "GET, %63onversations, 404",
    })
    void whatCannotBeAnsweredIsAProblem(String method, String path, int status) {
        HttpResponse<String> response = test.admin(method, API + path, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertProblem(response);
        if (status == 405) {
            assertThat(response.headers().firstValue("Allow")).isPresent();
        }
    }

    @Test
    void answerReachesTheCustomerOnceForOneKey() {
        List<HttpResponse<String>> answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> reply("{\"text\":\"once only\",\"author\":{\"name\":\"Max\"}}", "key-1"))
                .toList();
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(reply("{\"text\":\"something else\"}", "key-1").statusCode()).isEqualTo(409);
        assertThat(reply("{\"text\":\"the last\"}", "key-2").statusCode()).isEqualTo(202);
        TestGateway.await("the last", () -> test.admin(API + "conversations/" + conversation + "/messages")
                .toString()
                .contains("the last"));
        String all =
                test.admin(API + "conversations/" + conversation + "/messages").toString();
        assertThat(all.split("once only", -1)).hasSize(2);
        String id = json(answers.get(0).body()).path("id").asText();
        JsonNode message = test.admin(API + "messages/" + id);
        assertThat(message.at("/author/name").asText()).isEqualTo("Max");
        assertThat(message.at("/conversation").asText()).isEqualTo(conversation);
        JsonNode story = test.admin(API + "messages/" + id + "/explain");
        assertThat(story.at("/event/source").asText()).isEqualTo("api");
        assertThat(story.at("/event/authentic").asText()).contains("token");
        assertThat(story.at("/event/differing").asInt()).isEqualTo(1);
        assertThat(story.at("/event/duplicates").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "null",
                "[]",
                "{}",
                "{\"text\":null}",
                "{\"text\":\"  \"}",
                "{\"text\":7}",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{\"text\":\"a\",\"parts\":[]}",
                "{\"parts\":[]}",
                "{\"parts\":[null]}",
                "{\"parts\":[{\"type\":\"spell\"}]}",
                "{\"parts\":[{\"type\":\"text\"}]}",
                "{\"parts\":[{\"type\":\"media\",\"url\":\"file:///etc/passwd\"}]}",
                "{\"parts\":[{\"type\":\"location\",\"latitude\":91,\"longitude\":1e999}]}",
                "{\"text\":\"a\",\"author\":\"Max\"}",
                "{\"text\":\"a\",\"replyTo\":\"unknown\"}",
                "{\"text\":\"a\"} trailing",
            })
    void hostileBodyIsRefusedAndStoresNothing(String body) {
        HttpResponse<String> response = reply(body, "hostile");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertProblem(response);
        boolean stored = test.gateway.store().read(tx -> tx.events()
                .find("api", conversation + ":reply:hostile")
                .isPresent());
        assertThat(stored).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{\"channel\":\"shop\",\"text\":\"a\"}",
                "{\"to\":\"bo\",\"text\":\"a\"}",
                "{\"channel\":\"shop\",\"to\":\" \",\"text\":\"a\"}",
                "{\"channel\":7,\"to\":\"bo\",\"text\":\"a\"}",
                "{\"channel\":\"shop\",\"to\":\"bo\"}",
                "{\"channel\":\"shop\",\"to\":\"bo\",\"text\":\"a\",\"parts\":[]}",
                "{\"channel\":\"shop\",\"to\":\"bo\",\"text\":\"a\",\"replyTo\":\"x\"}",
            })
    void hostileFirstMessageIsRefusedAndStoresNothing(String body) {
        HttpResponse<String> response =
                test.admin("POST", API + "conversations", body, "Idempotency-Key", "hostile-first");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertProblem(response);
        assertThat(test.gateway
                        .store()
                        .read(tx -> tx.events().find("api", "start:hostile-first"))
                        .isPresent())
                .isFalse();
    }

    @Test
    void firstMessageWithAForbiddenLinkIsRefused() {
        String body = "{\"channel\":\"shop\",\"to\":\"bo\",\"parts\":[{\"type\":\"media\","
                + "\"url\":\"http://10.0.0.5/a.pdf\"}]}";
        HttpResponse<String> response = test.admin("POST", API + "conversations", body, "Idempotency-Key", "link-1");
        assertThat(response.statusCode()).isEqualTo(422);
        assertProblem(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://desk.example.com/a.pdf",
                "https://10.0.0.5/a.pdf",
                "https://[fd00::1]/a.pdf",
                "https://[::ffff:10.0.0.5]/a.pdf",
                "https://desk.example.com:8443/a.pdf",
                "https://2130706433/a.pdf",
                "https://0177.0.0.1/a.pdf",
            })
    void linkThatWillNeverBeFollowedIsRefusedAtOnce(String link) {
        String body =
                "{\"parts\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"media\",\"url\":\"" + link + "\"}]}";
        HttpResponse<String> response = reply(body, "link");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertProblem(response);
        assertThat(response.body())
                .contains("would never be fetched", URI.create(link).getHost());
        String card = "{\"parts\":[{\"type\":\"card\",\"title\":\"x\",\"image\":{\"url\":\"" + link + "\"}}]}";
        assertThat(reply(card, "link").statusCode()).isEqualTo(422);
        boolean stored = test.gateway.store().read(tx -> tx.events()
                .find("api", conversation + ":reply:link")
                .isPresent());
        assertThat(stored).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "desk=desk, 400",
        "reference=T-1, 400",
        "desk=desk&reference=T-1&limit=5, 400",
        "desk=nobody&reference=T-1, 200",
    })
    void referenceIsLookedUpWithItsDesk(String query, int status) {
        HttpResponse<String> response = test.admin("GET", API + "conversations?" + query, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(status == 200 ? "\"conversations\":[]" : "belong together");
    }

    @Test
    void deepHugeAndBrokenBodiesAreRefused() {
        assertThat(reply("{\"parts\":" + "[".repeat(70) + "]".repeat(70) + "}", "deep")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> lone = reply("{\"text\":\"half \\ud83d\"}", "lone");
        assertThat(lone.statusCode()).isEqualTo(202);
        TestGateway.await("the reply", () -> test.admin(API + "conversations/" + conversation + "/messages?limit=500")
                .toString()
                .contains("half \uFFFD"));
        try {
            assertThat(reply("{\"text\":\"" + "x".repeat(AdminPort.LARGEST_BODY) + "\"}", "huge")
                            .statusCode())
                    .isEqualTo(413);
        } catch (java.io.UncheckedIOException e) {
            assertThat(e).hasMessageMatching("(?is).*(reset|closed|broken pipe|EOF|bytes|GOAWAY).*");
        }
    }

    @Test
    void keysAndTypesAreChecked() {
        String path = API + "conversations/" + conversation + "/messages";
        assertThat(test.admin("POST", path, "{\"text\":\"a\"}").statusCode()).isEqualTo(400);
        assertThat(reply("{\"text\":\"a\"}", "x".repeat(256)).statusCode()).isEqualTo(400);
        assertThat(test.admin("POST", path, "{\"text\":\"a\"}", "Idempotency-Key", "a", "Idempotency-Key", "b")
                        .statusCode())
                .isEqualTo(400);
        HttpRequest form = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + TestGateway.TOKEN.value())
                .header("Idempotency-Key", "form")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("text=a"))
                .build();
        assertThat(TestGateway.send(form).statusCode()).isEqualTo(415);
        assertThat(test.admin("POST", API + "conversations/none/messages", "{\"text\":\"a\"}", "Idempotency-Key", "n")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void conversationIsClosedOnce() {
        assertThat(test.post("[{\"id\":\"c1\",\"from\":\"cleo\",\"text\":\"bye\"}]"))
                .isEqualTo(200);
        TestGateway.await("the conversation", () -> cleo() != null);
        String path = API + "conversations/" + cleo() + "/close";
        HttpResponse<String> first = test.admin("POST", path, null, "Idempotency-Key", "close");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(test.admin("POST", path, null, "Idempotency-Key", "close").body())
                .isEqualTo(first.body());
        assertThat(test.admin("POST", path, "{\"why\":1}", "Idempotency-Key", "close")
                        .statusCode())
                .isEqualTo(409);
        TestGateway.await("it is closed", () -> test.admin(API + "conversations?status=closed&limit=500")
                .toString()
                .contains("\"cleo\""));
    }

    private String cleo() {
        for (JsonNode found : test.admin(API + "conversations?limit=500").path("conversations")) {
            if (found.path("address").asText().equals("cleo")) {
                return found.path("id").asText();
            }
        }
        return null;
    }

    @Test
    void busyStoreIsNotReady() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        test.gateway.store().write(tx -> {
            begun.countDown();
            try {
                return go.await(30, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try {
            begun.await(); // else the writer may still take some of what is meant to fill its queue
            IntStream.range(0, 20_500).forEach(i -> test.gateway.store().write(tx -> true));
            HttpResponse<String> busy = test.admin("GET", "/health/ready", null);
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.body()).contains("\"status\":\"not-ready\"", "\"storeUsable\":false");
            HttpResponse<String> refused = reply("{\"text\":\"now\"}", "busy");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            go.countDown();
        }
        TestGateway.await(
                "the store", () -> test.admin("GET", "/health/ready", null).statusCode() == 200);
    }

    @Test
    void storeWithoutItsWriterIsNotReady(@TempDir Path other) throws Exception {
        try (TestGateway broken = new TestGateway(other)) {
            broken.gateway.store().write(tx -> {
                Thread.currentThread().interrupt(); // ends the writer
                return true;
            });
            TestGateway.await(
                    "not ready",
                    () -> broken.admin("GET", "/health/ready", null).statusCode() == 503);
            assertThat(broken.admin("GET", "/health/live", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void documentHasExactlyTheRoutes() throws IOException {
        JsonNode document = test.admin(API + "openapi.json");
        List<String> described = new ArrayList<>();
        for (var path : document.path("paths").properties()) {
            if (path.getValue().has("servers")) {
                assertThat(path.getKey()).isEqualTo("/desks/{id}"); // of the public port
                continue;
            }
            for (var operation : path.getValue().properties()) {
                if (!operation.getKey().equals("parameters")) {
                    described.add(operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()
                            + query(document, operation.getValue()));
                }
            }
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(test.gateway.adminRoutes());
        try (InputStream in = AdminPort.class.getResourceAsStream("openapi.json")) {
            assertThat(json(new String(in.readAllBytes(), StandardCharsets.UTF_8)))
                    .isEqualTo(document);
        }
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @Test
    void documentHasExactlyTheWords() {
        Map<String, Class<? extends Enum<?>>> words = Map.of(
                "Reason", Reason.class,
                "Delivery/properties/state", Deliveries.State.class,
                "Delivery/properties/kind", Deliveries.Kind.class,
                "Story/properties/event/properties/state", Events.State.class,
                "Story/properties/event/properties/raw/properties/origin", Request.Origin.class,
                "Message/properties/status", Status.class,
                "Purpose", Purpose.class,
                "ConsentSource", Consents.Source.class);
        words.forEach((field, type) -> assertThat(ApiDocument.words(field))
                .as(field)
                .containsExactlyElementsOf(
                        Stream.of(type.getEnumConstants()).map(Words::of).toList()));
    }

    private static String query(JsonNode document, JsonNode operation) {
        List<String> names = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode named = parameter.has("$ref")
                    ? document.at(parameter.path("$ref").asText().substring(1))
                    : parameter;
            if (named.path("in").asText().equals("query")) {
                names.add(named.path("name").asText());
            }
        }
        return names.isEmpty() ? "" : "?" + String.join("&", names);
    }

    private HttpResponse<String> reply(String body, String key) {
        return test.admin("POST", API + "conversations/" + conversation + "/messages", body, "Idempotency-Key", key);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + test.gateway.adminPort() + path);
    }

    private static void assertProblem(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(response.statusCode());
        assertThat(problem.path("title").asText()).endsWith(".").doesNotContain("Exception", "io.dragoman");
    }

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
