// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** One who listens to what happens on the admin port, and keeps each line as it came. */
final class Listener implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Stream<String> body;
    private final Thread thread;

    /** @param lastId null for one who is new */
    Listener(TestGateway test, String lastId) {
        this(test, TestGateway.TOKEN.value(), lastId);
    }

    /** Of whoever has this token. */
    Listener(TestGateway test, String token, String lastId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + test.gateway.adminPort() + "/api/v1/stream"))
                .header("Authorization", "Bearer " + token);
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<Stream<String>> response;
        try {
            response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        body = response.body();
        if (response.statusCode() != 200) {
            body.close();
        }
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        thread = new Thread(() -> {
            try {
                body.forEach(lines::add);
            } catch (UncheckedIOException e) {
                // closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** The last place that was given; null for none yet. */
    String lastId() {
        return lines.stream()
                .filter(line -> line.startsWith("id: "))
                .reduce((a, b) -> b)
                .map(line -> line.substring(4))
                .orElse(null);
    }

    boolean has(String event, String text) {
        return data(event).stream().anyMatch(one -> one.toString().contains(text));
    }

    /** What came with an event, in order. */
    List<JsonNode> data(String event) {
        List<JsonNode> found = new ArrayList<>();
        List<String> all = List.copyOf(lines);
        for (int i = 0; i + 1 < all.size(); i++) {
            if (all.get(i).equals("event: " + event)) {
                try {
                    found.add(Json.tree(all.get(i + 1).substring(6).getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return found;
    }

    boolean ended() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        body.close();
    }
}
