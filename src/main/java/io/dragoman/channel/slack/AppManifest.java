// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.WebhookSetup.Plan;
import io.dragoman.model.Json;
import io.dragoman.model.UnicodeText;
import java.util.List;

/** The app of an account as Slack's manifest writes it (docs.slack.dev/reference/app-manifest): made whole by one paste. */
final class AppManifest {
    private static final List<String> SCOPES = List.of(
            "app_mentions:read",
            "channels:history",
            "chat:write",
            "files:read",
            "files:write",
            "groups:history",
            "im:history",
            "reactions:read");
    private static final List<String> EVENTS = List.of(
            "app_mention", "message.channels", "message.groups", "message.im", "reaction_added", "reaction_removed");

    private static final int LONGEST_NAME = 35;

    private AppManifest() {}

    static Plan plan(Account account) {
        return new Plan(
                false,
                List.of(
                        "with the gateway running, at api.slack.com/apps: make a new app from a manifest, or for an app"
                                + " that is there change App Manifest, and give it this JSON: "
                                + Json.write(of(account)),
                        "install it in the workspace, and set channels." + account.id()
                                + ".signingSecret (Basic Information) and botToken (OAuth & Permissions)",
                        "give each slash command the same address, " + account.callback()
                                + "; Slack lets no bot's token set addresses, so that this is for a person"));
    }

    private static ObjectNode of(Account account) {
        String address = account.callback().toString();
        ObjectNode manifest = Json.mapper().createObjectNode();
        manifest.putObject("display_information").put("name", UnicodeText.cut(account.id(), LONGEST_NAME));
        ObjectNode features = manifest.putObject("features");
        features.putObject("app_home").put("messages_tab_enabled", true).put("messages_tab_read_only_enabled", false);
        features.putObject("bot_user").put("display_name", account.id()).put("always_online", true);
        SCOPES.forEach(manifest.putObject("oauth_config").putObject("scopes").putArray("bot")::add);
        ObjectNode settings = manifest.putObject("settings");
        ObjectNode events = settings.putObject("event_subscriptions").put("request_url", address);
        EVENTS.forEach(events.putArray("bot_events")::add);
        settings.putObject("interactivity").put("is_enabled", true).put("request_url", address);
        settings.put("socket_mode_enabled", false).put("token_rotation_enabled", false);
        return manifest;
    }
}
