// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestClock;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.model.Conversation;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Conversations;
import io.dragoman.store.DeadLetters;
import io.dragoman.store.Deliveries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A gateway between customers, who write by a small provider of the test's, and a real helpdesk. */
final class DeskTalk implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Set<Deliveries.State> ENDS =
            EnumSet.of(Deliveries.State.DELIVERED, Deliveries.State.DEAD, Deliveries.State.CANCELLED);

    private static final String PHONE = """
            name: Phone
            description: Texts through a phone.
            settings:
              word: {type: secret, about: "A long word of your own in the address.", verifies: true}
              baseUrl: {type: url, about: "Where the phone's server is.", required: true}
            receive:
              verify: {token: {query: key, setting: word}}
              message:
                id: id
                from: from
                name: name
                text: text
                media: "file.{'data': data, 'type': 'text/plain', 'name': name}"
            send:
              idempotent: true
              text:
                path: /texts
                json: "{'to': to, 'text': text}"
              media:
                path: /texts
                json: "{'to': to, 'text': text, 'file': media.name, 'data': media.base64}"
            limits:
              media: {file: {largest: 3 MB}}
            """;

    private final TestClock clock = TestClock.running();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
    private final HttpServer provider;
    private final Path home;
    private Gateway gateway;

    /** @param desk the account, as a line of YAML without its id */
    DeskTalk(Path home, String desk) throws Exception {
        this.home = home;
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            sent.add(Json.tree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        provider.start();
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("profiles"));
        write("profiles/phone", PHONE);
        write(
                "config/gateway",
                "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0}\n");
        write(
                "config/channels",
                "channels:\n  phone: {kind: http, profile: phone, word: \"${env:W}\", baseUrl: \"http://127.0.0.1:"
                        + provider.getAddress().getPort() + "\"}\n");
        write("config/desks", "desks:\n  help: " + desk + "\n");
        start();
    }

    void start() throws Exception {
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> "the-secret-word");
        Random random = new Random();
        Loaded<RuleBook> loaded = bootstrap.load(random);
        assertThat(loaded.errors()).isEmpty();
        gateway = Gateway.start(
                bootstrap.setup((Loaded.Usable<RuleBook>) loaded, new Setup.Environment(clock, random, failure -> {})));
    }

    void stop() {
        gateway.close();
    }

    /** Lets the time pass after which what failed is tried again. */
    void later() {
        clock.move(Duration.ofMinutes(3));
    }

    /** A customer writes; the same message comes twice, as providers do it. */
    void says(String customer, String text) throws Exception {
        says(customer, text, Map.of());
    }

    void says(String customer, String text, Map<String, String> file) throws Exception {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("id", String.valueOf(ids.incrementAndGet()));
        message.put("from", customer);
        message.put("name", "Ana გ, \"the\" " + customer);
        message.put("text", text);
        file.forEach((name, content) -> message.putObject("file")
                .put("name", name)
                .put("data", Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8))));
        for (int copies = 0; copies < 2; copies++) {
            assertThat(post(gateway.publicPort(), "/channels/phone?key=the-secret-word", message.toString()))
                    .isEqualTo(200);
        }
    }

    /** Closes the customer's conversation from the gateway's side. */
    void closes(String customer) throws Exception {
        assertThat(post(
                        gateway.adminPort(),
                        "/api/v1/conversations/" + of(customer).id() + "/close",
                        "{}"))
                .isBetween(200, 299);
    }

    /** Gives the customer's conversation to somebody from the gateway's side. */
    void assigns(String customer, String assignee) throws Exception {
        String path = "/api/v1/conversations/" + of(customer).id() + "/assign";
        assertThat(post(gateway.adminPort(), path, "{\"assignee\": \"" + assignee + "\"}"))
                .isBetween(200, 299);
    }

    /** What a customer was brought: the texts, and the names and contents of files. */
    List<String> got(String customer) {
        return sent.stream()
                .filter(one -> one.path("to").asText().equals(customer))
                .map(DeskTalk::content)
                .toList();
    }

    Conversation of(String customer) {
        return known(customer).orElseThrow(() -> new AssertionError("no conversation of " + customer));
    }

    private Optional<Conversation> known(String customer) {
        return gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1_000))
                .stream()
                .filter(one -> one.address().equals(customer))
                .findFirst();
    }

    /** The helpdesk's id of a customer's conversation. */
    String reference(String customer) {
        await(
                "the ticket of " + customer,
                () -> known(customer).map(Conversation::deskReference).isPresent());
        return String.valueOf(of(customer).deskReference());
    }

    /** How many notices and messages have not come to an end. */
    long open() {
        return gateway.store().read(tx -> tx.deliveries().counts()).stream()
                .filter(one -> !ENDS.contains(one.state()))
                .mapToLong(Deliveries.Count::deliveries)
                .sum();
    }

    List<DeadLetters.DeadLetter> dead() {
        return gateway.store().read(tx -> tx.deadLetters().latest(DeadLetters.Filter.ALL, 10));
    }

    /** Waits longer than others do: a helpdesk in a build with much beside it takes seconds for a request. */
    static void await(String what, Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (Exception e) {
                throw new AssertionError(what, e);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    private static String content(JsonNode sent) {
        String file = sent.path("file").asText();
        return file.isEmpty()
                ? sent.path("text").asText()
                : file + "="
                        + new String(
                                Base64.getDecoder().decode(sent.path("data").asText()), StandardCharsets.UTF_8);
    }

    private int post(int port, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String token() throws IOException {
        return Files.readString(home.resolve("data").resolve(Bootstrap.ADMIN_TOKEN))
                .strip();
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(home.resolve(name + ".yaml"), yaml);
    }

    @Override
    public void close() {
        gateway.close();
        provider.stop(0);
    }
}
