// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a message has fields, each with a text for readers: orders, forms, products, advertisements. */
final class StructuredParts {
    /** What a flow is known by stands among the answers. */
    private static final String TOKEN = "flow_token";

    private StructuredParts() {}

    /** The product that is asked about, and where the customer came from. */
    static PartList beside(JsonFields message, PartList parts) {
        JsonFields product = message.inner("context").inner("referred_product");
        if (product.node().isObject()) {
            String id = product.word("product_retailer_id");
            parts.structured("product", id == null ? "About a product" : "About the product " + id, product.node());
        }
        JsonFields referral = message.inner("referral");
        if (referral.node().isObject()) {
            boolean post = "post".equals(referral.word("source_type"));
            parts.structured(
                    "referral",
                    lines(
                            post ? "Came from a post" : "Came from an advertisement",
                            referral.word("headline"),
                            referral.word("body"),
                            referral.word("source_url")),
                    referral.node());
        }
        return parts;
    }

    static void order(JsonFields order, PartList parts) {
        parts.text(order.word("text"));
        List<String> lines = new ArrayList<>();
        for (JsonFields item : order.each("product_items")) {
            String price = lines(item.word("item_price"), item.word("currency")).replace('\n', ' ');
            lines.add(Objects.requireNonNullElse(item.word("quantity"), "1")
                    + " × "
                    + Objects.requireNonNullElse(item.word("product_retailer_id"), "?")
                    + (price.isEmpty() ? "" : ", " + price));
        }
        if (order.node().isObject()) {
            parts.structured("order", lines.isEmpty() ? "Order" : String.join("\n", lines), order.node());
        }
    }

    /** The answers to a form come as JSON in a text. */
    static void form(JsonFields form, PartList parts) {
        String answers = form.word("response_json");
        JsonNode data = answers == null ? null : read(answers);
        if (answers == null) {
            return;
        }
        parts.text(form.word("body"));
        if (data == null || !data.isObject()) {
            parts.other("form", answers);
            return;
        }
        String text = data.properties().stream()
                .filter(answer -> !answer.getKey().equals(TOKEN))
                .map(answer -> answer.getKey() + ": " + shown(answer.getValue()))
                .collect(Collectors.joining("\n"));
        parts.structured("form", text.isEmpty() ? "Form" : text, data);
    }

    private static String shown(JsonNode answer) {
        return answer.isValueNode() ? answer.asText() : answer.toString();
    }

    private static @Nullable JsonNode read(String json) {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return null;
        }
    }

    private static String lines(@Nullable String... lines) {
        return Stream.of(lines).filter(Objects::nonNull).collect(Collectors.joining("\n"));
    }
}
