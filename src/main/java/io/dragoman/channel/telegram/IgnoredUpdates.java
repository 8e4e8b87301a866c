// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import java.util.Map;

/** The kinds of updates that nothing is done about, and why; all that the Bot API has beside those that are read. */
final class IgnoredUpdates {
    private static final Map<String, String> WHY = Map.ofEntries(
            Map.entry("business_connection", "a business account was connected to the bot, changed or disconnected"),
            Map.entry("stopped_message_generation", "it stops a draft, and we send none"),
            Map.entry("message_reaction_count", "a count of anonymous reactions names nobody"),
            Map.entry("inline_query", "it is written in another chat, for suggestions"),
            Map.entry("chosen_inline_result", "it is about a suggestion in another chat"),
            Map.entry("shipping_query", "nothing is sold here"),
            Map.entry("pre_checkout_query", "nothing is sold here; unanswered for 10 seconds, the payment fails"),
            Map.entry("purchased_paid_media", "nothing is sold here"),
            Map.entry("poll", "it is about a poll, and we send none"),
            Map.entry("poll_answer", "it is about a poll, and we send none"),
            Map.entry("chat_member", "it is about who is in a chat"),
            Map.entry("chat_join_request", "it is about who is in a chat"),
            Map.entry("chat_boost", "it is about a chat, not a message"),
            Map.entry("removed_chat_boost", "it is about a chat, not a message"),
            Map.entry("managed_bot", "it is about another bot"),
            Map.entry("subscription", "nothing is sold here"));

    private IgnoredUpdates() {}

    static String why(String kind) {
        return WHY.getOrDefault(kind, "this version does not know what it is");
    }
}
