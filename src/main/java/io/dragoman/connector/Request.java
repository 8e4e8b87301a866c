// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * What arrived, as it arrived: our own immutable copy, with nothing of the wire's header map but what the connector
 * asked for. Stored raw. Do not change {@code body}.
 *
 * @param origin how it came
 * @param method {@code GET} or {@code POST}; empty for what was polled
 * @param path the request's path; for what was polled, where it stood, such as {@code INBOX/17/4711}
 * @param query the raw query string without the question mark; empty for none
 * @param headers by lower-case name, only those that the connector's {@link Intake} names
 * @param body the raw bytes
 */
public record Request(
        Origin origin,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        Instant receivedAt) {
    /**
     * The name under which a connector asks for the address of whoever sent the request, past the proxies that are
     * trusted. The gateway sets it; what the wire has of that name is dropped.
     */
    public static final String CLIENT = "dragoman-client-address";

    public Request {
        TreeMap<String, String> copy = new TreeMap<>();
        headers.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
        headers = java.util.Collections.unmodifiableMap(copy);
    }

    /** What a polling connector took from {@code place}. */
    public static Request polled(String place, byte[] body, Instant receivedAt) {
        return new Request(Origin.POLLED, "", place, "", Map.of(), body, receivedAt);
    }

    /** What a connector found at {@code place} when it asked for what no webhook brought. */
    public static Request backfilled(String place, byte[] body, Instant receivedAt) {
        return new Request(Origin.BACKFILLED, "", place, "", Map.of(), body, receivedAt);
    }

    /** What a timer of ours, which {@code place} names, brought when it fired. */
    public static Request fired(String place, byte[] body, Instant firedAt) {
        return new Request(Origin.TIMER, "", place, "", Map.of(), body, firedAt);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether it asks for something and brings nothing. */
    public boolean isBareGet() {
        return method.equals("GET") && body.length == 0;
    }

    /** The first value of a query parameter, decoded; empty for none. */
    public String parameter(String name) {
        return WWWFormCodec.parse(query, StandardCharsets.UTF_8).stream()
                .filter(pair -> pair.getName().equals(name))
                .findFirst()
                .map(NameValuePair::getValue)
                .orElse("");
    }

    @Override
    public String toString() {
        return "Request[" + origin + ", " + method + ", " + body.length + " bytes]";
    }

    /** How a request came in. */
    public enum Origin {
        /** It was posted to us: it must be authenticated. */
        RECEIVED,
        /** It was fetched with our own credentials. */
        POLLED,
        /** A backfill found it: that it may be known already says nothing. */
        BACKFILLED,
        /** An operator's route brought it. */
        ROUTE,
        /** It is ours: a timer fired. */
        TIMER
    }
}
