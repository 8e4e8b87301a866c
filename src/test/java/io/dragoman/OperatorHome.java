// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Conversations;
import io.dragoman.store.Events;
import io.dragoman.store.NewStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * A home folder and the gateway that runs in it: channels of kind {@code route}, named as in the examples, and
 * {@code shop}, which takes nothing without a signature.
 */
public final class OperatorHome implements AutoCloseable {
    private static final Secret TOKEN = new Secret("admin-token-of-the-test");

    public final Path folder;
    public final Gateway gateway;

    private OperatorHome(Path folder, Gateway gateway) {
        this.folder = folder;
        this.gateway = gateway;
    }

    /**
     * Starts a gateway.
     *
     * @param routes content of a file in {@code routes/}; {@code HOME} in it becomes the folder
     */
    public static OperatorHome start(Path folder, String... routes) throws Exception {
        write(folder, "config/gateway.yaml", """
                http: {host: 127.0.0.1, port: 0, publicUrl: "http://127.0.0.1:8080"}
                admin: {host: 127.0.0.1, port: 0, token: "%s"}
                desk: inbox
                """.formatted(TOKEN.value()));
        write(folder, "config/channels.yaml", """
                channels:
                  faxes: {kind: route, to: direct:faxes-out}
                  terminal: {kind: route, to: direct:terminal-out}
                  app: {kind: route, to: direct:app-out}
                  partner: {kind: route, to: direct:partner-out}
                  modem: {kind: route, to: direct:modem-out}
                  shop: {kind: whatsapp, phoneNumberId: "778", accessToken: a, appSecret: b, verifyToken: c}
                """);
        write(folder, "config/desks.yaml", "desks:\n  inbox: {kind: local}\n");
        for (int i = 0; i < routes.length; i++) {
            write(folder, "routes/own" + i + ".camel.yaml", routes[i].replace("HOME", folder.toString()));
        }
        write(folder, "config/rules.yaml", """
                rules:
                  - name: VIP
                    when: {conversation: {tags: {any: [vip]}}}
                    team: gold
                """);
        Bootstrap bootstrap = new Bootstrap(folder, Connectors.installed(), name -> null);
        Random random = new Random(1);
        Loaded<RuleBook> loaded = bootstrap.load(random);
        assertThat(loaded.errors()).isEmpty();
        Loaded.Usable<RuleBook> usable = (Loaded.Usable<RuleBook>) loaded;
        Setup.Environment environment = new Setup.Environment(Clock.systemUTC(), random, failure -> {});
        return new OperatorHome(folder, Gateway.start(NewStore.in(bootstrap.setup(usable, environment))));
    }

    public CamelContext camel() {
        return gateway.camelContext();
    }

    /** The channels and desks without one channel. */
    ConfiguredAccounts without(String channel) {
        ConfiguredAccounts all = gateway.setup().accounts();
        Map<String, ConfiguredAccount> channels = new HashMap<>(all.channels());
        channels.remove(channel);
        return new ConfiguredAccounts(channels, all.desks(), all.policy());
    }

    /** Drops a whole file at once. */
    public void drop(String name, String content) throws IOException {
        write(folder, name, content);
    }

    private static void write(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        Path whole = folder.resolve("written");
        Files.writeString(whole, content);
        Files.move(whole, file);
    }

    /** What a file holds; nothing where there is none. */
    public String content(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> files(String name) {
        Path below = folder.resolve(name);
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(below)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Conversation> conversations() {
        return gateway.store().read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 100));
    }

    /** What an agent writes. */
    public void reply(String conversation, String text) {
        DeskEvent event = new DeskEvent.AgentReplied(
                "reply-" + text, Instant.EPOCH, conversation, List.of(new Part.Text(text)), "Max", null);
        Request request = Request.polled("api", Json.bytes(event), Instant.EPOCH);
        Events.Arrived arrived = new Events.Arrived("api", request, request.body(), null, "hash", List.of(event), null);
        gateway.store()
                .write(tx -> tx.events().take(arrived, gateway::newId, 1))
                .join();
    }

    public HttpResponse<String> ready() {
        return TestGateway.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/health/ready"))
                        .header("Authorization", "Bearer " + TOKEN.value())
                        .build());
    }

    /** What health says of a route or route file; missing where it says nothing. */
    public JsonNode health(String id) {
        try {
            for (JsonNode route :
                    Json.tree(ready().body().getBytes(StandardCharsets.UTF_8)).path("operatorRoutes")) {
                if (route.path("id").asText().equals(id)) {
                    return route;
                }
            }
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
