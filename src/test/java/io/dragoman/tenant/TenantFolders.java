// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.TestChannel;
import io.dragoman.TestClock;
import io.dragoman.TestDesk;
import io.dragoman.config.GatewayFile;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.SharedSettings;
import io.dragoman.connector.Connector;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An installation with tenants, each with the smallest channel and the smallest desk; the clock is not what drives it. */
public final class TenantFolders implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final TestClock clock = TestClock.running();
    public final Path top;
    public final Map<String, TestChannel> channels = new HashMap<>();
    public final Map<String, TestDesk> desks = new HashMap<>();
    final Map<String, String> environment = new HashMap<>();
    private @Nullable Tenants tenants;

    TenantFolders(Path top, String shared) throws IOException {
        this.top = top;
        Files.createDirectories(top.resolve("config"));
        Files.createDirectories(top.resolve("tenants"));
        Files.writeString(
                top.resolve("config/gateway.yaml"),
                "http: {host: 127.0.0.1, port: 0, publicUrl: https://chat.example.com" + shared
                        + "}\nadmin: {port: 0}\n");
    }

    /** A tenant's folder, with the secrets {@code <name> shop} and {@code <name> desk}. */
    TenantFolders add(String name, String gateway) {
        write(name, "gateway", gateway);
        write(name, "channels", "channels:\n  shop: {kind: test-channel, secret: \"${env:SHOP_SECRET}\"}\n");
        write(name, "desks", "desks:\n  desk: {kind: test-desk, secret: \"${file:secrets/desk}\"}\n");
        file(name, "secrets/desk", name + " desk");
        environment.put(name.toUpperCase(Locale.ROOT).replace('-', '_') + "__SHOP_SECRET", name + " shop");
        channels.put(name, new TestChannel());
        desks.put(name, new TestDesk());
        return this;
    }

    TenantFolders write(String name, String config, String text) {
        return file(name, "config/" + config + ".yaml", text);
    }

    TenantFolders file(String name, String file, String text) {
        try {
            Path path = home(name).resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home(String name) {
        return top.resolve("tenants").resolve(name);
    }

    TenantFolders start() throws Exception {
        SharedSettings shared = SharedSettings.read(top, environment::get);
        if (!shared.errors().isEmpty()) {
            throw new AssertionError(shared.errors().toString());
        }
        Tenants.Place place = new Tenants.Place(top, this::connectors, environment::get);
        tenants = Tenants.start(place, shared, clock, new SecureRandom());
        return this;
    }

    private List<Connector> connectors(Path home) {
        String name = home.getFileName().toString();
        return List.of(channels.get(name), desks.get(name));
    }

    GatewaySettings gatewaySettings(String name) {
        return GatewayFile.read(home(name), environment::get);
    }

    Tenants tenants() {
        return tenants;
    }

    Gateway gateway(String name) {
        return tenants.gateway(name)
                .orElseThrow(() -> new AssertionError(tenants.reports().toString()));
    }

    /** A webhook at a tenant's channel or desk, signed with any secret. */
    int post(String name, String path, String secret, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(publicUrl("/t/" + name + path))
                        .header("X-Signature", TestChannel.sign(secret, bytes))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build())
                .statusCode();
    }

    /** A customer's message, as the provider of that tenant sends it. */
    int written(String name, String id, String from, String text) {
        String body = "[{\"id\":\"" + id + "\",\"from\":\"" + from + "\",\"text\":\"" + text + "\"}]";
        return post(name, "/channels/shop", name + " shop", body);
    }

    URI publicUrl(String path) {
        return URI.create("http://127.0.0.1:" + tenants.publicPort() + path);
    }

    URI adminUrl(String path) {
        return URI.create("http://127.0.0.1:" + tenants.adminPort() + path);
    }

    /** The admin token that a tenant made for itself. */
    String token(String name) {
        return token(home(name));
    }

    /** That of the installation. */
    String topToken() {
        return token(top);
    }

    private static String token(Path home) {
        try {
            return Files.readString(home.resolve("data").resolve(Bootstrap.ADMIN_TOKEN))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request to the admin port with a token. */
    HttpResponse<String> ask(String token, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(adminUrl(path))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** What a tenant's own API says at a path below {@code /api/v1/}. */
    JsonNode get(String name, String path) {
        HttpResponse<String> response = ask(token(name), "GET", "/t/" + name + "/api/v1/" + path, null);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + " " + response.body());
        }
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        if (tenants != null) {
            tenants.close();
            tenants = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
