// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served.Body;
import io.dragoman.model.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file of the widget: read once, revalidated by its hash. */
record WidgetFile(String name, String type, byte[] bytes, String tag) {
    private static final Map<String, WidgetFile> FILES = Stream.of(
                    load("chat.js", "text/javascript; charset=utf-8"),
                    load("frame", "text/html; charset=utf-8"),
                    load("frame.mjs", "text/javascript; charset=utf-8"),
                    load("feed.mjs", "text/javascript; charset=utf-8"),
                    load("hours.mjs", "text/javascript; charset=utf-8"),
                    load("survey.mjs", "text/javascript; charset=utf-8"),
                    load("typing.mjs", "text/javascript; charset=utf-8"),
                    load("words.mjs", "text/javascript; charset=utf-8"),
                    load("frame.css", "text/css; charset=utf-8"))
            .collect(Collectors.toMap(WidgetFile::name, Function.identity()));

    /** So long a browser need not ask again; then a new version of the gateway is seen. */
    private static final String CACHED = "public, max-age=300, must-revalidate";

    private static WidgetFile load(String name, String type) {
        String file = name.equals("frame") ? "frame.html" : name;
        try (InputStream in = WidgetFile.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is missing from the program");
            }
            byte[] bytes = in.readAllBytes();
            return new WidgetFile(
                    name, type, bytes, '"' + Hashes.sha256Hex(bytes).substring(0, 32) + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<WidgetFile> find(String name) {
        return Optional.ofNullable(FILES.get(name));
    }

    /** The file, or that it has not changed. */
    Body serve(Account account, Request request, Map<String, String> headers) {
        headers.put("ETag", tag);
        headers.put("Cache-Control", CACHED);
        if (name.equals("chat.js")) {
            headers.put("Cross-Origin-Resource-Policy", "cross-origin"); // it is made for other sites
            headers.put("Access-Control-Allow-Origin", "*"); // so that a page may demand its hash (SRI)
        }
        headers.put("Content-Security-Policy", policy(account));
        boolean same = request.header("If-None-Match").filter(tag::equals).isPresent();
        return same ? new Body(304, type, new byte[0]) : new Body(200, type, bytes);
    }

    /** Only the listed websites may frame it, and it loads nothing from anywhere else. */
    private static String policy(Account account) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                + " form-action 'none'; base-uri 'none'; frame-ancestors "
                + String.join(" ", account.get(WebChat.ORIGINS).sorted());
    }
}
