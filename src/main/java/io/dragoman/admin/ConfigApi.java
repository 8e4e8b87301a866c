// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.configure.ConfigurationChanges;
import io.dragoman.app.configure.ConfigurationChanges.Changed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import io.dragoman.model.ProblemJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changing the files of the configuration over the API. Blocks. */
final class ConfigApi {
    private final @Nullable ConfigurationChanges changes;

    /** @param changes null where the gateway was not started from files */
    ConfigApi(@Nullable ConfigurationChanges changes) {
        this.changes = changes;
    }

    ApiResponse overview(ApiRequest request) throws Refusal {
        return ApiResponse.json(200, changes().overview());
    }

    ApiResponse putChannel(ApiRequest request) throws Refusal {
        return put(Side.CHANNEL, request);
    }

    ApiResponse putDesk(ApiRequest request) throws Refusal {
        return put(Side.DESK, request);
    }

    ApiResponse removeChannel(ApiRequest request) throws Refusal {
        return answer(() -> changes().remove(Side.CHANNEL, request.id(), request.etag(), request.flag("dryRun")));
    }

    ApiResponse removeDesk(ApiRequest request) throws Refusal {
        return answer(() -> changes().remove(Side.DESK, request.id(), request.etag(), request.flag("dryRun")));
    }

    ApiResponse defaultDesk(ApiRequest request) throws Refusal {
        return answer(() -> changes().defaultDesk(request.id(), request.etag(), request.flag("dryRun")));
    }

    ApiResponse rules(ApiRequest request) throws Refusal {
        String yaml = text(body(request), "yaml");
        return answer(() -> changes().rules(yaml, request.etag(), request.flag("dryRun")));
    }

    ApiResponse secret(ApiRequest request) throws Refusal {
        Secret value = new Secret(text(body(request), "value"));
        try {
            return ApiResponse.json(200, changes().secret(request.id(), value));
        } catch (ConfigurationChanges.Refused e) {
            return refused(e);
        }
    }

    ApiResponse removeSecret(ApiRequest request) throws Refusal {
        try {
            changes().removeSecret(request.id());
            return new ApiResponse(204, "application/json", new byte[0], Map.of());
        } catch (ConfigurationChanges.Refused e) {
            return refused(e);
        }
    }

    private ApiResponse put(Side side, ApiRequest request) throws Refusal {
        JsonFields body = body(request);
        String kind = text(body, "kind");
        Map<String, @Nullable String> settings = settings(body.node().path("settings"));
        return answer(() -> changes().put(side, request.id(), kind, settings, request.etag(), request.flag("dryRun")));
    }

    /** Texts, and numbers and flags as they are written; null takes a setting out. */
    private static Map<String, @Nullable String> settings(JsonNode given) throws Refusal {
        if (!given.isObject()) {
            throw new Refusal(400, "settings must be an object: each setting by its name, with dots for levels.");
        }
        Map<String, @Nullable String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            if (field.getValue().isContainerNode()) {
                throw new Refusal(400, "Each of settings must be a text, or null to take it out.");
            }
            settings.put(
                    field.getKey(),
                    field.getValue().isNull() ? null : field.getValue().asText());
        }
        return settings;
    }

    @FunctionalInterface
    private interface Change {
        Changed make() throws ConfigurationChanges.Refused, Refusal;
    }

    private static ApiResponse answer(Change change) throws Refusal {
        try {
            Changed changed = change.make();
            ApiResponse answer = ApiResponse.json(200, changed);
            return new ApiResponse(
                    answer.status(), answer.contentType(), answer.body(), Map.of("ETag", '"' + changed.etag() + '"'));
        } catch (ConfigurationChanges.Refused e) {
            return refused(e);
        }
    }

    private static ApiResponse refused(ConfigurationChanges.Refused refused) {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("type", "about:blank")
                .put("title", refused.getMessage())
                .put("status", refused.status());
        if (!refused.places().isEmpty()) {
            ArrayNode problems = body.putArray("problems");
            refused.places().forEach(place -> problems.add(Json.mapper().<JsonNode>valueToTree(place)));
        }
        return new ApiResponse(refused.status(), ProblemJson.TYPE, Json.bytes(body), Map.of());
    }

    private ConfigurationChanges changes() throws Refusal {
        if (changes == null) {
            throw new Refusal(409, "This gateway was not started from files, so there are none to change.");
        }
        return changes;
    }

    static JsonFields body(ApiRequest request) throws Refusal {
        request.requireJson();
        try {
            return JsonFields.of(request.body());
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }

    /** A text exactly as it was sent: a secret or a file is not tidied up. */
    static String text(JsonFields body, String name) throws Refusal {
        String text = body.node().path(name).textValue();
        if (text == null) {
            throw new Refusal(400, name + " must be a text.");
        }
        return text;
    }
}
