// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Uncertain;
import io.dragoman.model.Reason;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an answer of the Bot API means that is not ok. Telegram tells causes apart by words only. */
final class ErrorTable {
    /** Words of Telegram's descriptions and what they mean; the first that is found counts. */
    private static final Map<String, Reason> MEANINGS = new LinkedHashMap<>();

    static {
        means(Reason.TOO_LARGE, "too long", "too big", "too large", "too_long", "too_big");
        means(
                Reason.WINDOW_CLOSED,
                "query is too old",
                "query_id_invalid",
                "can't initiate conversation",
                "business_peer_usage_missing",
                "topic_closed",
                "topic is closed");
        means(
                Reason.RECIPIENT_OPTED_OUT,
                "blocked by the user",
                "user_is_blocked",
                "you_blocked_user",
                "privacy_premium_required",
                "user_privacy_restricted");
        means(
                Reason.UNSUPPORTED,
                "allow_payment_required",
                "payment_required",
                "payment_unsupported",
                "balance_too_low",
                "channel_monoforum_unsupported");
        means(
                Reason.RECIPIENT_UNKNOWN,
                "chat not found",
                "user not found",
                "user is deactivated",
                "user_deactivated",
                "user_deleted",
                "peer_id_invalid",
                "chat_id_invalid",
                "user_id_invalid",
                "business_peer_invalid",
                "was kicked",
                "is not a member",
                "user_not_participant",
                "channel_private",
                "channel_invalid",
                "chat was deleted",
                "chat was deactivated",
                "chat_forbidden",
                "message thread not found",
                "topic_deleted",
                "topic_id_invalid",
                "bots can't send messages to bots");
        means(
                Reason.ACCOUNT_BLOCKED,
                "not enough rights",
                "no rights to send",
                "need administrator rights",
                "chat_admin_required",
                "chat_write_forbidden",
                "chat_send_plain_forbidden",
                "chat_restricted",
                "chat_guest_send_forbidden",
                "user_banned_in_channel",
                "user_restricted",
                "business_connection");
        means(
                Reason.MEDIA_REFUSED,
                "http url",
                "web page content",
                "wrong file",
                "invalid file",
                "wrong remote file",
                "file must be non-empty",
                "photo_",
                "image_process_failed",
                "sticker_",
                "voice_messages_forbidden",
                "chat_send_",
                "media_",
                "webpage_",
                "file is temporarily unavailable");
    }

    private ErrorTable() {}

    private static void means(Reason reason, String... words) {
        for (String word : words) {
            MEANINGS.put(word, reason);
        }
    }

    /** What it means for a message; a repetition may double it. */
    static Outcome outcome(BotAnswer answer) {
        int status = answer.status();
        String detail = "telegram answered " + status;
        if (status >= 200 && status < 300) {
            return new Uncertain(Reason.PROVIDER_DOWN, detail + " with something else");
        }
        Outcome byStatus = Outcome.of(status, answer.retryAfter(), "telegram");
        if (!(byStatus instanceof Refused)) {
            return byStatus;
        }
        if (status == 401 || status == 404) {
            return new Refused(
                    Reason.AUTHENTICATION_FAILED, detail + ": the token is not valid; set the one from @BotFather");
        }
        for (Map.Entry<String, Reason> meaning : MEANINGS.entrySet()) {
            if (answer.description().contains(meaning.getKey())) {
                return new Refused(meaning.getValue(), detail + ": " + meaning.getKey());
            }
        }
        if (status == 403 && !answer.description().startsWith("forbidden")) {
            return new Refused(Reason.AUTHENTICATION_FAILED, detail + ", but not in Telegram's words; check baseUrl");
        }
        return status == 403
                ? new Refused(Reason.RECIPIENT_UNKNOWN, detail + ": the bot may not write to this chat")
                : byStatus;
    }
}
