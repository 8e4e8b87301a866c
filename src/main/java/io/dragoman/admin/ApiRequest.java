// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.access.Principal;
import io.dragoman.app.audit.Actor;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated request, as its route sees it.
 *
 * @param id what stands in the path for {@code {id}}; empty for none
 * @param parameters of the query, each known to the route
 * @param keys the values of the {@code Idempotency-Key} header
 * @param cookies the values of the {@code Cookie} header, for logging in
 * @param ifMatch the {@code If-Match} header
 */
record ApiRequest(
        String id,
        Map<String, String> parameters,
        List<String> keys,
        @Nullable String contentType,
        byte[] body,
        String path,
        List<String> cookies,
        Caller caller,
        @Nullable String ifMatch) {
    private static final int MOST = 500;

    @Override
    public String toString() {
        return "ApiRequest[" + id + "]";
    }

    /** Whether it came from somebody who is let in; false only where the route is open. */
    boolean trusted() {
        return caller.identity() != null;
    }

    /** Who does what is asked; for routes that are not open. */
    Actor actor() {
        Principal identity = Objects.requireNonNull(caller.identity());
        return new Actor(identity.name(), identity.role(), caller.address());
    }

    /** How many to show at most. */
    int limit() throws Refusal {
        return (int) number("limit", 50, 1, MOST);
    }

    long number(String name, long otherwise, long least, long most) throws Refusal {
        String given = parameters.get(name);
        if (given == null) {
            return otherwise;
        }
        if (given.matches("\\d{1,18}")) {
            long number = Long.parseLong(given);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new Refusal(400, name + " must be a whole number from " + least + " to " + most + ".");
    }

    Instant time(String name, String given) throws Refusal {
        try {
            return Instant.ofEpochMilli(OffsetDateTime.parse(given).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refusal(400, name + " must be a time in ISO 8601, such as 2026-11-21T10:02:11.120Z.");
        }
    }

    /** A parameter that is a time; null where it is not there. */
    @Nullable
    Instant findTime(String name) throws Refusal {
        String given = parameters.get(name);
        return given == null ? null : time(name, given);
    }

    /** One of an enum's words. */
    <E extends Enum<E>> @Nullable E word(String name, Class<E> type) throws Refusal {
        String given = parameters.get(name);
        if (given == null) {
            return null;
        }
        return Words.find(type, given)
                .orElseThrow(
                        () -> new Refusal(400, name + " must be one of " + String.join(", ", Words.all(type)) + "."));
    }

    /** Whether a parameter is {@code true}. */
    boolean flag(String name) throws Refusal {
        String given = parameters.get(name);
        if (given != null && !given.equals("true") && !given.equals("false")) {
            throw new Refusal(400, name + " must be true or false.");
        }
        return "true".equals(given);
    }

    /** What a file must hold, in one word; null for whatever it holds. */
    @Nullable
    String etag() throws Refusal {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        if (!ifMatch.matches("\"?[a-z0-9]{1,64}\"?")) {
            throw new Refusal(400, "If-Match must be one ETag as this API gave it.");
        }
        return ifMatch.replace("\"", "");
    }

    /** Refuses a body of another type than JSON. */
    void requireJson() throws Refusal {
        String type = contentType == null ? "" : contentType;
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (body.length > 0 && !bare.equals("application/json")) {
            throw new Refusal(415, "Only application/json is accepted here.");
        }
    }

    /** A request that cannot be done, with a sentence for its sender that repeats nothing of it. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refusal(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }

        /** A body that is not what it should be; the message says where. */
        static Refusal unreadable(MalformedPayload problem) {
            return new Refusal(400, "The request cannot be read: " + problem.getMessage() + ".");
        }

        ApiResponse answer() {
            return ApiResponse.problem(status, String.valueOf(getMessage()));
        }
    }
}
