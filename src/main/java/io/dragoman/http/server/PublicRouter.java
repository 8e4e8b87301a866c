// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Who answers which path of the public port: exact paths, and {@code /media/} by its id. Anything else is 404. The path
 * is compared as it was sent, so that no encoding or doubled slash leads anywhere else.
 */
public final class PublicRouter implements HttpListener.Handler {
    private static final String MEDIA = "/media/";

    private final Map<String, HttpListener.Handler> paths = new ConcurrentHashMap<>();
    private final HttpListener.Handler media;
    private final Predicate<String> coming;
    private final UnknownAddresses unknown;
    private volatile AuthFailureTracker refusals = AuthFailureTracker.UNCOUNTED;

    /**
     * @param media answers {@code /media/<id>}
     * @param coming whether a path without a handler will have one soon: it is busy, not unknown
     * @param meters counts what is posted to accounts that are not there
     */
    public PublicRouter(HttpListener.Handler media, Predicate<String> coming, MeterRegistry meters) {
        this.media = media;
        this.coming = coming;
        this.unknown = new UnknownAddresses(meters);
    }

    /** Puts a handler at a path, such as {@code /channels/shop-whatsapp}. */
    public void add(String path, HttpListener.Handler handler) {
        paths.put(path, handler);
    }

    /** Takes a handler from its path, where it is still the one. */
    public void remove(String path, HttpListener.Handler handler) {
        paths.remove(path, handler);
    }

    @Override
    public void refuseBy(AuthFailureTracker refusals) {
        this.refusals = refusals;
    }

    /** Refuses a request whose authentication failed. */
    public void refuse(HttpServerRequest request, ProblemDetails problem) {
        refusals.refuse(request, problem);
    }

    @Override
    public void handle(HttpServerRequest request, byte[] body) {
        String path = request.path();
        HttpListener.Handler handler = path == null ? null : paths.get(path);
        if (handler != null) {
            handler.handle(request, body);
        } else if (path != null && path.startsWith(MEDIA) && path.indexOf('/', MEDIA.length()) < 0) {
            media.handle(request, body);
        } else if (path != null && coming.test(path)) {
            request.response().putHeader("Retry-After", "5");
            ProblemDetails.of(503, "The gateway is unavailable. Please send it again.")
                    .answer(request.response());
        } else {
            unknown.asked(String.valueOf(path), System.nanoTime());
            ProblemDetails.of(404, "There is nothing at this address.").answer(request.response());
        }
    }
}
