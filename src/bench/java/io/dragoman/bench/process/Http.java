// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The few questions that a benchmark itself asks of servers on this machine. */
final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    static HttpResponse<String> get(int port, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits until the path is answered with any status below 300. */
    static void await(Process server, int port, String path, Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!answers(port, path)) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new IOException("nothing answers on port " + port + " for " + path);
            }
            pause(Duration.ofMillis(10));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean answers(int port, String path) {
        try {
            return get(port, path).statusCode() < 300;
        } catch (IOException e) {
            return false;
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", e);
    }
}
