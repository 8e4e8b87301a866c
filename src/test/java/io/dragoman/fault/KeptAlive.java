// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;

/**
 * One connection on which requests are posted one after the other: a client that costs next to nothing, so that the
 * processor is left to the gateway. For one thread.
 */
final class KeptAlive {
    private static final int PATIENCE_MILLIS = 10_000;

    private Socket socket;
    private InputStream in;

    /** Posts and returns the status. */
    int post(HttpRequest request) throws IOException {
        return post(request, request.uri().getPort());
    }

    /** Posts to where the request says, at this port, and returns the status. */
    int post(HttpRequest request, int port) throws IOException {
        URI uri = request.uri();
        byte[] body = body(request);
        StringBuilder head = new StringBuilder("POST " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nContent-Length: " + body.length + "\r\n");
        request.headers().map().forEach((name, values) -> head.append(name + ": " + values.get(0) + "\r\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length + 2);
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        try {
            connect(port);
            bytes.writeTo(socket.getOutputStream());
            return answer();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void connect(int port) throws IOException {
        if (socket == null) {
            Socket fresh = new Socket();
            fresh.setTcpNoDelay(true);
            fresh.setSoTimeout(PATIENCE_MILLIS);
            socket = fresh;
            fresh.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            in = new BufferedInputStream(fresh.getInputStream());
        }
    }

    private int answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        boolean ends = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            ends |= lower.startsWith("connection: close");
        }
        in.skipNBytes(length);
        if (ends) {
            close();
        }
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the gateway hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** The bytes of a request that is in memory. */
    static byte[] body(HttpRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                byte[] some = new byte[piece.remaining()];
                piece.get(some);
                bytes.writeBytes(some);
            }

            @Override
            public void onError(Throwable failure) {
                throw new IllegalStateException(failure);
            }

            @Override
            public void onComplete() {
                // all of it was in memory: it is here before subscribe returns
            }
        });
        return bytes.toByteArray();
    }
}
