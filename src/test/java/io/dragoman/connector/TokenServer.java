// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An authorization server over HTTP: client credentials, refresh tokens that are good once, codes (RFC 6749, with PKCE),
 * device codes (RFC 8628) and introspection. Shares no code with what it tests.
 */
public final class TokenServer implements AutoCloseable {
    public static final String CLIENT = "gateway-client";
    public static final String SECRET = "simulated-client-secret";

    /** Whose mailbox the tokens open. */
    public static final String USER = "support";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    private final Deque<String> deviceAnswers = new ArrayDeque<>();
    private final Set<String> refreshTokens = new HashSet<>();
    private final Set<String> accessTokens = new HashSet<>();
    private final Map<String, String> codes = new HashMap<>();
    private String lifetimes = "\"expires_in\":3599";
    private String refusal = "";
    private int made;
    private AssertionCheck assertions = new AssertionCheck();

    public TokenServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/token", exchange -> answer(exchange, this::token));
        server.createContext("/device", exchange -> answer(exchange, this::device));
        server.createContext("/introspect", exchange -> answer(exchange, this::introspect));
        server.start();
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The forms that came to the token endpoint, in order. */
    public List<Map<String, String>> forms() {
        return forms;
    }

    /** A refresh token as a login leaves one behind. */
    public synchronized Secret refreshToken() {
        return new Secret(newRefreshToken());
    }

    /** What the token endpoint says of the lives of tokens, as JSON fields. */
    public synchronized void lives(String fields) {
        lifetimes = fields;
    }

    /** Knows programs by what they sign. */
    public synchronized void knows(AssertionCheck check) {
        assertions = check;
    }

    /** Refuses every request for a token in this way; the empty string ends it. */
    public synchronized void refuses(String json) {
        refusal = json;
    }

    /** What the device's next requests for its token are answered, before the last: words of RFC 8628 §3.5. */
    public synchronized void deviceAnswers(String... errors) {
        deviceAnswers.addAll(List.of(errors));
    }

    /** A code as the page of the browser hands it over, for whoever knows the verifier of this challenge. */
    public synchronized void code(String code, String challenge) {
        codes.put(code, challenge);
    }

    /** Forgets every access token, as after a change of the password. */
    public synchronized void forgetAccessTokens() {
        accessTokens.clear();
    }

    /** Whether a refresh token would be taken. */
    public synchronized boolean takes(Secret refreshToken) {
        return refreshTokens.contains(refreshToken.value());
    }

    /** Whether an access token opens anything. */
    public synchronized boolean isGood(String accessToken) {
        return accessTokens.contains(accessToken);
    }

    private synchronized Reply token(Map<String, String> form) {
        forms.add(form);
        if (!refusal.isEmpty()) {
            return new Reply(400, refusal);
        }
        if (form.containsKey("assertion") || form.containsKey("client_assertion")) {
            return assertions.takes(form, url("/token").toString())
                    ? tokens(false)
                    : new Reply(400, "{\"error\":\"invalid_grant\"}");
        }
        if (!CLIENT.equals(form.get("client_id")) || !SECRET.equals(form.getOrDefault("client_secret", SECRET))) {
            return new Reply(401, "{\"error\":\"invalid_client\",\"error_codes\":[7000215]}");
        }
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" ->
                form.containsKey("client_secret") ? tokens(false) : new Reply(401, "{\"error\":\"invalid_client\"}");
            case "refresh_token" ->
                refreshTokens.remove(form.getOrDefault("refresh_token", ""))
                        ? tokens(true)
                        : new Reply(400, "{\"error\":\"invalid_grant\",\"error_codes\":[70000]}");
            case "authorization_code" -> code(form);
            case "urn:ietf:params:oauth:grant-type:device_code" -> deviceToken(form);
            default -> new Reply(400, "{\"error\":\"unsupported_grant_type\"}");
        };
    }

    private Reply code(Map<String, String> form) {
        String challenge = codes.remove(form.getOrDefault("code", ""));
        return challenge != null && challenge.equals(challenge(form.getOrDefault("code_verifier", "")))
                ? tokens(true)
                : new Reply(400, "{\"error\":\"invalid_grant\"}");
    }

    private Reply deviceToken(Map<String, String> form) {
        if (!"device-1".equals(form.get("device_code"))) {
            return new Reply(400, "{\"error\":\"invalid_grant\"}");
        }
        return deviceAnswers.isEmpty()
                ? tokens(true)
                : new Reply(400, "{\"error\":\"" + deviceAnswers.removeFirst() + "\"}");
    }

    private Reply device(Map<String, String> form) {
        return CLIENT.equals(form.get("client_id"))
                ? new Reply(
                        200,
                        "{\"device_code\":\"device-1\",\"user_code\":\"ABCD-EFGH\",\"verification_uri\":"
                                + "\"https://login.shop.example/device\",\"expires_in\":900,\"interval\":1}")
                : new Reply(400, "{\"error\":\"unauthorized_client\"}");
    }

    private synchronized Reply introspect(Map<String, String> form) {
        return new Reply(
                200,
                isGood(form.getOrDefault("token", ""))
                        ? "{\"active\":true,\"username\":\"" + USER + "\"}"
                        : "{\"active\":false}");
    }

    private Reply tokens(boolean person) {
        String access = "access-" + ++made;
        accessTokens.add(access);
        return new Reply(
                200,
                "{\"token_type\":\"Bearer\",\"access_token\":\"" + access + "\"," + lifetimes
                        + (person ? ",\"refresh_token\":\"" + newRefreshToken() + "\"" : "") + "}");
    }

    private String newRefreshToken() {
        String refresh = "simulated-refresh-" + ++made;
        refreshTokens.add(refresh);
        return refresh;
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Reply(int status, String json) {}

    private interface Endpoint {
        Reply answer(Map<String, String> form);
    }

    private static void answer(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> form = new HashMap<>();
            for (String pair : body.isEmpty() ? new String[0] : body.split("&", -1)) {
                int equals = pair.indexOf('=');
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
            Reply reply = endpoint.answer(form);
            byte[] json = reply.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), json.length);
            exchange.getResponseBody().write(json);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
