// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.connector.Secret;
import io.dragoman.http.server.AuthFailureTracker;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.ProblemDetails;
import io.dragoman.store.StoreException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who answers what on the admin port. Everything but the bare status of health requires the bearer token, even to
 * find out which addresses exist. Paths are compared as they were sent.
 */
public final class AdminPort implements HttpListener.Handler {
    /** The largest body that is taken: a message is text and links. */
    public static final int LARGEST_BODY = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AdminPort.class);
    private static final String BEARER = "Bearer ";
    private static final ProblemDetails NO_TOKEN =
            ProblemDetails.of(401, "The admin token is missing or wrong. Send it as: Authorization: Bearer TOKEN.");

    private final byte[] token;
    private final List<ApiRoute> routes;
    private volatile AuthFailureTracker refusals = AuthFailureTracker.UNCOUNTED;

    AdminPort(Secret token, List<ApiRoute> routes) {
        this.token = token.bytes();
        this.routes = List.copyOf(routes);
    }

    /** Every route as {@code GET /path/{id}?parameter&parameter}. */
    public List<String> table() {
        return routes.stream()
                .map(route -> route.method() + " " + route.path()
                        + (route.parameters().isEmpty() ? "" : "?" + String.join("&", route.parameters())))
                .toList();
    }

    @Override
    public void refuseBy(AuthFailureTracker refusals) {
        this.refusals = refusals;
    }

    @Override
    public void handle(HttpServerRequest request, byte[] body) {
        HttpServerResponse response = request.response();
        response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        String path = request.path() == null ? "" : request.path();
        boolean shown = request.headers().contains("Authorization");
        boolean trusted = shown && trusted(request);
        List<ApiRoute> matching =
                routes.stream().filter(route -> route.match(path) != null).toList();
        // a wrong token is refused everywhere: an open route that tells it from a right one would help to guess
        if (!trusted && (shown || matching.isEmpty() || !matching.get(0).open())) {
            response.putHeader("WWW-Authenticate", "Bearer");
            (shown ? refusals : AuthFailureTracker.UNCOUNTED).refuse(request, NO_TOKEN);
        } else if (matching.isEmpty()) {
            ProblemDetails.of(404, "There is nothing at this address. GET /api/v1/openapi.json lists what there is.")
                    .answer(response);
        } else {
            matching.stream()
                    .filter(route -> route.method().equals(request.method().name()))
                    .findFirst()
                    .ifPresentOrElse(
                            route -> answer(route, request, path, body, trusted),
                            () -> wrongMethod(response, matching));
        }
    }

    private static void wrongMethod(HttpServerResponse response, List<ApiRoute> matching) {
        String allowed =
                String.join(", ", matching.stream().map(ApiRoute::method).toList());
        response.putHeader("Allow", allowed);
        ProblemDetails.of(405, "Only " + allowed + " is accepted here.").answer(response);
    }

    private boolean trusted(HttpServerRequest request) {
        List<String> given = request.headers().getAll("Authorization");
        if (given.size() != 1 || !given.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] shown = given.get(0).substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, shown);
    }

    private void answer(ApiRoute route, HttpServerRequest request, String path, byte[] body, boolean trusted) {
        HttpServerResponse response = request.response();
        try {
            ApiRequest asked = new ApiRequest(
                    String.valueOf(route.match(path)),
                    parameters(route, request),
                    request.headers().getAll("Idempotency-Key"),
                    request.getHeader("Content-Type"),
                    body,
                    path,
                    trusted,
                    request.getHeader("If-Match"));
            route.work()
                    .answer(asked)
                    .whenComplete(
                            (answer, failure) -> send(response, failure == null ? answer : failed(route, failure)));
        } catch (Refusal e) {
            send(response, e.answer());
        } catch (RuntimeException | StackOverflowError e) { // who asked must not wait for ever
            send(response, failed(route, e));
        }
    }

    private static Map<String, String> parameters(ApiRoute route, HttpServerRequest request) throws Refusal {
        Map<String, String> parameters = new HashMap<>();
        try {
            for (Map.Entry<String, String> entry : request.params()) {
                if (!route.parameters().contains(entry.getKey())) {
                    throw new Refusal(
                            400,
                            route.parameters().isEmpty()
                                    ? "No parameters are accepted here."
                                    : "Only these parameters are accepted here: "
                                            + String.join(", ", route.parameters()) + ".");
                }
                if (parameters.put(entry.getKey(), entry.getValue()) != null) {
                    throw new Refusal(400, entry.getKey() + " stands twice in the address.");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "The address is not well-formed after its question mark.");
        }
        return parameters;
    }

    private static ApiResponse failed(ApiRoute route, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refusal.answer();
        }
        if (cause instanceof StoreException) {
            LOG.warn("admin {} {}: {}", route.method(), route.path(), cause.getMessage());
            return ApiResponse.problem(503, "The store is unavailable. Please try again.", Map.of("Retry-After", "5"));
        }
        // the class alone is sure to hold no content
        LOG.error(
                "admin {} {}: failed with {}",
                route.method(),
                route.path(),
                cause.getClass().getName());
        return ApiResponse.problem(500, "Internal error. See the log.");
    }

    private static void send(HttpServerResponse response, ApiResponse answer) {
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .end(io.vertx.core.buffer.Buffer.buffer(answer.body()));
    }
}
