// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup.Plan;
import java.util.List;
import java.util.Optional;

/** Tells Telegram where to post a bot's updates: https://core.telegram.org/bots/api#setwebhook. */
final class WebhookRegistration {
    private WebhookRegistration() {}

    static Plan plan(Account account) {
        if (account.get(Telegram.INTAKE) == Telegram.From.POLL) {
            return new Plan(true, List.of());
        }
        return new Plan(
                true,
                List.of(
                        "call setWebhook at " + account.get(Telegram.BASE_URL) + " with url "
                                + WebhookWatch.address(account) + ", the secret_token of channels." + account.id()
                                + ".secretToken and allowed_updates " + String.join(", ", UpdatePoll.WANTED),
                        "ask getWebhookInfo whether it is so"));
    }

    static Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        ApiClient api = ApiClient.of(account, transport);
        ObjectNode parameters = ApiClient.parameters().put("url", WebhookWatch.address(account));
        account.find(Telegram.SECRET_TOKEN)
                .map(Secret::value)
                .ifPresent(token -> parameters.put("secret_token", token));
        UpdatePoll.WANTED.forEach(parameters.putArray("allowed_updates")::add);
        BotAnswer set = api.call("setWebhook", parameters);
        if (!set.ok()) {
            return Optional.of("Telegram answered setWebhook with " + set.status() + ". " + remedy(set));
        }
        BotAnswer info = api.call("getWebhookInfo", ApiClient.parameters());
        return info.ok() && info.result().path("url").asText("").equals(WebhookWatch.address(account))
                ? Optional.empty()
                : Optional.of("Telegram took setWebhook, but getWebhookInfo does not show the address. Try again.");
    }

    private static String remedy(BotAnswer answer) {
        return switch (answer.status()) {
            case 401, 404 -> "The token is none of a bot's: copy it again from @BotFather.";
            case 429 -> "That was too often: wait a minute.";
            default ->
                "The address must be https on port 443, 80, 88 or 8443 with a certificate that is valid, and its name"
                        + " must be known in the DNS; see http.publicUrl.";
        };
    }
}
