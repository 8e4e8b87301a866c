// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestGateway;
import io.dragoman.TestKeys;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.HmacSigner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of providers that are YAML alone through a whole gateway and back. */
final class HttpJourneyTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path home;

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final SignedToken issuer = new SignedToken();
    private HttpServer provider;
    private Gateway gateway;
    private ConfigurationWatcher<RuleBook> watcher;

    @BeforeEach
    void start() throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            sent.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"id\":\"p-1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        provider.createContext("/keys", exchange -> {
            byte[] keys = issuer.keySet().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        provider.start();
        Files.createDirectories(home.resolve("config"));
        write(
                "config/gateway",
                "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\n" + "admin: {port: 0}\n");
        write("config/channels", phone());
        write("config/rules", "rules:\n  - {name: all, when: {channel: [phone]}, reply: thanks}\n");
        write("config/replies", "replies:\n  thanks: Danke\n");
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> "the-secret-word");
        Random random = new Random(1);
        Loaded<RuleBook> loaded = bootstrap.load(random);
        assertThat(loaded.errors()).isEmpty();
        Loaded.Usable<RuleBook> usable = (Loaded.Usable<RuleBook>) loaded;
        gateway =
                Gateway.start(bootstrap.setup(usable, new Setup.Environment(Clock.systemUTC(), random, failure -> {})));
        watcher = bootstrap.watcher(usable, gateway);
    }

    @AfterEach
    void stop() {
        watcher.close();
        gateway.close();
        provider.stop(0);
    }

    @Test
    void aTextShouldBeAnsweredAndItsReceiptCounted() throws Exception {
        assertThat(fromPhone("sms:received", "{\"message\":\"Hallo\",\"sender\":\"+4915550101\"}"))
                .isEqualTo(200);
        TestGateway.await("the answer", () -> !sent.isEmpty());
        assertThat(sent.get(0)).startsWith("/messages {");
        var body = Json.tree(sent.get(0).substring(10).getBytes(StandardCharsets.UTF_8));
        assertThat(body.at("/textMessage/text").asText()).isEqualTo("Danke");
        assertThat(body.at("/phoneNumbers/0").asText()).isEqualTo("+4915550101");
        assertThat(fromPhone("sms:delivered", "{\"messageId\":\"p-1\",\"recipient\":\"+4915550101\"}"))
                .isEqualTo(200);
        TestGateway.await("the receipt", () -> statuses().contains("delivered"));
        assertThat(sent).hasSize(1);
    }

    @Test
    void aNewProfileShouldWorkWithoutARestart() throws Exception {
        Files.createDirectories(home.resolve("profiles"));
        write("profiles/acme", acme("incoming"));
        write("config/channels", phone() + acmeAccount());
        reload();
        assertThat(fromAcme("k=the-secret-word", "{\"incoming\":\"Hi\",\"from\":\"+1\",\"id\":\"a-1\"}"))
                .isEqualTo(200);
        assertThat(fromAcme("k=another", "{\"incoming\":\"Hi\",\"from\":\"+1\",\"id\":\"a-2\"}"))
                .isEqualTo(401);
        TestGateway.await("the text", () -> texts().contains("Hi"));
    }

    @Test
    void aTokenShouldProveByTheKeysThatTheProviderPublishes() throws Exception {
        Files.createDirectories(home.resolve("profiles"));
        write("profiles/acme", JwksProfileTest.PROFILE);
        write(
                "config/channels",
                phone() + "  acme: {kind: http, profile: acme, organisation: \"77\", keysUrl: \"http://127.0.0.1:"
                        + provider.getAddress().getPort() + "/keys\"}\n");
        reload();
        String body = "{\"id\":\"a-1\",\"from\":\"+4915550101\",\"text\":\"Hi\"}";
        String claims = "{\"iss\":\"acme/77\",\"aud\":\"chat\",\"exp\":"
                + (Clock.systemUTC().millis() / 1000 + 600) + ",\"payload_hash\":\""
                + SignedToken.sha256(body.getBytes(StandardCharsets.UTF_8)) + "\"}";
        assertThat(post(
                        "/channels/acme",
                        body,
                        "Authorization",
                        "Bearer " + new SignedToken(TestKeys.SECOND).of(claims)))
                .isEqualTo(401);
        assertThat(post("/channels/acme", body, "Authorization", "Bearer " + issuer.of(claims)))
                .isEqualTo(200);
        TestGateway.await("the text", () -> texts().contains("Hi"));
    }

    @Test
    void aSecretOfThePathAndASourceAddressShouldProve() throws Exception {
        Files.createDirectories(home.resolve("profiles"));
        String local = acme("incoming").replace("{query: k,", "{path: true,");
        write("profiles/acme", local);
        String both = "[{token: {path: true, setting: urlSecret}}, {addresses: {from: 192.0.2.0/24}}]";
        write("profiles/far", local.replace("{token: {path: true, setting: urlSecret}}", both));
        String here = both.replace("192.0.2.0/24", "127.0.0.0/8");
        write("profiles/near", local.replace("{token: {path: true, setting: urlSecret}}", here));
        write(
                "config/channels",
                phone()
                        + acmeAccount()
                        + acmeAccount().replace("acme", "far")
                        + acmeAccount().replace("acme", "near"));
        reload();
        String body = "{\"incoming\":\"Hi\",\"from\":\"+1\",\"id\":\"a-1\"}";
        assertThat(post("/channels/acme/the-secret-word", body, "X-None", "none"))
                .isEqualTo(200);
        assertThat(post("/channels/near/the-secret-word", body, "X-None", "none"))
                .isEqualTo(200);
        assertThat(post("/channels/acme/another", body, "X-None", "none")).isEqualTo(401);
        assertThat(post("/channels/acme", body, "X-None", "none")).isEqualTo(401);
        assertThat(post("/channels/acme/the-secret-word/x", body, "X-None", "none"))
                .isEqualTo(404);
        assertThat(post("/channels/phone/the-secret-word", body, "X-None", "none"))
                .isEqualTo(404);
        assertThat(post("/channels/far/the-secret-word", body, "dragoman-client-address", "192.0.2.7"))
                .as("a header of the wire is none of ours")
                .isEqualTo(403);
    }

    @Test
    void aChangedProfileShouldBeReloadedAndABrokenOneShouldChangeNothing() throws Exception {
        Files.createDirectories(home.resolve("profiles"));
        write("profiles/acme", acme("incoming"));
        write("config/channels", phone() + acmeAccount());
        reload();
        write("profiles/acme", acme("incoming").replace("id: id", "id: $lowcase(id)"));
        write("config/replies", "replies:\n  thanks: Merci\n");
        reload();
        assertThat(fromAcme("k=the-secret-word", "{\"incoming\":\"one\",\"from\":\"+1\",\"id\":\"A-1\"}"))
                .isEqualTo(200);
        TestGateway.await("the text", () -> texts().contains("one"));
        fromPhone("sms:received", "{\"message\":\"Hallo\",\"sender\":\"+4915550101\"}");
        TestGateway.await("the answer", () -> !sent.isEmpty());
        assertThat(sent.get(0)).as("nothing of a broken configuration is taken").contains("Danke");
        write("profiles/acme", acme("body"));
        reload();
        assertThat(fromAcme("k=the-secret-word", "{\"body\":\"two\",\"from\":\"+1\",\"id\":\"A-2\"}"))
                .isEqualTo(200);
        TestGateway.await("the text", () -> texts().contains("two"));
    }

    @Test
    void oneOddElementOfABatchShouldBeKeptToBeReadAgain() throws Exception {
        Files.createDirectories(home.resolve("profiles"));
        write("profiles/acme", acme("incoming").replace("  message:", "  each: list\n  message:"));
        write("config/channels", phone() + acmeAccount());
        reload();
        assertThat(fromAcme("k=the-secret-word", """
                {"list": [{"incoming": "good", "from": "+1", "id": "b-1"}, {"incoming": "odd", "sender": "+1", "id": "b-2"}]}""")).isEqualTo(200);
        TestGateway.await("the good one", () -> texts().contains("good"));
        write(
                "profiles/acme",
                acme("incoming")
                        .replace("  message:", "  each: list\n  message:")
                        .replace("from: from", "from: \"$exists(from) ? from : sender\""));
        reload();
        assertThat(replayed()).isEqualTo(1);
        TestGateway.await("the odd one", () -> texts().contains("odd"));
        assertThat(texts().stream().filter("good"::equals)).as("taken once").hasSize(1);
    }

    private String phone() {
        return """
                channels:
                  phone:
                    kind: http
                    profile: smsgate
                    username: "${env:U}"
                    password: "${env:P}"
                    signingKey: "${env:S}"
                    baseUrl: http://127.0.0.1:%d
                """.formatted(provider.getAddress().getPort());
    }

    private static String acmeAccount() {
        return "  acme: {kind: http, profile: acme, urlSecret: \"${env:K}\"}\n";
    }

    private static String acme(String text) {
        return """
                name: Acme
                description: SMS through Acme.
                settings:
                  urlSecret: {type: secret, about: "A long word of your own in the address.", verifies: true}
                receive:
                  verify: {token: {query: k, setting: urlSecret}}
                  message:
                    id: id
                    from: from
                    text: %s
                """.formatted(text);
    }

    private void reload() {
        watcher.look();
        watcher.look();
    }

    private int fromPhone(String event, String payload) throws Exception {
        String seconds = String.valueOf(Clock.systemUTC().instant().getEpochSecond());
        String body = "{\"event\":\"" + event + "\",\"id\":\"e-1\",\"payload\":" + payload + "}";
        String signature =
                HmacSigner.hex("HmacSHA256", HmacSigner.utf8("the-secret-word"), HmacSigner.utf8(body + seconds));
        return post("/channels/phone", body, "X-Signature", signature, "X-Timestamp", seconds);
    }

    private int fromAcme(String query, String body) throws Exception {
        return post("/channels/acme?" + query, body, "X-None", "none");
    }

    private int post(String path, String body, String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.publicPort() + path))
                .headers(headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private int replayed() throws Exception {
        String token = Files.readString(home.resolve("data/admin.token")).strip();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.adminPort() + "/api/v1/dead/replay"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"channel\":\"acme\"}"))
                .build();
        String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return Json.tree(answer.getBytes(StandardCharsets.UTF_8)).path("done").asInt();
    }

    private List<String> texts() {
        return messages().findValuesAsText("text");
    }

    private List<String> statuses() {
        return messages().findValuesAsText("status");
    }

    private com.fasterxml.jackson.databind.JsonNode messages() {
        var all = Json.mapper().createArrayNode();
        gateway.store().read(tx -> {
            tx.conversations()
                    .recent(io.dragoman.store.Conversations.Filter.ALL, Long.MAX_VALUE, "", 10)
                    .forEach(one -> tx.messages().of(one.id(), 0, 100).forEach(message -> {
                        all.add(Json.mapper().valueToTree(message));
                    }));
            return null;
        });
        return all;
    }

    private void write(String name, String yaml) throws Exception {
        Files.writeString(home.resolve(name + ".yaml"), yaml);
    }
}
