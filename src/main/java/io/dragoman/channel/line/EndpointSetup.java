// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup.Plan;
import io.dragoman.model.Json;
import java.util.List;
import java.util.Optional;

/** Tells LINE where to post, and has it try: developers.line.biz/en/reference/messaging-api, "Webhook settings". */
final class EndpointSetup {
    private static final String ENDPOINT = "/v2/bot/channel/webhook/endpoint";

    private EndpointSetup() {}

    static Plan plan(Account account) {
        return new Plan(
                true,
                List.of(
                        "set the webhook URL at " + account.get(Line.BASE_URL) + " to " + account.callback()
                                + " with channels." + account.id() + ".accessToken",
                        "have LINE post a signed test there, so the gateway must run",
                        "by hand, under Messaging API of the channel: switch on Use webhook and Webhook redelivery;"
                                + " without redelivery LINE posts each event once only"));
    }

    static Optional<String> connect(Account account, ApiClient api) throws TransportFailure {
        ObjectNode address = Json.mapper()
                .createObjectNode()
                .put("endpoint", account.callback().toString());
        Response set = api.ask("PUT", ENDPOINT, address);
        if (!set.ok()) {
            String remedy = set.status() == 401
                    ? "accessToken is not the channel's: issue it again in LINE's console."
                    : "The address must be https with a certificate of a public authority; see http.publicUrl.";
            return Optional.of("LINE answered " + set.status() + " to the webhook URL. " + remedy);
        }
        Response test = api.ask("POST", "/v2/bot/channel/webhook/test", address);
        return test.ok() && test.json().path("success").asBoolean()
                ? Optional.empty()
                : Optional.of("LINE took the webhook URL, but its test did not arrive. The gateway must run and be"
                        + " reached at http.publicUrl from outside, and channelSecret must be the channel's.");
    }
}
