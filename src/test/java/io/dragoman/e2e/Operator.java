// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.Bootstrap;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.UUID;

/** Uses the API of a world's gateway, with its token. */
record Operator(World world) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Posts JSON below {@code /api/v1/} with a new key and returns the status. */
    int post(String path, String json) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + world.gateway().adminPort() + "/api/v1/" + path))
                    .header("Authorization", "Bearer " + token())
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a path of the admin port answers. */
    JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + world.gateway().adminPort() + path))
                    .header("Authorization", "Bearer " + token())
                    .build();
            return Json.tree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token() throws IOException {
        return Files.readString(world.home().resolve("data").resolve(Bootstrap.ADMIN_TOKEN))
                .strip();
    }
}
