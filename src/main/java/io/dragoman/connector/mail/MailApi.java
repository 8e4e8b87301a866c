// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends a finished mail by the API of its provider, the same bytes as by SMTP: Microsoft Graph's {@code sendMail} with
 * MIME (https://learn.microsoft.com/graph/outlook-send-mime-message), Google's {@code messages.send} with {@code raw}
 * (https://developers.google.com/workspace/gmail/api/guides/sending). Its recipients are those in its header.
 */
public final class MailApi {
    /** Graph takes requests of 4 MB: a file grows by a third in the mail and, with it, by a third again. */
    private static final long LARGEST_BY_GRAPH = 2_000_000;

    /** As long as SMTP may take for the answer to a whole mail. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Google answers 403 for what others answer 429 for (https://developers.google.com/workspace/gmail/api/guides/handle-errors). */
    private static final Set<String> THROTTLED =
            Set.of("rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "quotaExceeded");

    private static final Map<String, Reason> REASONS = Map.of(
            "ErrorInvalidRecipients", Reason.RECIPIENT_UNKNOWN,
            "ErrorMessageSizeExceeded", Reason.TOO_LARGE,
            "ErrorMessageSubmissionBlocked", Reason.ACCOUNT_BLOCKED,
            "ErrorSendAsDenied", Reason.AUTHENTICATION_FAILED,
            "ErrorInvalidUser", Reason.AUTHENTICATION_FAILED,
            "MailboxNotEnabledForRESTAPI", Reason.AUTHENTICATION_FAILED,
            "ResourceNotFound", Reason.AUTHENTICATION_FAILED,
            "failedPrecondition", Reason.AUTHENTICATION_FAILED);

    private MailApi() {}

    /** The largest file, and all files together, that the way of sending takes; empty where mail's own limit counts. */
    public static Optional<Long> largest(Account account) {
        return account.get(EmailSettings.SENDING) == SendMethod.GRAPH
                ? Optional.of(LARGEST_BY_GRAPH)
                : Optional.empty();
    }

    /** Scheme and host of Graph, which begin the names of its permissions. */
    static String origin(Account account) {
        URI api = url(account);
        return api.getScheme() + "://" + api.getRawAuthority();
    }

    /**
     * Hands over a mail.
     *
     * @param messageId of the mail, which is what it is known by
     */
    public static Outcome send(Account account, byte[] mail, String messageId, Transport transport) {
        Optional<TokenGrant> grant = OAuthSettings.sending(account);
        return grant.isEmpty()
                ? new Outcome.Refused(Reason.AUTHENTICATION_FAILED, "oauth is missing, so there is no access token")
                : transport
                        .tokens()
                        .attempt(grant.get(), transport, call(account, mail), answer -> outcome(answer, messageId));
    }

    private static HttpCall call(Account account, byte[] mail) {
        URI api = url(account);
        boolean graph = account.get(EmailSettings.SENDING) == SendMethod.GRAPH;
        String user = URLEncoder.encode(account.get(EmailSettings.ADDRESS), StandardCharsets.UTF_8);
        return HttpCall.post(
                        URI.create(api + (graph ? "/users/" + user + "/sendMail" : "/users/me/messages/send")),
                        graph ? mime(mail) : raw(mail))
                .timeout(TIMEOUT)
                .trusting(api);
    }

    private static HttpCall.Body mime(byte[] mail) {
        byte[] text = Base64.getEncoder().encode(mail);
        return new HttpCall.Body("text/plain", text.length, () -> new ByteArrayInputStream(text));
    }

    private static HttpCall.Body raw(byte[] mail) {
        String raw = Base64.getUrlEncoder().withoutPadding().encodeToString(mail);
        return HttpCall.Body.json(("{\"raw\":\"" + raw + "\"}").getBytes(StandardCharsets.US_ASCII));
    }

    private static URI url(Account account) {
        return account.find(EmailSettings.SENDING_URL)
                .orElseGet(() -> URI.create(
                        account.get(EmailSettings.SENDING) == SendMethod.GRAPH
                                ? "https://graph.microsoft.com/v1.0"
                                : "https://gmail.googleapis.com/gmail/v1"));
    }

    private static Outcome outcome(Response answer, String messageId) {
        if (answer.ok()) {
            return new Outcome.Sent(messageId);
        }
        String code = code(answer.json().path("error"));
        String detail = "the mail API answered " + answer.status() + (code.isEmpty() ? "" : " " + code);
        if (answer.status() == 403 && THROTTLED.contains(code)) {
            return new Outcome.Retry(
                    Reason.THROTTLED, detail, answer.retryAfter().orElse(null));
        }
        Outcome usual = Outcome.of(answer, "the mail API");
        return usual instanceof Outcome.Refused refused
                ? new Outcome.Refused(REASONS.getOrDefault(code, refused.reason()), detail)
                : usual;
    }

    /** The word for what went wrong: Graph's {@code code}, Google's first {@code reason}; empty where there is none. */
    private static String code(JsonNode error) {
        String code = error.path("code").isTextual()
                ? error.path("code").asText()
                : error.path("errors").path(0).path("reason").asText("");
        return code.isEmpty() ? "" : Ignored.word(code);
    }
}
