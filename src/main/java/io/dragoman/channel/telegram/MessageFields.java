// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** Which fields of a message are its envelope, which say that something happened in the chat, and which are content. */
final class MessageFields {
    /** What a message says about itself. What is neither here nor {@link #isService} is content. */
    private static final Set<String> ENVELOPE = Set.of(
            "message_id",
            "message_thread_id",
            "direct_messages_topic",
            "from",
            "sender_chat",
            "sender_boost_count",
            "sender_business_bot",
            "sender_tag",
            "receiver_user",
            "ephemeral_message_id",
            "guest_query_id",
            "guest_bot_caller_user",
            "guest_bot_caller_chat",
            "date",
            "business_connection_id",
            "chat",
            "forward_origin",
            "forward_from",
            "forward_from_chat",
            "forward_from_message_id",
            "forward_signature",
            "forward_sender_name",
            "forward_date",
            "is_topic_message",
            "is_automatic_forward",
            "reply_to_message",
            "external_reply",
            "quote",
            "reply_to_story",
            "reply_to_checklist_task_id",
            "reply_to_poll_option_id",
            "via_bot",
            "edit_date",
            "has_protected_content",
            "is_from_offline",
            "is_paid_post",
            "media_group_id",
            "author_signature",
            "paid_star_count",
            "entities",
            "caption_entities",
            "link_preview_options",
            "suggested_post_info",
            "effect_id",
            "show_caption_above_media",
            "has_media_spoiler",
            "reply_markup",
            "caption");

    private MessageFields() {}

    /** The field that holds the content, or says what happened in the chat. */
    static Optional<String> content(JsonNode message) {
        for (Iterator<String> names = message.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!ENVELOPE.contains(name) && message.hasNonNull(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** What the chat says about itself, by the form of its name: nobody wrote it. */
    static boolean isService(String name) {
        return name.matches("(new|left|delete)_chat_.*"
                + "|(group|supergroup|channel)_chat_created|migrate_(to|from)_chat_id|pinned_message"
                + "|message_auto_delete_timer_changed|(general_)?forum_topic_.*|video_chat_.*|voice_chat_.*"
                + "|proximity_alert_triggered|write_access_allowed|connected_website|boost_added|chat_.*_set"
                + "|chat_owner_.*|giveaway_.*|paid_message_price_changed|direct_message_price_changed"
                + "|checklist_tasks_.*|suggested_post_.*|managed_bot_.*|poll_option_.*|community_chat_.*"
                + "|gift_upgrade_sent");
    }
}
