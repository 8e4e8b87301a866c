// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.Account;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells Discord where to post interactions (docs.discord.com, "Edit Current Application"). */
final class DiscordSetup {
    private DiscordSetup() {}

    static Plan plan(Account account) {
        String intents =
                "by hand, under Bot of the application: switch on Message Content Intent, which channels needs";
        boolean content = account.find(DiscordSettings.CHANNELS).isPresent();
        if (account.find(DiscordSettings.PUBLIC_KEY).isEmpty()) {
            return new Plan(false, content ? List.of(intents) : List.of());
        }
        String step = "set interactions_endpoint_url of the application at "
                + account.get(DiscordSettings.BASE_URL) + " to "
                + account.callback() + "; Discord posts there at once, with a right signature and with a wrong"
                + " one, so the gateway must run";
        return new Plan(true, content ? List.of(step, intents) : List.of(step));
    }

    static Optional<String> connect(ApiClient api) throws TransportFailure {
        Map<String, Object> body =
                Map.of("interactions_endpoint_url", api.account().callback().toString());
        Response response = api.ask(api.patch("/applications/@me", body));
        if (response.ok()) {
            return Optional.empty(); // Discord took it only after our address had answered both
        }
        String remedy = response.status() == 401
                ? "botToken is not the bot's: make another under Bot of the application."
                : "publicKey must be the application's, and the gateway must run and be reached at http.publicUrl from"
                        + " outside, by https with a certificate of a public authority.";
        return Optional.of("Discord did not take the address (HTTP " + response.status() + "). " + remedy);
    }
}
