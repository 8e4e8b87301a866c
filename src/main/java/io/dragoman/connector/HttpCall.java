// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to make. Immutable: each method returns a changed copy.
 *
 * @param headers without credentials
 * @param authorization the {@code Authorization} header; never sent to another host than the first
 * @param body null for none
 * @param trusted an address that the operator configured: the same origin needs no guard; null guards any target
 * @param redirects how many to follow, GET only
 */
public record HttpCall(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable Secret authorization,
        @Nullable Body body,
        @Nullable URI trusted,
        Duration timeout,
        int redirects) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    public static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, Map.of(), null, null, null, Duration.ofSeconds(30), 0);
    }

    public static HttpCall post(URI uri, Body body) {
        return new HttpCall("POST", uri, Map.of(), null, body, null, Duration.ofSeconds(30), 0);
    }

    /** The same request by another method. */
    public HttpCall by(String other) {
        return new HttpCall(other, uri, headers, authorization, body, trusted, timeout, redirects);
    }

    /** Trusts the target as far as it has scheme, host and port of {@code base}, which the operator configured. */
    public HttpCall trusting(URI base) {
        return new HttpCall(method, uri, headers, authorization, body, base, timeout, redirects);
    }

    public HttpCall header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, uri, more, authorization, body, trusted, timeout, redirects);
    }

    public HttpCall bearer(Secret token) {
        return authorized(new Secret("Bearer " + token.value()));
    }

    public HttpCall basic(String user, Secret password) {
        String pair = user + ":" + password.value();
        return authorized(
                new Secret("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    }

    public HttpCall timeout(Duration timeout) {
        return new HttpCall(method, uri, headers, authorization, body, trusted, timeout, redirects);
    }

    public HttpCall follow(int redirects) {
        return new HttpCall(method, uri, headers, authorization, body, trusted, timeout, redirects);
    }

    /** With this {@code Authorization} header. */
    public HttpCall authorized(Secret authorization) {
        return new HttpCall(method, uri, headers, authorization, body, trusted, timeout, redirects);
    }

    /** Whether the operator vouches for the target. */
    public boolean isTrusted() {
        return trusted != null && sameOrigin(trusted, uri);
    }

    /** Whether two addresses have the same scheme, host and port. */
    public static boolean sameOrigin(URI one, URI other) {
        return same(one.getScheme(), other.getScheme())
                && same(one.getHost(), other.getHost())
                && port(one) == port(other);
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one != null && one.equalsIgnoreCase(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return "Call[" + method + " " + uri.getHost() + "]"; // paths can hold tokens (Telegram), queries addresses
    }

    /** A request body that can be read once per attempt. */
    public record Body(String contentType, long length, Source source) {
        public static Body json(byte[] json) {
            return new Body("application/json", json.length, () -> new ByteArrayInputStream(json));
        }

        public static Body form(String encoded) {
            byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
            return new Body("application/x-www-form-urlencoded", bytes.length, () -> new ByteArrayInputStream(bytes));
        }
    }

    /** Where a body's bytes come from. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }
}
