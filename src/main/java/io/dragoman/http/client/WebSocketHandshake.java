// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.model.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The request with which a WebSocket begins, and its answer (RFC 6455 §4). */
final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);

    private final Socket socket;
    private final RandomGenerator random;

    WebSocketHandshake(Socket socket, RandomGenerator random) {
        this.socket = socket;
        this.random = random;
    }

    /** The other side speaks HTTP, but not this. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final String what;

        Refused(String what) {
            super(what);
            this.what = what;
        }

        /** A clause for behind the host's name. */
        String what() {
            return what;
        }
    }

    void begin(URI uri, Map<String, String> headers) throws IOException {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        socket.getOutputStream().write(request(uri, key, headers).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        String[] head = head(socket.getInputStream()).split("\r\n");
        String[] status = head[0].split(" ", 3);
        if (status.length < 2 || !status[1].equals("101")) {
            String code = status.length > 1 && status[1].matches("\\d{3}") ? status[1] : "no HTTP";
            throw new Refused("answered " + code + " instead of opening a WebSocket");
        }
        String expected = Base64.getEncoder()
                .encodeToString(Hashes.of("SHA-1", (key + GUID).getBytes(StandardCharsets.US_ASCII)));
        for (String line : head) {
            String[] header = line.split(":", 2);
            if (header.length == 2
                    && header[0].toLowerCase(Locale.ROOT).equals("sec-websocket-accept")
                    && header[1].strip().equals(expected)) {
                return;
            }
        }
        throw new Refused("opened a WebSocket that was not asked for");
    }

    private static String request(URI uri, String key, Map<String, String> headers) {
        String path = (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + key + "\r\n");
        headers.forEach((name, value) ->
                request.append(clean(name)).append(": ").append(clean(value)).append("\r\n"));
        return request.append("\r\n").toString();
    }

    /** What would end a header ends nothing. */
    private static String clean(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "");
    }

    /** Not one byte more: what follows is the first frame. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        long end = System.nanoTime() + LONGEST_WAIT;
        while (head.length() < LONGEST_HEAD) {
            int next = in.read();
            if (System.nanoTime() > end) {
                throw new SocketTimeoutException(); // drop by drop
            }
            if (next < 0) {
                throw new Refused("closed the connection instead of opening a WebSocket");
            }
            head.append((char) next);
            if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        throw new Refused("answered without an end instead of opening a WebSocket");
    }
}
