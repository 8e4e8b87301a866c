// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.Set;

/** What WeChat's {@code errcode} means ("Global return codes", WeChat); its HTTP status is 200 whatever happened. */
final class ErrorTable {
    /** An access token that is expired, replaced or none. */
    private static final Set<Integer> TOKEN = Set.of(40001, 40014, 42001);

    static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("WeChat")
            .passing(Reason.PROVIDER_DOWN, "it is busy", -1)
            .passing(Duration.ofHours(1), Reason.THROTTLED, "the day's calls are used up", 45009)
            .passing(Duration.ofMinutes(1), Reason.THROTTLED, "too many calls within a minute", 45011)
            .refused(Reason.WINDOW_CLOSED, "the customer's last message is too long ago", 45015)
            .refused(Reason.WINDOW_CLOSED, "what may follow the customer's last message is used up", 45047)
            .refused(Reason.AUTHENTICATION_FAILED, "the access token is not taken", 40001, 40014, 41001, 42001)
            .refused(Reason.AUTHENTICATION_FAILED, "appId is none", 40013, 41002)
            .refused(Reason.AUTHENTICATION_FAILED, "appSecret is not the account's", 40125, 41004)
            .refused(
                    Reason.AUTHENTICATION_FAILED,
                    "this gateway's address is not in the account's IP whitelist",
                    40164,
                    89503,
                    89506,
                    89507)
            .refused(Reason.RECIPIENT_UNKNOWN, "", 40003, 40031, 46004)
            .refused(Reason.RECIPIENT_OPTED_OUT, "the customer does not follow the account", 43004, 50005)
            .refused(Reason.RECIPIENT_OPTED_OUT, "the account has blocked the customer", 43019)
            .refused(Reason.RECIPIENT_OPTED_OUT, "the customer takes no messages", 48002)
            .refused(Reason.MEDIA_REFUSED, "", 40004, 40005, 40007, 40008, 40010, 40011, 40012, 41005, 44001, 45007)
            .refused(Reason.TOO_LARGE, "", 40006, 40009, 45001, 45002, 45003, 45004, 45008)
            .refused(Reason.ACCOUNT_BLOCKED, "the account has no permission for it", 48001, 48004, 50001)
            .refused(Reason.ACCOUNT_BLOCKED, "", 40243, 50002, 50004, 50007);

    private ErrorTable() {}

    /** Whether the answer says that the access token is no good. */
    static boolean refusesToken(Response response) {
        return response.status() == 401 || TOKEN.contains(code(response));
    }

    /** What a request led to; {@code 0}, or no code beside other fields, says that it was carried out. */
    static Outcome outcome(Response response) {
        if (!response.ok()) {
            return Outcome.of(response, "WeChat");
        }
        if (!response.json().isObject()) {
            return new Outcome.Uncertain(Reason.PROVIDER_DOWN, "WeChat answered with something else than JSON");
        }
        int code = code(response);
        if (code == 0) {
            return new Outcome.Sent(null); // it tells no id
        }
        return CODES.find(code).isPresent()
                ? CODES.outcome(response, code)
                : new Outcome.Refused(Reason.CONTENT_REFUSED, "WeChat answered with code " + code);
    }

    private static int code(Response response) {
        JsonNode code = response.json().path("errcode");
        return code.isInt() ? code.intValue() : code.isMissingNode() ? 0 : code.asInt(-1);
    }
}
