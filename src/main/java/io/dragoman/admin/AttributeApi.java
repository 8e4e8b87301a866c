// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.contact.AttributeChanges;
import io.dragoman.app.contact.AttributeChanges.KeyColumn;
import io.dragoman.app.contact.AttributeChanges.Result;
import io.dragoman.app.contact.AttributeChanges.Row;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the business knows of contacts, set over the API. Blocks. */
final class AttributeApi {
    private static final int MOST_ROWS = 1_000;

    private final AttributeChanges attributes;

    AttributeApi(AttributeChanges attributes) {
        this.attributes = attributes;
    }

    /** What is answered. */
    private record Attributes(Map<String, String> attributes) {}

    /** Sets those that are named, and leaves the others. */
    ApiResponse patch(ApiRequest request) throws Refusal {
        return set(request, false);
    }

    /** Sets those that are named, and takes the others away. */
    ApiResponse put(ApiRequest request) throws Refusal {
        return set(request, true);
    }

    private ApiResponse set(ApiRequest request, boolean all) throws Refusal {
        Map<String, @Nullable String> values =
                values(ConfigApi.body(request).node().path("attributes"), "attributes");
        Result result = attributes.change(request.id(), values, all, "api", request.actor());
        if (result instanceof Result.Done done) {
            return ApiResponse.json(200, new Attributes(done.attributes()));
        } else if (result instanceof Result.Refused refused) {
            throw new Refusal(422, refused.why());
        }
        throw new Refusal(404, "There is no contact with this id.");
    }

    /** Sets what the rows of a table say. */
    ApiResponse take(ApiRequest request) throws Refusal {
        JsonFields body = ConfigApi.body(request);
        try {
            KeyColumn key = Words.find(KeyColumn.class, body.text("key"))
                    .orElseThrow(() -> new Refusal(400, "key must be one of phone, email and id."));
            String country = body.findText("country").orElse(null);
            if (country != null && !country.matches("[A-Z]{2}")) {
                throw new Refusal(400, "country must be two capital letters, such as DE.");
            }
            List<Row> rows = new ArrayList<>();
            for (JsonFields row : body.objects("rows")) {
                Map<String, String> values = new LinkedHashMap<>();
                values(row.node().path("attributes"), "rows.attributes")
                        .forEach((name, value) -> values.put(name, value == null ? "" : value));
                rows.add(new Row((int) row.number("line"), row.text("key"), values));
            }
            if (rows.size() > MOST_ROWS) {
                throw new Refusal(400, "rows may have at most " + MOST_ROWS + " rows.");
            }
            return ApiResponse.json(200, attributes.take(rows, key, country, body.flag("dryRun"), request.actor()));
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }

    private static Map<String, @Nullable String> values(JsonNode object, String name) throws Refusal {
        if (!object.isObject()) {
            throw new Refusal(400, name + " must be an object with a text for each name, or null.");
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getValue().isContainerNode()) {
                throw new Refusal(400, name + " must have a text for each name, or null.");
            }
            values.put(
                    field.getKey(),
                    field.getValue().isNull() ? null : field.getValue().asText());
        }
        return values;
    }
}
