// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.Account;
import io.dragoman.connector.kit.JsonFields;
import java.util.List;
import java.util.Map;

/**
 * What somebody is shown at once, once what they did is stored; Discord waits for it no longer than three seconds. A
 * pressed button only stops turning. After a command, "is thinking…" would stand for a quarter of an hour and then turn
 * into a failure, as people answer later than that: instead, a word that only they see says that it has arrived.
 */
final class InteractionAnswer {
    private static final int PONG = 1;
    private static final int MESSAGE = 4;
    private static final int NOTHING_CHANGES = 6;
    private static final int SUGGESTIONS = 8;
    private static final int THEM_ALONE = 1 << 6;

    private InteractionAnswer() {}

    static Map<String, Object> to(JsonFields interaction, Account account) {
        int type = interaction.node().path("type").asInt(0);
        boolean onMessage = interaction.node().path("message").isObject();
        if (type == DiscordInteraction.PING) {
            return Map.of("type", PONG);
        }
        if (type == DiscordInteraction.AUTOCOMPLETE) {
            return Map.of("type", SUGGESTIONS, "data", Map.of("choices", List.of()));
        }
        return type == DiscordInteraction.COMPONENT || (type == DiscordInteraction.FORM && onMessage)
                ? Map.of("type", NOTHING_CHANGES)
                : Map.of(
                        "type",
                        MESSAGE,
                        "data",
                        Map.of(
                                "content",
                                account.get(DiscordSettings.CONFIRMATION),
                                "flags",
                                THEM_ALONE,
                                "allowed_mentions",
                                Map.of("parse", List.of())));
    }
}
