// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.ApiDocument;
import io.dragoman.TestGateway;
import io.dragoman.http.server.MediaLinks;
import io.dragoman.http.server.SurveyLinks;
import io.dragoman.store.Events;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two tenants with the same names for everything: with all that one of them may show, nothing of the other is seen or
 * changed, at any route there is.
 */
final class TenantIsolationTest {
    private static final String API = "/api/v1/";
    /** In every text, name and reason of its tenant. */
    private static final String OURS = "acmewort";

    private static final String THEIRS = "bravowort";

    @TempDir
    private static Path top;

    private static TenantFolders test;
    private static TenantLog log;
    private static Map<String, Set<String>> ids;
    private static Set<String> allIds;
    private static Set<String> theirIds;
    private static final Set<String> dead = new TreeSet<>();
    private static String bravo;

    @BeforeAll
    static void fill() throws Exception {
        log = new TenantLog();
        test = new TenantFolders(top, ", maxRefused: 1000")
                .add("acme", "")
                .add("bravo", "")
                .start();
        new TenantContents(test, "acme", OURS).fill();
        new TenantContents(test, "bravo", THEIRS).fill();
        ids = TenantContents.ids(test.home("acme"), "acme");
        allIds = flat(ids);
        test.get("acme", "dead")
                .path("deadLetters")
                .forEach(one -> dead.add(one.path("id").asText()));
        theirIds = flat(TenantContents.ids(test.home("bravo"), "bravo"));
        log.close(); // what is asked from now on may name what is another's
        bravo = test.token("bravo");
    }

    /** What is dead, and of every column at least one, each once: an id stands in many. */
    private static Set<String> ofEachColumn() {
        Set<String> chosen = new TreeSet<>(dead);
        ids.values().stream()
                .filter(column -> column.stream().noneMatch(chosen::contains))
                .forEach(column -> chosen.add(column.iterator().next()));
        return chosen;
    }

