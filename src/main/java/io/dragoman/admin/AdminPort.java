// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.admin.access.Gatekeeper;
import io.dragoman.admin.access.Gatekeeper.Visitor;
import io.dragoman.admin.access.Principal;
import io.dragoman.admin.access.Session;
import io.dragoman.app.audit.FailedLogins;
import io.dragoman.http.server.AuthFailureTracker;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.ProblemDetails;
import io.dragoman.model.Role;
import io.dragoman.model.Words;
import io.dragoman.store.StoreException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who answers what on the admin port. Everything but the bare status of health, the login and the files of the console
 * requires a bearer token or a session, even to find out which addresses exist. Paths are compared as they were sent.
 */
public final class AdminPort implements HttpListener.Handler {
    /** The largest body that is taken: a message is text and links. */
    public static final int LARGEST_BODY = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AdminPort.class);
    private static final String API = "/api/v1/";
    private static final String CONSOLE = "/console";
    /** Parameters that others put tokens into. */
    private static final Set<String> TOKENS = Set.of("token", "access_token", "api_key", "apikey", "bearer");

    private static final ProblemDetails NO_TOKEN = ProblemDetails.of(
            401,
            "The admin token is missing or wrong, or the session has ended. Send: Authorization: Bearer TOKEN, or log in.");
    private static final ProblemDetails NOT_LET_IN =
            ProblemDetails.of(401, "The login is refused: what was shown is wrong, or holds no more.");
    private static final ProblemDetails IN_ADDRESS = ProblemDetails.of(
            400,
            "A token must not stand in an address, where logs and histories keep it. Send: Authorization: Bearer TOKEN.");
    private static final ProblemDetails FOREIGN = ProblemDetails.of(
            403,
            "A request by a session that changes something must carry its X-CSRF-Token, and come from the console itself.");
    private static final ProblemDetails NOTHING =
            ProblemDetails.of(404, "There is nothing at this address. GET /api/v1/openapi.json lists what there is.");

    private final Gatekeeper gatekeeper;
    private final List<ApiRoute> routes;
    private final FailedLogins failures;
    private final Map<HttpServerRequest, Runnable> streams = new ConcurrentHashMap<>();
    private final HttpListener.Handler console;
    private volatile AuthFailureTracker refusals = AuthFailureTracker.UNCOUNTED;
    private volatile Function<HttpServerRequest, String> clients = request -> "";
    private volatile Predicate<HttpServerRequest> https = request -> false;

    /** @param console answers what is below {@code /console} and no route */
    AdminPort(Gatekeeper gatekeeper, List<ApiRoute> routes, HttpListener.Handler console, FailedLogins failures) {
        this.failures = failures;
        this.gatekeeper = gatekeeper;
        this.routes = List.copyOf(routes);
        this.console = console;
    }

    /** Every route as {@code GET /path/{id}?parameter&parameter}. */
    public List<String> table() {
        return routes.stream()
                .map(route -> route.method() + " " + route.path()
                        + (route.parameters().isEmpty() ? "" : "?" + String.join("&", route.parameters())))
                .toList();
    }

    /** The least role of every route that is not open, by its method and path. */
    public Map<String, Role> roles() {
        return routes.stream()
                .filter(route -> !route.open())
                .collect(Collectors.toMap(route -> route.method() + " " + route.path(), ApiRoute::role));
    }

    @Override
    public void refuseBy(AuthFailureTracker refusals) {
        this.refusals = refusals;
    }

    @Override
    public void clientsBy(Function<HttpServerRequest, String> clients) {
        this.clients = clients;
    }

    @Override
    public void httpsBy(Predicate<HttpServerRequest> https) {
        this.https = https;
    }

    /** A bearer token, and everything that an open route for logging in takes. */
    @Override
    public boolean guesses(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        return request.headers().contains("Authorization")
                || routes.stream()
                        .anyMatch(route -> route.logsIn(request.method().name(), path));
    }

    @Override
    public void handle(HttpServerRequest request, byte[] body) {
        HttpServerResponse response = request.response();
        response.putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        String path = request.path() == null ? "" : request.path();
        List<ApiRoute> matching =
                routes.stream().filter(route -> route.match(path) != null).toList();
        if (matching.isEmpty() && (path.equals(CONSOLE) || path.startsWith(CONSOLE + "/"))) {
            if (tokenInAddress(request)) {
                IN_ADDRESS.answer(response);
            } else {
                console.handle(request, body);
            }
        } else {
            handle(request, body, path, matching);
        }
    }

    private void handle(HttpServerRequest request, byte[] body, String path, List<ApiRoute> matching) {
        HttpServerResponse response = request.response();
        Optional<ApiRoute> route = matching.stream()
                .filter(one -> one.method().equals(request.method().name()))
                .findFirst();
        boolean open = route.map(ApiRoute::open)
                .orElse(!matching.isEmpty() && matching.stream().allMatch(ApiRoute::open));
        boolean cookies = path.startsWith(API) || path.startsWith(CONSOLE);
        Visitor visitor = gatekeeper.look(request.headers(), cookies);
        // a wrong token is refused everywhere: an open route that tells it from a right one would help to guess
        if (visitor.guessed() || (visitor.identity() == null && !open)) {
            response.putHeader("WWW-Authenticate", "Bearer");
            if (visitor.guessed()) {
                failures.failed(clients.apply(request));
            }
            (visitor.guessed() ? refusals : AuthFailureTracker.UNCOUNTED).refuse(request, NO_TOKEN);
        } else if (tokenInAddress(request)) {
            IN_ADDRESS.answer(response);
        } else if (matching.isEmpty()) {
            NOTHING.answer(response);
        } else if (route.isEmpty()) {
            wrongMethod(response, matching);
        } else {
            admit(route.get(), request, path, body, visitor);
        }
    }

    /** Lets who asks do what they may. */
    private void admit(ApiRoute route, HttpServerRequest request, String path, byte[] body, Visitor visitor) {
        Principal identity = visitor.identity();
        boolean foreign = !route.reads()
                && (visitor.session() == null
                        ? route.open() && !Gatekeeper.sameOrigin(request.headers())
                        : !route.open() && !Gatekeeper.ownPage(visitor.session(), request.headers()));
        if (foreign) {
            FOREIGN.answer(request.response());
        } else if (!route.open() && (identity == null || !identity.role().includes(route.role()))) {
            ProblemDetails.of(403, "This needs the role " + Words.of(route.role()) + ".")
                    .answer(request.response());
        } else {
            Caller caller = new Caller(clients.apply(request), https.test(request), identity, visitor.session());
            answer(route, request, path, body, caller);
        }
    }

    private static boolean tokenInAddress(HttpServerRequest request) {
        try {
            return request.query() != null
                    && request.params().names().stream()
                            .anyMatch(name -> TOKENS.contains(name.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return false; // what is not well-formed is refused later
        }
    }

    private static void wrongMethod(HttpServerResponse response, List<ApiRoute> matching) {
        String allowed =
                String.join(", ", matching.stream().map(ApiRoute::method).toList());
        response.putHeader("Allow", allowed);
        ProblemDetails.of(405, "Only " + allowed + " is accepted here.").answer(response);
    }

    /** Whether who asked may go on to see what they asked for. */
    private boolean goesOn(ApiRoute route, HttpServerRequest request, Caller caller) {
        Session session = caller.session();
        if (session != null) {
            return gatekeeper.goesOn(session);
        }
        Principal now = gatekeeper.look(request.headers(), false).identity();
        return now != null && now.role().includes(route.role());
    }

    private void answer(ApiRoute route, HttpServerRequest request, String path, byte[] body, Caller caller) {
        try {
            ApiRequest asked = new ApiRequest(
                    String.valueOf(route.match(path)),
                    parameters(route, request),
                    request.headers().getAll("Idempotency-Key"),
                    request.getHeader("Content-Type"),
                    body,
                    path,
                    route.open() ? request.headers().getAll("Cookie") : List.of(),
                    caller,
                    request.getHeader("If-Match"));
            route.work().answer(asked).whenComplete((answer, failure) -> {
                ApiResponse whole = failure == null ? answer : failed(route, failure);
                ApiStream stream = whole.stream();
                if (stream == null) {
                    send(route, request, whole);
                } else {
                    begin(stream, request, () -> goesOn(route, request, caller));
                }
            });
        } catch (Refusal e) {
            send(route, request, e.answer());
        } catch (RuntimeException | StackOverflowError e) { // who asked must not wait for ever
            send(route, request, failed(route, e));
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

    private void begin(ApiStream stream, HttpServerRequest request, BooleanSupplier allowed) {
        streams.put(request, stream.begin(request, allowed));
        if (request.response().closed()) {
            closed(request);
        }
    }

    private void send(ApiRoute route, HttpServerRequest request, ApiResponse answer) {
        if (route.open() && answer.status() == 401) {
            failures.failed(clients.apply(request));
            refusals.refuse(request, NOT_LET_IN);
            return;
        }
        HttpServerResponse response = request.response();
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status());
        if (answer.body().length > 0) {
            response.putHeader("Content-Type", answer.contentType());
        }
        response.end(Buffer.buffer(answer.body()));
    }

    @Override
    public void closed(HttpServerRequest request) {
        Runnable end = streams.remove(request);
        if (end != null) {
            end.run();
        }
    }

    @Override
    public void stopping() {
        List.copyOf(streams.keySet()).forEach(this::closed);
        failures.tell();
    }
}
