// SPDX-License-Identifier: Apache-2.0
package io.dragoman.console;

import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.ProblemDetails;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the files of the console, from the class path alone. They hold no data and no secret, so everybody may have
 * them. Each is read, hashed and compressed once.
 */
public final class ConsoleFiles implements HttpListener.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleFiles.class);
    private static final String BELOW = "/console/";
    private static final String LIBRARIES = "lib/";

    /** Ours by their form: no dot but that of the ending, so that no path leads out. */
    private static final Pattern OWN =
            Pattern.compile("([a-z0-9-]{1,40}/){0,3}[a-z0-9-]{1,60}\\.(html|mjs|css|svg|json)");

    /** Others' by their names, and where they are in their jars: nothing else of these is sent. */
    static final Map<String, String> LIBRARY_FILES = Map.of(
            "preact/dist/preact.module.js", "preact/10.27.2/dist/preact.module.js",
            "preact/hooks/dist/hooks.module.js", "preact/10.27.2/hooks/dist/hooks.module.js",
            "uplot/dist/uPlot.esm.js", "uplot/1.6.30/dist/uPlot.esm.js",
            "uplot/dist/uPlot.min.css", "uplot/1.6.30/dist/uPlot.min.css");

    private final Vertx vertx;
    private final String base;
    private final Map<String, ConsoleFile> files = new ConcurrentHashMap<>();

    /** @param base what stands before every path in a browser; empty but for a tenant's console */
    public ConsoleFiles(Vertx vertx, String base) {
        this.vertx = vertx;
        this.base = base;
    }

    @Override
    public void handle(HttpServerRequest request, byte[] body) {
        HttpServerResponse response = request.response();
        String method = request.method().name();
        String path = String.valueOf(request.path());
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.putHeader("Allow", "GET, HEAD");
            ProblemDetails.of(405, "Only GET, HEAD is accepted here.").answer(response);
        } else if (!path.startsWith(BELOW)) {
            response.putHeader("Location", base + BELOW).setStatusCode(302).end();
        } else {
            String name = path.equals(BELOW) ? "index.html" : path.substring(BELOW.length());
            ConsoleFile known = files.get(name);
            if (known != null) {
                send(request, known);
            } else {
                vertx.executeBlocking(() -> load(name), false)
                        .onSuccess(file -> file.ifPresentOrElse(found -> send(request, found), () -> nothing(response)))
                        .onFailure(failure -> failed(response, failure));
            }
        }
    }

    private static void nothing(HttpServerResponse response) {
        ProblemDetails.of(404, "The console has no such file.").answer(response);
    }

    private static void failed(HttpServerResponse response, Throwable failure) {
        LOG.error("a file of the console cannot be read: {}", failure.getClass().getName());
        ProblemDetails.of(500, "Internal error. See the log.").answer(response);
    }

    private Optional<ConsoleFile> load(String name) {
        Optional<String> resource = resource(name);
        if (resource.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = ConsoleFiles.class.getClassLoader().getResourceAsStream(resource.get())) {
            if (in == null) {
                return Optional.empty();
            }
            ConsoleFile file = ConsoleFile.of(name, in.readAllBytes());
            files.put(name, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where on the class path a file is; empty for what is never sent. */
    static Optional<String> resource(String name) {
        if (name.startsWith(LIBRARIES)) {
            return Optional.ofNullable(LIBRARY_FILES.get(name.substring(LIBRARIES.length())))
                    .map(file -> "META-INF/resources/webjars/" + file);
        }
        return OWN.matcher(name).matches() ? Optional.of("io/dragoman/console/" + name) : Optional.empty();
    }

    private static void send(HttpServerRequest request, ConsoleFile file) {
        HttpServerResponse response = request.response();
        file.headers().forEach(response::putHeader);
        // contained, for a list of them, and because a proxy that compresses marks it as weak
        if (String.valueOf(request.getHeader("If-None-Match")).contains(file.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        boolean compressed =
                String.valueOf(request.getHeader("Accept-Encoding")).contains("gzip");
        byte[] bytes = compressed ? file.compressed() : file.plain();
        if (compressed) {
            response.putHeader("Content-Encoding", "gzip");
        }
        response.putHeader("Content-Type", file.type());
        if (request.method().name().equals("HEAD")) {
            response.putHeader("Content-Length", String.valueOf(bytes.length)).end();
        } else {
            response.end(Buffer.buffer(bytes));
        }
    }
}
