// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be configured of a Discord account. */
final class DiscordSettings {
    static final Setting<Secret> BOT_TOKEN = Setting.secret(
                    "botToken", "The token of the bot, under Bot of the application in Discord's Developer Portal.")
            .need();
    static final Setting<Secret> PUBLIC_KEY = Setting.secret(
                    "publicKey",
                    "The Public Key under General Information of the application, which proves what Discord posts;"
                            + " without it nothing posted is taken, and commands, buttons and forms come by the Gateway.")
            .matching("\\s*[0-9a-fA-F]{64}\\s*", "must be the Public Key of the application, 64 hexadecimal digits");
    static final Setting<Boolean> GATEWAY = Setting.flag(
                    "gateway",
                    "Whether to hold a session at Discord's Gateway, which brings messages and reactions; without it"
                            + " only commands, buttons and forms come, and publicKey is required.")
            .or("true");
    static final Setting<String> CHANNELS = Setting.text(
                    "channels",
                    "Ids of the servers' channels from which every message is taken, separated by commas, or all;"
                            + " threads and forum posts belong to their channel. Message Content Intent must be on for"
                            + " it. Elsewhere only what mentions the bot or answers it is taken, and direct messages.")
            .matching("all|[0-9]{1,20}( *, *[0-9]{1,20})*", "must be all, or ids such as 1234567890123456789");
    static final Setting<String> CONFIRMATION = Setting.text(
                    "confirmation",
                    "What a person alone is shown at once after a slash command or a form, at most 2000 characters.")
            .or("✅ Received.");
    static final Setting<URI> GATEWAY_URL = Setting.url(
            "gatewayUrl", "Where the Gateway is, as an https address; without it, where Discord's API says.");
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where Discord's API is.").or("https://discord.com/api/v10");

    private DiscordSettings() {}

    static List<String> problems(Account account) {
        List<String> problems = new ArrayList<>();
        boolean posts = account.find(PUBLIC_KEY).isPresent() || account.insecure();
        boolean gateway = account.find(GATEWAY).orElse(true);
        if (!posts && !gateway) {
            problems.add("publicKey is missing: with gateway: false nothing else brings anything. It is the Public Key"
                    + " under General Information of the application.");
        }
        if (account.find(CONFIRMATION).filter(text -> text.length() > 2000).isPresent()) {
            problems.add("confirmation must have at most 2000 characters");
        }
        return problems;
    }

    /** The channels from which everything is taken; empty for none. */
    static Set<String> channels(Account account) {
        return Pattern.compile("\\w+")
                .matcher(account.find(CHANNELS).orElse(""))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
