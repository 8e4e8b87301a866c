// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a Bot API request: query string, JSON, form or form with files, all alike. */
final class BotParameters {
    static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode values = JSON.createObjectNode();
    private final Map<String, byte[]> files = new HashMap<>();

    private BotParameters() {}

    static BotParameters of(String contentType, @Nullable String query, byte[] body) throws IOException {
        BotParameters parameters = new BotParameters();
        parameters.urlEncoded(query);
        if (contentType.startsWith("application/json") && body.length > 0) {
            JsonNode json = JSON.readTree(body);
            if (json instanceof ObjectNode object) {
                parameters.values.setAll(object);
            }
        } else if (contentType.startsWith("application/x-www-form-urlencoded")) {
            parameters.urlEncoded(new String(body, StandardCharsets.UTF_8));
        } else {
            parameters.multipart(contentType, body);
        }
        return parameters;
    }

    String text(String name) {
        JsonNode value = values.path(name);
        return value.isContainerNode() ? value.toString() : value.asText("");
    }

    long number(String name) {
        try {
            return Long.parseLong(text(name).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    boolean has(String name) {
        return values.hasNonNull(name) || files.containsKey(name);
    }

    /** A structure: as such in JSON, as its text in a form. */
    JsonNode structure(String name) {
        JsonNode value = values.path(name);
        if (!value.isTextual()) {
            return value;
        }
        try {
            return JSON.readTree(value.textValue());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    byte @Nullable [] file(String name) {
        return files.get(name);
    }

    private void urlEncoded(@Nullable String text) {
        UrlEncoded params = UrlEncoded.read(text);
        params.names().forEach(name -> values.put(name, params.get(name)));
    }

    private void multipart(String contentType, byte[] body) {
        MultipartReader.read(contentType, body).forEach((name, field) -> {
            if (field.file()) {
                files.put(name, field.content());
            } else {
                values.put(name, field.text());
            }
        });
    }
}
