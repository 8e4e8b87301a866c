// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.meta.GraphApi;
import io.dragoman.channel.meta.MetaChannel;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.WebhookSetup.Plan;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells Meta where to post what concerns one number. It goes before the address of the business account and of the app:
 * https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override.
 */
final class NumberCallback {
    private NumberCallback() {}

    static Plan plan(Account account) {
        String id = "channels." + account.id();
        return new Plan(
                true,
                List.of(
                        "set the callback address of the number " + account.get(WhatsApp.PHONE_NUMBER_ID) + " at "
                                + account.get(GraphApi.BASE_URL) + " to " + account.callback() + " with the word of "
                                + id + ".verifyToken; Meta asks that address at once, so the gateway must run",
                        "by hand, once for each app (WhatsApp → Configuration): subscribe to the field messages",
                        "by hand, to see in health what Meta says of templates, numbers and the account: set the"
                                + " app's own callback address to " + account.callback() + " with the same word, and"
                                + " subscribe to "
                                + AccountNews.FIELDS.stream().sorted().collect(Collectors.joining(", ")),
                        "by hand, once for each business account: POST /<WABA_ID>/subscribed_apps with " + id
                                + ".accessToken, where the app is not attached to it yet"));
    }

    static Optional<String> connect(Account account, Transport transport) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.putObject("webhook_configuration")
                .put("override_callback_uri", account.callback().toString())
                .put("verify_token", account.get(MetaChannel.VERIFY_TOKEN).value());
        Outcome outcome = WhatsApp.api(account, transport)
                .post(account.get(WhatsApp.PHONE_NUMBER_ID), body, NumberCallback::taken);
        if (outcome instanceof Outcome.Sent) {
            return Optional.empty(); // Meta took it only after our address had answered with its challenge
        }
        String why = outcome instanceof Outcome.Refused refused
                ? refused.detail()
                : outcome instanceof Outcome.Retry retry ? retry.detail() : "the answer was lost; try again";
        return Optional.of("Meta did not take the address: " + why
                + ". The gateway must run and be reached at http.publicUrl from outside, by https.");
    }

    private static Outcome taken(JsonFields answer) {
        return answer.node().path("success").asBoolean()
                ? new Outcome.Sent(null)
                : new Outcome.Refused(Reason.PROVIDER_DOWN, "the answer is not {\"success\":true}");
    }
}