    private static Set<String> flat(Map<String, Set<String>> columns) {
        return columns.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    @AfterAll
    static void close() {
        test.close();
    }

    @Test
    @DisplayName(
            "what is tried here is there: ids of every table, and with the right token they show what is to be hidden")
    void whatIsTriedShouldBeThere() {
        assertThat(ids.keySet())
                .contains(
                        "approval.id",
                        "audit.id",
                        "contact.id",
                        "conversation.id",
                        "delivery.id",
                        "event.id",
                        "media.id",
                        "message.id",
                        "poll.id",
                        "raw.id",
                        "survey.id",
                        "timer.id");
        String acme = test.token("acme");
        Set<String> shown = new TreeSet<>();
        for (String route : routes()) {
            if (route.startsWith("GET ") && route.contains("{id}")) {
                for (String id : ofEachColumn()) {
                    HttpResponse<String> answer = test.ask(acme, "GET", path("acme", route, id), null);
                    if (answer.statusCode() == 200
                            && (answer.body().contains(OURS) || answer.body().contains(id))) {
                        shown.add(route);
                        break;
                    }
                }
            }
        }
        assertThat(shown)
                .contains(
                        "GET " + API + "conversations/{id}",
                        "GET " + API + "conversations/{id}/messages",
                        "GET " + API + "messages/{id}",
                        "GET " + API + "messages/{id}/explain",
                        "GET " + API + "dead/{id}",
                        "GET " + API + "contacts/{id}",
                        "GET " + API + "contacts/{id}/export",
                        "GET " + API + "contacts/{id}/timeline",
                        "GET " + API + "approvals/{id}",
                        "GET " + API + "media/{id}");
    }

    @Test
    @DisplayName(
            "no route shows or changes anything of another tenant, whichever id, body or parameter it is asked with")
    void noRouteShouldCross() {
        Map<String, String> before = everythingOfAcme();
        List<String> whole = routes().stream()
                .filter(route -> !route.contains("{id}"))
                .filter(route -> !route.equals("GET " + API + "stream")) // never ends, and has a test of its own
                .toList();
        int asked = 0;
        for (String route :
                whole.stream().filter(route -> route.startsWith("GET ")).toList()) {
            check(route, "", false);
            for (String name : parameters(route)) {
                for (String id : List.of(first("conversation.id"), first("contact.id"), "geheim", "+995555000111")) {
                    check(route + "=" + name + "=" + id, id, false);
                    asked++;
                }
            }
        }
        // after that, for the audit log has what was asked for
        for (String route :
                whole.stream().filter(route -> !route.startsWith("GET ")).toList()) {
            check(route, first("conversation.id"), false);
        }
        for (String route :
                routes().stream().filter(one -> one.contains("{id}")).toList()) {
            for (String id : ofEachColumn()) {
                check(route, id, true);
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(500);
        everythingOfAcme().forEach((what, now) -> assertThat(now).as(what).isEqualTo(before.get(what)));
    }

    @Test
    @DisplayName("the stream tells of one's own changes alone")
    void streamShouldNotCross() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(test.adminUrl("/t/bravo" + API + "stream?after=0"))
                .header("Authorization", "Bearer " + bravo)
                .build();
        HttpResponse<Stream<String>> stream =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(test.written("acme", "s1", "+995555000333", OURS)).isEqualTo(200);
        TestGateway.await("acme's", () -> !test.get("acme", "conversations?contact=%2B995555000333")
                .path("conversations")
                .isEmpty());
        assertThat(test.written("bravo", "s1", "+995555000333", THEIRS)).isEqualTo(200);
        Set<String> theirs = new TreeSet<>();
        TestGateway.await("bravo's", () -> {
            test.get("bravo", "conversations?contact=%2B995555000333")
                    .path("conversations")
                    .forEach(one -> theirs.add(one.path("id").asText()));
            return !theirs.isEmpty();
        });
        Set<String> ours = flat(TenantContents.ids(test.home("acme"), "acme"));
        try (Stream<String> lines = stream.body()) {
            for (Iterator<String> all = lines.iterator(); all.hasNext(); ) {
                String line = all.next();
                assertThat(ours.stream().filter(line::contains)).as(line).isEmpty();
                if (theirs.stream().anyMatch(line::contains)) {
                    return;
                }
            }
        }
        throw new AssertionError("the stream ended");
    }

    private static void check(String route, String id, boolean named) {
        String[] words = route.split("=", 3);
        String method = words[0].substring(0, words[0].indexOf(' '));
        String path = path("bravo", words[0], id);
        String query = words.length < 3 ? "" : "?" + words[1] + "=" + words[2].replace("+", "%2B");
        String body = method.equals("GET") || method.equals("DELETE") ? null : body(words[0], id);
        HttpResponse<String> answer =
                test.ask(bravo, method, path + query, body, "Idempotency-Key", "k" + id.hashCode());
        assertThat(answer.body()).as(route + " " + id).doesNotContain(OURS);
        if (named && method.equals("GET")) {
            assertThat(answer.statusCode()).as(route + " " + id).isIn(400, 404);
        } else if (named && !makes(route)) {
            assertThat(answer.statusCode())
                    .as(route + " " + id + " " + body + " " + answer.body())
                    .isBetween(400, 499);
        } else if (id.isEmpty()) {
            assertThat(allIds.stream().filter(answer.body()::contains))
                    .as(route)
                    .isEmpty();
        }
    }

    /** What makes something new by any name, of one's own. */
    private static boolean makes(String route) {
        return route.startsWith("PUT " + API + "secrets/") || route.startsWith("DELETE " + API + "secrets/");
    }

    @Test
    @DisplayName("a token opens its own tenant's API alone, and the installation's opens none")
    void tokensShouldOpenTheirOwn() {
        String acme = test.token("acme");
        for (String path : List.of(API + "conversations", "/metrics", API + "audit", API + "ledger", API + "report")) {
            assertThat(test.ask(acme, "GET", "/t/acme" + path, null).statusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(test.ask(acme, "GET", "/t/bravo" + path, null).statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(test.ask(test.topToken(), "GET", "/t/acme" + path, null).statusCode())
                    .isEqualTo(401);
        }
        assertThat(test.ask(acme, "GET", "/metrics", null).statusCode()).isEqualTo(401);
        assertThat(test.ask(acme, "GET", API + "tenants", null).statusCode()).isEqualTo(401);
        assertThat(test.ask(test.topToken(), "GET", API + "tenants", null).body())
                .contains("acme", "bravo");
        assertThat(test.ask(test.topToken(), "GET", API + "conversations", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("a session of the console is bound to its tenant's path, and its cookie opens no other's")
    void sessionsShouldNotCross() {
        String login = "{\"token\":\"" + test.token("acme") + "\"}";
        HttpResponse<String> begun =
                TenantFolders.send(HttpRequest.newBuilder(test.adminUrl("/t/acme" + API + "session"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(login))
                        .build());
        assertThat(begun.statusCode()).isEqualTo(200);
        String set = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).contains("Path=/t/acme/;", "HttpOnly", "SameSite=Strict");
        String cookie = set.substring(0, set.indexOf(';'));
        assertThat(byCookie("/t/acme" + API + "conversations", cookie).statusCode())
                .isEqualTo(200);
        assertThat(byCookie("/t/bravo" + API + "conversations", cookie).statusCode())
                .isEqualTo(401);
        assertThat(byCookie(API + "tenants", cookie).statusCode()).isEqualTo(401);
        assertThat(browser(set, "/t/acme/console/")).hasSize(1);
        assertThat(browser(set, "/t/bravo/console/")).isEmpty();
        assertThat(browser(set, "/t/acme2/console/")).isEmpty();
        HttpResponse<String> refused =
                TenantFolders.send(HttpRequest.newBuilder(test.adminUrl("/t/bravo" + API + "session"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(login))
                        .build());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(byCookie("/t/acme/console", "").headers().firstValue("Location"))
                .hasValue("/t/acme/console/");
        assertThat(byCookie("/t/acme/console/api.mjs", "").body()).contains("'../api/v1/'");
    }

    private static List<HttpCookie> browser(String set, String path) {
        CookieManager jar = new CookieManager();
        URI from = URI.create("https://admin.example.com/t/acme/console/");
        try {
            jar.put(
                    from,
                    Map.of("Set-Cookie", List.of(set.replace("; HttpOnly", "").replace("; SameSite=Strict", ""))));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return jar.getCookieStore().get(from.resolve(path)).stream()
                .filter(cookie -> path.startsWith(cookie.getPath()))
                .toList();
    }

    private static HttpResponse<String> byCookie(String path, String cookie) {
        return TenantFolders.send(HttpRequest.newBuilder(test.adminUrl(path))
                .header("Cookie", cookie)
                .build());
    }

    @Test
    @DisplayName("what one tenant's provider or desk signed is refused at another's address, as are signed links")
    void signaturesShouldNotCross() {
        String body = "[{\"id\":\"x1\",\"from\":\"+995555000111\",\"text\":\"planted\"}]";
        long before = events("bravo");
        assertThat(test.post("bravo", "/channels/shop", "acme shop", body)).isIn(401, 403);
        assertThat(test.post("bravo", "/desks/desk", "acme desk", "[]")).isIn(401, 403);
        assertThat(events("bravo")).isEqualTo(before);

        var settings = test.gateway("acme").setup();
        URI home = settings.settings().http().publicUrl();
        String media = new MediaLinks(settings.key())
                .link(home, "acme-media1", Instant.now().plusSeconds(600));
        String survey = new SurveyLinks(settings.key()).link(home, "acme-s1");
        for (String link : List.of(media, survey)) {
            String path = link.substring("https://chat.example.com".length());
            assertThat(publicly(path)).as(path).isIn(200, 410);
            assertThat(publicly(path.replace("/t/acme/", "/t/bravo/"))).as(path).isIn(403, 404);
            assertThat(publicly(path.replace("/t/acme/", "/"))).as(path).isEqualTo(404);
        }
    }

    private static long events(String name) {
        return test.gateway(name).store().read(tx -> tx.events().counts()).stream()
                .mapToLong(Events.Count::events)
                .sum();
    }

    private static int publicly(String path) {
        return TenantFolders.send(HttpRequest.newBuilder(test.publicUrl(path)).build())
                .statusCode();
    }

    @Test
    @DisplayName("metrics, ledger and reports bear one tenant's figures, and each line of the log names whose it is")
    void figuresAndLogShouldNotCross() {
        String theirs = test.ask(bravo, "GET", "/t/bravo/metrics", null).body();
        assertThat(theirs).contains("tenant=\"bravo\"").doesNotContain("acme").doesNotContain(OURS);
        assertThat(theirs.lines()
                        .filter(line -> !line.startsWith("#"))
                        .filter(line -> !line.contains("tenant=\"bravo\"")))
                .isEmpty();
        String all = test.ask(test.topToken(), "GET", "/metrics", null).body();
        assertThat(all)
                .contains("tenant=\"bravo\"", "tenant=\"acme\"", "jvm_memory_used_bytes")
                .doesNotContain(OURS);
        assertThat(all.lines().filter(line -> line.startsWith("# TYPE ")).toList())
                .doesNotHaveDuplicates();

        assertThat(log.linesWith(allIds)).isNotEmpty().containsOnly("acme");
        assertThat(log.linesWith(theirIds)).isNotEmpty().containsOnly("bravo");
        assertThat(log.text()).doesNotContain(OURS).doesNotContain(THEIRS);
    }

    private static String first(String column) {
        return ids.get(column).iterator().next();
    }

    /** Everything of acme that its own operator sees, without what the clock changes. */
    private static Map<String, String> everythingOfAcme() {
        Map<String, String> all = new TreeMap<>();
        for (String path : List.of(
                "conversations?limit=100",
                "contacts?limit=100",
                "deliveries?limit=100",
                "dead?limit=100",
                "approvals",
                "pauses",
                "polls",
                "config",
                "ledger?hours=24")) {
            all.put(path, test.get("acme", path).toString());
        }
        List<String> audit = new ArrayList<>();
        test.get("acme", "audit?limit=100").path("entries").forEach(line -> audit.add(line.toString()));
        audit.removeIf(line -> line.contains("login.failed")); // another test's, told a minute later
        all.put("audit", String.join("\n", audit));
        for (String conversation : ids.get("conversation.id")) {
            all.put(
                    conversation,
                    test.get("acme", "conversations/" + conversation + "/messages")
                            .toString());
        }
        return all;
    }

    private static List<String> routes() {
        return test.gateway("bravo").adminRoutes().stream()
                .map(route -> route.split("\\?", 2)[0])
                .toList();
    }

    private static List<String> parameters(String route) {
        return test.gateway("bravo").adminRoutes().stream()
                .filter(line -> line.startsWith(route + "?"))
                .flatMap(line -> List.of(line.split("\\?", 2)[1].split("&")).stream())
                .toList();
    }

    private static String path(String tenant, String route, String id) {
        return "/t/" + tenant + route.substring(route.indexOf(' ') + 1).replace("{id}", id);
    }

    /** What the description allows as a body, with the id wherever there can be a text. */
    private static String body(String route, String id) {
        String[] words = route.split(" ");
        JsonNode schema = ApiDocument.document()
                .path("paths")
                .path(words[1])
                .path(words[0].toLowerCase(Locale.ROOT))
                .at("/requestBody/content/application~1json/schema");
        return schema.isMissingNode() ? "{}" : value(schema, id.isEmpty() ? first("conversation.id") : id, 0);
    }

    private static String value(JsonNode described, String id, int depth) {
        JsonNode schema = described.has("$ref")
                ? ApiDocument.document().at(described.path("$ref").asText().substring(1))
                : described;
        if (schema.has("oneOf")) {
            return value(schema.path("oneOf").get(0), id, depth + 1);
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0).toString();
        }
        JsonNode type = schema.path("type").isArray() ? schema.path("type").get(0) : schema.path("type");
        return switch (type.asText("string")) {
            case "object" -> depth > 4 ? "{}" : object(schema, id, depth);
            case "array" -> depth > 4 ? "[]" : "[" + value(schema.path("items"), id, depth + 1) + "]";
            case "integer", "number" -> "1";
            case "boolean" -> "false";
            case "null" -> "null";
            default -> "\"" + id + "\"";
        };
    }

    private static String object(JsonNode schema, String id, int depth) {
        List<String> fields = new ArrayList<>();
        schema.path("properties")
                .properties()
                .forEach(field -> fields.add("\"" + field.getKey() + "\":" + value(field.getValue(), id, depth + 1)));
        return "{" + String.join(",", fields) + "}";
    }
}
