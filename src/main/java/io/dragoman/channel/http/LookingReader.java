// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Identity;
import io.dragoman.profile.CallReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Section;
import io.dragoman.profile.SettingNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code lookUp}: how a provider is asked what it knows of a customer, and where that stands in its answer. */
final class LookingReader {
    private final SettingNames settings;
    private final String title;
    private final ErrorCodes<String> errors;

    LookingReader(SettingNames settings, String title, ErrorCodes<String> errors) {
        this.settings = settings;
        this.title = title;
        this.errors = errors;
    }

    Looking read(Section lookUp) {
        lookUp.allow("auth", Identity.EMAIL, Identity.PHONE, "found", "attributes", "orders", "answer");
        CallReader reader = new CallReader(lookUp, settings);
        Map<String, CallTemplate> calls = new TreeMap<>();
        for (String type : List.of(Identity.EMAIL, Identity.PHONE)) {
            reader.call(type).ifPresent(call -> calls.put(type, call));
        }
        if (calls.isEmpty()) {
            lookUp.error("has neither email: nor phone:, the request that asks by such an address.");
        }
        if (!lookUp.has("attributes") && !lookUp.has("orders")) {
            lookUp.error("has neither attributes: nor orders:, so nothing would be known.");
        }
        Optional<Section> orders = lookUp.section("orders");
        return new Looking(
                calls,
                reader.answer(title, errors),
                lookUp.needExpression("found", "It says whether the answer knows the customer."),
                lookUp.expression("attributes"),
                orders.map(section -> section.needExpression("each", "It finds the orders in the answer."))
                        .orElse(null),
                orders.map(OrderFields::found).orElse(null));
    }
}
