// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.ruleset.RuleQueries;
import io.dragoman.app.ruleset.RuleQueries.RulesOverview;
import io.dragoman.app.trial.MessageTrial;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import io.dragoman.model.ProblemJson;
import io.dragoman.model.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules over the API: what they are, and what others would do. Blocks. */
final class RulesApi {
    private static final Duration USUAL = Duration.ofDays(30);
    private static final int MOST = 100_000;
    private static final int USUAL_MOST = 5_000;
    private static final int MOST_TEXTS = 20;

    private final @Nullable RuleQueries rules;
    private final Clock clock;

    /** @param rules null where the gateway was not started from files */
    RulesApi(@Nullable RuleQueries rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    ApiResponse overview(ApiRequest request) throws Refusal {
        RulesOverview overview = rules().overview();
        boolean operator = request.actor().role() == Role.OPERATOR;
        ApiResponse answer = ApiResponse.json(200, operator ? overview : overview.withoutFile());
        return new ApiResponse(
                answer.status(), answer.contentType(), answer.body(), Map.of("ETag", '"' + overview.etag() + '"'));
    }

    ApiResponse check(ApiRequest request) throws Refusal {
        return ApiResponse.json(200, rules().check(ConfigApi.text(ConfigApi.body(request), "yaml")));
    }

    ApiResponse attempt(ApiRequest request) throws Refusal {
        JsonFields body = ConfigApi.body(request);
        JsonNode yaml = body.node().path("yaml");
        try {
            JsonFields message = body.object("message");
            String at = message.findText("at").orElse(null);
            return ApiResponse.json(
                    200,
                    rules().attempt(
                                    yaml.isTextual() ? yaml.textValue() : null,
                                    message.text("channel"),
                                    trial(message),
                                    at == null ? null : request.time("at", at))
                            .orElseThrow(() -> new Refusal(404, "There is no channel with this id.")));
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        } catch (RuleQueries.Invalid e) {
            return invalid(e);
        }
    }

    private static MessageTrial trial(JsonFields message) throws MalformedPayload, Refusal {
        List<String> texts = new ArrayList<>(message.has("texts") ? message.texts("texts") : List.of());
        message.findText("text").ifPresent(texts::add);
        if (texts.isEmpty() || texts.size() > MOST_TEXTS || texts.stream().anyMatch(String::isBlank)) {
            throw new Refusal(400, "text, or 1 to " + MOST_TEXTS + " texts, must be there and not be blank.");
        }
        return new MessageTrial(
                message.findText("from").filter(from -> !from.isBlank()).orElse("somebody"),
                texts,
                List.of(),
                message.findText("subject").orElse(null),
                message.findText("language").orElse(null),
                attributes(message, "attributes"),
                new MessageTrial.Known(
                        message.has("contactTags") ? message.texts("contactTags") : List.of(),
                        attributes(message, "contactAttributes"),
                        List.of(),
                        Map.of()));
    }

    private static Map<String, String> attributes(JsonFields message, String name) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : message.node().path(name).properties()) {
            attributes.put(field.getKey(), field.getValue().asText());
        }
        return attributes;
    }

    ApiResponse backtest(ApiRequest request) throws Refusal {
        JsonFields body = ConfigApi.body(request);
        String yaml = ConfigApi.text(body, "yaml");
        try {
            String since = body.findText("since").orElse(null);
            Instant from = since == null ? clock.instant().minus(USUAL) : request.time("since", since);
            long limit = body.findNumber("limit").orElse((long) USUAL_MOST);
            if (limit < 1 || limit > MOST) {
                throw new Refusal(400, "limit must be a whole number from 1 to " + MOST + ".");
            }
            return ApiResponse.json(200, rules().backtest(yaml, from, (int) limit));
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        } catch (RuleQueries.Invalid e) {
            return invalid(e);
        }
    }

    ApiResponse startShadow(ApiRequest request) throws Refusal {
        try {
            return ApiResponse.json(200, rules().shadow(ConfigApi.text(ConfigApi.body(request), "yaml")));
        } catch (RuleQueries.Invalid e) {
            return invalid(e);
        }
    }

    ApiResponse shadow(ApiRequest request) throws Refusal {
        return ApiResponse.json(200, rules().shadow().orElseThrow(RulesApi::noShadow));
    }

    ApiResponse endShadow(ApiRequest request) throws Refusal {
        if (!rules().endShadow()) {
            throw noShadow();
        }
        return new ApiResponse(204, "application/json", new byte[0], Map.of());
    }

    private static Refusal noShadow() {
        return new Refusal(404, "No other rules run beside those that count.");
    }

    private static ApiResponse invalid(RuleQueries.Invalid invalid) {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("type", "about:blank")
                .put("title", invalid.getMessage())
                .put("status", 422);
        body.set("problems", Json.mapper().valueToTree(invalid.problems()));
        return new ApiResponse(422, ProblemJson.TYPE, Json.bytes(body), Map.of());
    }

    private RuleQueries rules() throws Refusal {
        if (rules == null) {
            throw new Refusal(409, "This gateway was not started from files, so there are no rules to look at.");
        }
        return rules;
    }
}
