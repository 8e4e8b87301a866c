// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who answers which path of the public port: exact paths, and {@code /media/} by its id. Anything else is 404. The path
 * is compared as it was sent, so that no encoding or doubled slash leads anywhere else.
 */
public final class PublicRouter implements HttpListener.Handler {
    private static final String MEDIA = "/media/";

    /** What stands at the end of a path for everything one level below it. */
    public static final String BELOW = "*";

    private final Map<String, HttpListener.Handler> paths = new ConcurrentHashMap<>();
    private final HttpListener.Handler media;
    private final Predicate<String> coming;
    private final UnknownAddresses unknown;
    private final Map<HttpServerRequest, Runnable> closing = new ConcurrentHashMap<>();
    private volatile Runnable stop = () -> {};
    private volatile Function<HttpServerRequest, String> clients = request -> "";
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

    /** Who answers every path one level below another, put there as {@code <path>/*}. */
    private HttpListener.@Nullable Handler below(String path) {
        return paths.get(path.substring(0, path.lastIndexOf('/') + 1) + BELOW);
    }

    @Override
    public void refuseBy(AuthFailureTracker refusals) {
        this.refusals = refusals;
    }

    @Override
    public void clientsBy(Function<HttpServerRequest, String> clients) {
        this.clients = clients;
    }

    /** The address of whoever sent a request, past the proxies that are trusted. */
    public String client(HttpServerRequest request) {
        return clients.apply(request);
    }

    /** Runs {@code gone} when the client of a request under way is gone; null takes that back. */
    public void onClose(HttpServerRequest request, @Nullable Runnable gone) {
        if (gone == null) {
            closing.remove(request);
        } else {
            closing.put(request, gone);
        }
    }

    /** Runs when the port stops. */
    public void onStop(Runnable last) {
        stop = last;
    }

    @Override
    public void closed(HttpServerRequest request) {
        Runnable gone = closing.remove(request);
        if (gone != null) {
            gone.run();
        }
    }

    @Override
    public void stopping() {
        stop.run();
    }

    /** Refuses a request whose authentication failed. */
    public void refuse(HttpServerRequest request, ProblemDetails problem) {
        refusals.refuse(request, problem);
    }

    @Override
    public void handle(HttpServerRequest request, byte[] body) {
        String path = request.path();
        HttpListener.Handler handler = path == null ? null : paths.getOrDefault(path, below(path));
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
