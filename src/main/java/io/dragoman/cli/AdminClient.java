// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.Bootstrap;
import io.dragoman.app.OfflineGateway;
import io.dragoman.config.AdminSettings;
import io.dragoman.config.GatewaySettings;
import io.dragoman.connector.Secret;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The running gateway as commands see it that change something: they ask it by its admin port. */
final class AdminClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final GatewaySettings gateway;
    private final Duration longest;

    /**
     * @param longest how long an answer may take
     */
    AdminClient(GatewaySettings gateway, Duration longest) {
        this.gateway = gateway;
        this.longest = longest;
    }

    AdminClient(GatewaySettings gateway) {
        this(gateway, TIMEOUT);
    }

    /** What it answered. */
    record Reply(int status, JsonNode body) {
        boolean good() {
            return status / 100 == 2;
        }

        /** The sentence of a refusal. */
        String title() {
            return body.path("title").asText("The gateway answered " + status);
        }
    }

    /** It runs, but cannot be asked; the message says why and what to do. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Asks the running gateway; empty when none runs, and the store may be opened.
     *
     * @param body null for a GET
     */
    Optional<Reply> ask(String path, byte @org.jspecify.annotations.Nullable [] body, Map<String, String> headers)
            throws NoAnswer, InterruptedException {
        return ask(body == null ? "GET" : "POST", path, body, headers);
    }

    /** The same with any method. */
    Optional<Reply> ask(
            String method, String path, byte @org.jspecify.annotations.Nullable [] body, Map<String, String> headers)
            throws NoAnswer, InterruptedException {
        OfflineGateway store = OfflineStore.of(gateway);
        if (store.embedded() && !store.inUse()) {
            return Optional.empty();
        }
        Optional<Secret> token = token();
        if (token.isEmpty()) {
            throw new NoAnswer("The gateway runs, but its admin token was not found: neither admin.token of"
                    + " config/gateway.yaml nor data/admin.token can be read. Run this as the gateway's user.");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path))
                .timeout(longest)
                .header("Authorization", "Bearer " + token.get().value())
                .header(
                        "X-Dragoman-User",
                        System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9._-]", "_"));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<byte[]> response = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return Optional.of(new Reply(response.statusCode(), tree(response.body())));
        } catch (ConnectException e) {
            if (!store.embedded()) {
                return Optional.empty(); // nobody here; the database can be used beside the others
            }
            throw noAnswer();
        } catch (IOException e) {
            throw noAnswer();
        }
    }

    private NoAnswer noAnswer() {
        AdminSettings admin = gateway.admin();
        return new NoAnswer("The gateway holds the data, but its admin port does not answer at " + host(admin) + ":"
                + admin.port() + ". Is admin.port of config/gateway.yaml the one that it was started with?");
    }

    private static JsonNode tree(byte[] body) throws IOException {
        return body.length == 0 ? MissingNode.getInstance() : Json.tree(body);
    }

    private URI address(String path) {
        return address(gateway.admin(), path);
    }

    static URI address(AdminSettings admin, String path) {
        String host = host(admin);
        return URI.create("http://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":"
                + admin.port() + admin.base() + path);
    }

    private static String host(AdminSettings admin) {
        return admin.host().equals("0.0.0.0") ? "127.0.0.1" : admin.host();
    }

    private Optional<Secret> token() {
        Secret configured = gateway.admin().token();
        if (configured != null) {
            return Optional.of(configured);
        }
        Path file = gateway.store().data().resolve(Bootstrap.ADMIN_TOKEN);
        try {
            return Optional.of(
                    new Secret(Files.readString(file, StandardCharsets.UTF_8).trim()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
