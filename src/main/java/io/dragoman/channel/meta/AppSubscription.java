// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup.Plan;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Subscribes the app to what happens on a page or account: https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps.
 * The callback address belongs to the app and is set by hand.
 */
final class AppSubscription {
    private AppSubscription() {}

    /** What has to be done; the callback address first, which Meta asks at once. */
    static Plan plan(SubscribedChannel channel, Account account) {
        return new Plan(
                true,
                List.of(
                        "by hand, once for each app (Webhooks, object " + channel.object()
                                + "): set the callback address "
                                + account.callback() + " with the word of channels." + account.id()
                                + ".verifyToken, and subscribe to " + channel.fields() + "; the gateway must run",
                        "subscribe the app to " + channel.owner(account) + " for the same fields"));
    }

    /** Subscribes, and asks what is subscribed to now. */
    static Optional<String> connect(SubscribedChannel channel, Account account, Transport transport)
            throws TransportFailure {
        GraphApi api = channel.api(account, transport);
        String path = channel.owner(account) + "/subscribed_apps";
        ObjectNode body = Json.mapper().createObjectNode().put("subscribed_fields", channel.fields());
        Outcome outcome = api.post(path, body, AppSubscription::taken);
        if (outcome instanceof Outcome.Refused refused) {
            return Optional.of("Meta did not subscribe the app: " + refused.detail());
        } else if (!(outcome instanceof Outcome.Sent)) {
            return Optional.of("Meta could not be asked; try again.");
        }
        List<String> now = StreamSupport.stream(
                        api.get(
                                        path,
                                        new FormFields()
                                                .add("fields", "subscribed_fields")
                                                .query())
                                .json()
                                .path("data")
                                .spliterator(),
                        false)
                .flatMap(app ->
                        StreamSupport.stream(app.path("subscribed_fields").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
        String missing = Arrays.stream(channel.fields().split(",", -1))
                .filter(field -> !now.contains(field))
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The app is not subscribed to " + missing
                        + ": subscribe to these in the app's Webhooks first, then do this again.");
    }

    private static Outcome taken(JsonFields answer) {
        return answer.flag("success")
                ? new Outcome.Sent(null)
                : new Outcome.Refused(Reason.PROVIDER_DOWN, "the answer is not {\"success\":true}");
    }
}
