// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads server-sent events as a browser does (WHATWG HTML §9.2), as far as they are used. */
final class EventStream implements AutoCloseable {
    final int status;
    final HttpResponse<InputStream> response;
    private final List<JsonNode> entries = new CopyOnWriteArrayList<>();
    private final List<JsonNode> signals = new CopyOnWriteArrayList<>();
    private final List<JsonNode> all = new CopyOnWriteArrayList<>();
    private final List<Long> ids = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    EventStream(HttpClient http, HttpRequest request) throws Exception {
        response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        status = response.statusCode();
        Thread reader = new Thread(this::read, "events");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (java.io.BufferedReader in =
                new java.io.BufferedReader(new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                if (text.startsWith("id: ")) {
                    ids.add(Long.parseLong(text.substring(4)));
                } else if (text.startsWith("data: ")) {
                    JsonNode entry = Json.tree(text.substring(6).getBytes(StandardCharsets.UTF_8));
                    all.add(entry);
                    if (entry.path("type").asText().equals("message")) {
                        entries.add(entry);
                    } else if (!entry.has("seq")) {
                        signals.add(entry);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // closed, by either side
        }
        over = true;
    }

    /** Waits for so many messages; other entries are not counted. */
    List<JsonNode> await(int count) {
        TestGateway.await(count + " entries, after " + entries, () -> entries.size() >= count);
        return List.copyOf(entries);
    }

    /** Waits for an entry of a type: the first. */
    JsonNode awaitEntry(String type) {
        TestGateway.await(type + " in " + all, () -> find(type).isPresent());
        return find(type).orElseThrow();
    }

    private Optional<JsonNode> find(String type) {
        return all.stream()
                .filter(entry -> entry.path("type").asText().equals(type))
                .findFirst();
    }

    /** Waits for so many things of the moment, which have no number. */
    List<JsonNode> awaitSignals(int count) {
        TestGateway.await(count + " signals, after " + signals, () -> signals.size() >= count);
        return List.copyOf(signals);
    }

    /** The numbers of all entries by now. */
    List<Long> ids() {
        return List.copyOf(ids);
    }

    /** The text of the first part of each message by now. */
    List<String> texts() {
        return entries.stream()
                .map(entry -> entry.path("parts").path(0).path("text").asText())
                .toList();
    }

    void awaitEnd() {
        TestGateway.await("the end of the stream", () -> over);
    }

    void hangUp() throws IOException {
        response.body().close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
