// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the Bot Connector's errors mean ("Status codes from bot conversational APIs", Microsoft). It asks for another try
 * after 412, 429, 502, 503 and 504; but after 502 and 504 a message may be there already.
 */
final class ErrorTable {
    static final ErrorCodes<String> CODES = ErrorCodes.<String>of("Teams")
            .passing(Reason.THROTTLED, "", "Throttled")
            .passing(Reason.PROVIDER_DOWN, "", "PreconditionFailed")
            .refused(
                    Reason.RECIPIENT_OPTED_OUT,
                    "the app is blocked or was taken away there",
                    "MessageWritesBlocked",
                    "ConversationBlockedByUser")
            .refused(
                    Reason.RECIPIENT_UNKNOWN,
                    "the app is not installed there",
                    "ForbiddenOperationException",
                    "BotNotInConversationRoster")
            .refused(
                    Reason.RECIPIENT_UNKNOWN,
                    "",
                    "ConversationNotFound",
                    "ActivityNotFoundInConversation",
                    "MemberNotFoundInConversation",
                    "UserNotFound")
            .refused(Reason.TOO_LARGE, "", "MessageSizeTooBig")
            .refused(Reason.CONTENT_REFUSED, "", "BadArgument", "BadSyntax")
            .refused(Reason.ACCOUNT_BLOCKED, "the tenant's policies do not allow it", "BotDisabledByAdmin")
            .refused(Reason.ACCOUNT_BLOCKED, "", "NotEnoughPermissions")
            .refused(Reason.ACCOUNT_BLOCKED, "the tenant is in another cloud: set baseUrl", "InvalidBotApiHost")
            .refused(Reason.AUTHENTICATION_FAILED, "appId is not registered as a bot", "BotNotRegistered");

    private ErrorTable() {}

    static Outcome outcome(Response response) {
        String code = code(response.json());
        if (CODES.find(code).isPresent()) {
            return CODES.outcome(response, code);
        }
        return switch (response.status()) {
            case 404 -> new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "Teams answered 404");
            case 412 ->
                new Outcome.Retry(
                        Reason.PROVIDER_DOWN,
                        "Teams answered 412",
                        response.retryAfter().orElse(null));
            default -> Outcome.of(response, "Teams");
        };
    }

    /** The code, which stands in one of two places: the second is JSON as text. */
    private static String code(JsonNode answer) {
        String code = answer.at("/error/code").asText("");
        if (!code.isEmpty()) {
            return code;
        }
        try {
            byte[] inner = answer.path("message").asText("").getBytes(StandardCharsets.UTF_8);
            return Json.tree(inner).path("subCode").asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
