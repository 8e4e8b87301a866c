// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.util.Set;

/** What Slack's {@code error} means; its HTTP status is 200 for most. */
final class ErrorTable {
    /** Slack's own failures, after which the message may be there. */
    private static final Set<String> OPEN = Set.of("internal_error", "fatal_error", "request_timeout");

    static final ErrorCodes<String> CODES = ErrorCodes.<String>of("Slack")
            .passing(Reason.THROTTLED, "", "ratelimited", "rate_limited")
            .passing(Reason.PROVIDER_DOWN, "", "service_unavailable", "team_added_to_org")
            .refused(Reason.RECIPIENT_UNKNOWN, "", "channel_not_found", "user_not_found", "is_archived")
            .refused(Reason.RECIPIENT_UNKNOWN, "the app is not in the channel: /invite it", "not_in_channel")
            .refused(Reason.RECIPIENT_UNKNOWN, "", "cannot_dm_bot", "messages_tab_disabled", "thread_not_found")
            .refused(Reason.TOO_LARGE, "", "msg_too_long", "msg_blocks_too_long")
            .refused(Reason.CONTENT_REFUSED, "", "no_text", "invalid_blocks", "invalid_blocks_format")
            .refused(Reason.RECIPIENT_UNKNOWN, "", "invalid_channel")
            .refused(Reason.TOO_LARGE, "", "file_upload_size_restricted")
            .refused(Reason.MEDIA_REFUSED, "", "blocked_file_type", "malware_detected", "file_update_failed")
            .refused(Reason.MEDIA_REFUSED, "", "file_uploads_disabled", "file_uploads_except_images_disabled")
            .refused(Reason.ACCOUNT_BLOCKED, "", "posting_to_channel_denied", "access_denied")
            .refused(Reason.ACCOUNT_BLOCKED, "", "restricted_action", "account_inactive", "team_access_not_granted")
            .refused(Reason.AUTHENTICATION_FAILED, "", "invalid_auth", "not_authed", "token_revoked", "token_expired")
            .refused(
                    Reason.AUTHENTICATION_FAILED,
                    "botToken lacks a scope: chat:write, or files:write for files",
                    "missing_scope");

    private ErrorTable() {}

    /** Of a message that was posted. */
    static Outcome outcome(Response response) {
        if (!taken(response)) {
            return refusal(response);
        }
        String channel = response.json().path("channel").asText("");
        String ts = response.json().path("ts").asText("");
        return new Outcome.Sent(channel.isBlank() || ts.isBlank() ? null : channel + ":" + ts);
    }

    static boolean taken(Response response) {
        return response.ok() && response.json().path("ok").asBoolean(false);
    }

    /** How a call ended that Slack did not say yes to. */
    static Outcome refusal(Response response) {
        if (!response.ok()) {
            return Outcome.of(response, "Slack");
        }
        String error = error(response);
        return !response.json().path("ok").isBoolean() || OPEN.contains(error)
                ? new Outcome.Uncertain(Reason.PROVIDER_DOWN, "Slack does not say whether it took the message")
                : CODES.outcome(response, error);
    }

    static String error(Response response) {
        return response.json().path("error").asText("");
    }
}
