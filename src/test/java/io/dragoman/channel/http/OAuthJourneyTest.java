// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestGateway;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.rules.RuleBook;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A profile that fetches access tokens in a whole gateway: the provider alone sees secret and token. */
final class OAuthJourneyTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PROFILE = """
            name: Acme
            description: Messages through Acme.
            settings:
              clientId: {type: text, about: "The client's id, from the console.", required: true}
              clientSecret: {type: secret, about: "The client's secret, from the console.", required: true}
              tokenUrl: {type: url, about: "Where the access tokens come from.", required: true}
              baseUrl: {type: url, about: "Where the API of Acme is.", required: true}
              urlSecret: {type: secret, about: "A long word of your own in the address.", verifies: true}
            receive:
              verify: {token: {query: k, setting: urlSecret}}
              message: {id: id, from: from, text: text}
            send:
              auth: {oauth: {tokenUrl: tokenUrl, clientId: clientId, clientSecret: clientSecret}}
              text: {path: /send, json: "{'text': text}"}
            """;

    @TempDir
    private Path home;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private volatile String grant = "{\"access_token\":\"canary-token\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    private HttpServer provider;
    private Gateway gateway;
    private ConfigurationWatcher<RuleBook> watcher;

    private void start() throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = grant.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(grant.contains("access_token") ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        provider.createContext("/send", exchange -> {
            exchange.getRequestBody().readAllBytes();
            logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        provider.start();
        Files.createDirectories(home.resolve("profiles"));
        write("profiles/acme", PROFILE);
        write(
                "config/gateway",
                "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0}\n");
        configure("the-client");
        write("config/rules", "rules:\n  - {name: all, when: {channel: [acme]}, reply: thanks}\n");
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

    private void configure(String client) throws IOException {
        String address = "http://127.0.0.1:" + provider.getAddress().getPort();
        write("config/channels", """
                channels:
                  acme:
                    kind: http
                    profile: acme
                    clientId: %s
                    clientSecret: "${env:C}"
                    urlSecret: "${env:K}"
                    tokenUrl: %s/token
                    baseUrl: %s
                """.formatted(client, address, address));
    }

    @Test
    void tokenShouldBeFetchedFirstAndARefusalSeenWithoutAnySecret() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                log.add(event.getFormattedMessage() + " " + event.getThrowableProxy());
            }
        };
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.DEBUG);
        try {
            start();
            writes("a-1");
            TestGateway.await("the answer", () -> !logins.isEmpty());
            assertThat(logins).containsExactly("Bearer canary-token");
            grant = "{\"error\":\"invalid_client\",\"error_description\":\"the-secret-word canary-token\"}";
            configure("another-client");
            watcher.look();
            watcher.look();
            writes("a-2");
            TestGateway.await("the refused login", () -> health().contains("invalid_client"));
            assertThat(health()).contains("\"status\":\"refused\"").doesNotContain("the-secret-word", "canary-token");
            assertThat(logins).as("nothing goes without a token").hasSize(1);
            assertThat(log).hasSizeGreaterThan(10);
            assertThat(log).noneMatch(line -> line.contains("the-secret-word") || line.contains("canary-token"));
        } finally {
            root.setLevel(before);
            root.detachAppender(appender);
        }
    }

    private void writes(String id) throws Exception {
        String body = "{\"id\":\"" + id + "\",\"from\":\"+4915550101\",\"text\":\"Hallo " + id + "\"}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.publicPort() + "/channels/acme?k=the-secret-word"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private String health() {
        try {
            String token = Files.readString(home.resolve("data/admin.token")).strip();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + gateway.adminPort() + "/health/ready"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, String yaml) throws IOException {
        Path file = home.resolve(name + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
    }
}
