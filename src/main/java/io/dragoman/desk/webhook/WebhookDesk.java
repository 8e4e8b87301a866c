// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.AgentTyping;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.BotPolicy;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.Features;
import io.dragoman.connector.FileHost;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.TypingDisplay;
import io.dragoman.connector.TypingIndicator;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A helpdesk that takes our notices as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> and posts
 * agents' answers back, signed the same way. {@code webhook-id} is the delivery's key, so a repetition can be known.
 */
@AutoService(Connector.class)
public final class WebhookDesk implements Desk, Webhook, FileHost, TypingIndicator, TypingDisplay, SelfTest {
    static final Setting<URI> URL =
            Setting.url("url", "Where notices are posted.").need();
    static final Setting<Secret> SECRET = Setting.verifying(
                    "secret",
                    "Shared with the helpdesk: whsec_ and 24 to 64 random bytes in base64. Several, with a space between, while "
                            + "they change: the first signs, all verify.")
            .several();
    static final Setting<Duration> TIMEOUT = Setting.duration("timeout", "How long the helpdesk may take to answer.")
            .or("15s");

    static final Setting<Secret> FILES_AUTHORIZATION = Setting.secret(
            "files.authorization",
            "The Authorization header, such as Bearer and a token, with which agents' files are fetched from the "
                    + "helpdesk: from the scheme, host and port of url alone.");

    static final Setting<Boolean> TYPING = Setting.flag(
                    "typing",
                    "Whether the helpdesk is told that a customer is typing, by conversation.typing, where the channel tells it.")
            .or("false");

    /** Whoever is typing may have stopped by then. */
    private static final Duration TYPING_TIMEOUT = Duration.ofSeconds(5);

    private static final ErrorCodes<Integer> ANSWERS = ErrorCodes.<Integer>of("desk")
            .refused(Reason.AUTHENTICATION_FAILED, "check that both sides have the same secret", 401, 403)
            .refused(Reason.ACCOUNT_BLOCKED, "it takes no more notices", 410);

    /** The longest reference of a helpdesk that is kept. */
    static final int LONGEST_REFERENCE = 255;

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public String description() {
        return "Any helpdesk or program that speaks Standard Webhooks: notices out, agents' answers back in.";
    }

    @Override
    public Features features() {
        return Features.receives("signed webhooks")
                .sends("Standard Webhooks")
                .verification("HMAC-SHA256 with a time")
                .needs("url", "secret")
                .setUp(
                        "Write a receiver of Standard Webhooks, or point the desk at one that is there: "
                                + "webhook-desk.md has programs that run.",
                        "Make a secret: `echo whsec_$(openssl rand -base64 32)`.")
                .missed("the desk repeats it, or shows that it failed");
    }

    @Override
    public Map<DeskCapability, String> capabilities() {
        return Map.ofEntries(
                Map.entry(DeskCapability.ANSWERS, "webhook"),
                Map.entry(DeskCapability.NOTES, "by its program"),
                Map.entry(DeskCapability.FILES_TO, "as links"),
                Map.entry(DeskCapability.FILES_FROM, "yes"),
                Map.entry(DeskCapability.STATUS, "↔"),
                Map.entry(DeskCapability.TAGS, "↔"),
                Map.entry(DeskCapability.PRIORITY, "↔"),
                Map.entry(DeskCapability.TEAM, "↔"),
                Map.entry(DeskCapability.ASSIGNEE, "↔"),
                Map.entry(DeskCapability.CHANGES, "yes"),
                Map.entry(DeskCapability.MERGED, "yes"),
                Map.entry(DeskCapability.TEST, "yes"),
                Map.entry(DeskCapability.DOUBT, "is repeated: it knows our key"));
    }

    @Override
    public List<Setting<?>> settings() {
        return Stream.concat(Stream.of(URL, SECRET, TIMEOUT, FILES_AUTHORIZATION, TYPING), BotPolicy.SETTINGS.stream())
                .toList();
    }

    @Override
    public List<String> problems(Account account) {
        List<String> problems = new ArrayList<>(BotPolicy.problems(account));
        Optional<Secret> secret = account.find(SECRET);
        if (secret.isEmpty() && !account.insecure()) {
            problems.add("secret is missing; without it neither side can trust the other. "
                    + "Make one with: echo whsec_$(openssl rand -base64 32)");
        }
        if (secret.isPresent() && StandardWebhook.of(secret.get()).isEmpty()) {
            problems.add("secret must be whsec_ and 24 to 64 bytes in base64; several with a space between. "
                    + "Make one with: echo whsec_$(openssl rand -base64 32)");
        }
        if (account.find(URL).filter(account.callback()::equals).isPresent()) {
            problems.add("url is the address at which this desk is answered itself, so that it would be told of"
                    + " everything in a circle. Give that of your program");
        }
        if (account.find(TIMEOUT).filter(Duration::isZero).isPresent()) {
            problems.add("timeout must be more than nothing, such as 15s");
        }
        return problems;
    }

    @Override
    public Set<String> headers() {
        return Set.of(StandardWebhook.ID, StandardWebhook.TIMESTAMP, StandardWebhook.SIGNATURE);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> secret = account.find(SECRET);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        return StandardWebhook.of(secret.get())
                .orElseThrow(() -> new AuthenticationFailed("this desk has no usable secret"))
                .verify(request);
    }

    @Override
    public List<DeskEvent> read(Account account, Verified verified) throws MalformedPayload {
        return DeskReader.read(verified.request());
    }

    @Override
    public Optional<AgentTyping> typing(Verified verified) throws MalformedPayload {
        return DeskReader.typing(verified.request());
    }

    @Override
    public Outcome deliver(Account account, ToDesk notice, Transport transport) {
        return post(account, notice.key(), Json.write(notice.notice()), account.get(TIMEOUT), transport);
    }

    @Override
    public boolean showsTyping(Account account) {
        return account.find(TYPING).orElse(false);
    }

    @Override
    public Outcome showTyping(Account account, TypingNotice notice, Transport transport) {
        Duration timeout = account.get(TIMEOUT);
        return post(
                account,
                notice.key(),
                Json.write(TypingJson.of(notice)),
                timeout.compareTo(TYPING_TIMEOUT) < 0 ? timeout : TYPING_TIMEOUT,
                transport);
    }

    /** What is posted, in the order in which it is written. */
    private record TypingJson(String type, Instant timestamp, TypingData data) {
        static TypingJson of(TypingNotice notice) {
            return new TypingJson(
                    "conversation.typing",
                    notice.timestamp(),
                    new TypingData(notice.conversation(), notice.contact(), notice.typing()));
        }
    }

    private record TypingData(Conversation conversation, Contact contact, boolean typing) {}

    private static Outcome post(Account account, String key, String json, Duration timeout, Transport transport) {
        // through a String: half a surrogate pair becomes a question mark there, and an exception on the direct way
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String seconds = Long.toString(transport.clock().instant().getEpochSecond());
        URI url = account.get(URL);
        HttpCall call = HttpCall.post(url, HttpCall.Body.json(body))
                .trusting(url)
                .timeout(timeout)
                .header(StandardWebhook.ID, key)
                .header(StandardWebhook.TIMESTAMP, seconds);
        Optional<StandardWebhook> signature = account.find(SECRET).flatMap(StandardWebhook::of);
        if (signature.isPresent()) {
            call = call.header(StandardWebhook.SIGNATURE, signature.get().sign(key, seconds, body));
        } else if (!account.insecure()) {
            return new Refused(Reason.AUTHENTICATION_FAILED, "the desk has no usable secret to sign with");
        }
        try {
            return outcome(transport.http(call));
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    @Override
    public HttpCall file(Account account, HttpCall get) {
        HttpCall own = get.trusting(account.get(URL));
        return own.isTrusted()
                ? account.find(FILES_AUTHORIZATION).map(own::authorized).orElse(own)
                : get;
    }

    @Override
    public List<Check> test(Account account, Transport transport, Clock clock) {
        return WebhookCheck.run(account, transport, clock);
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT;
    }

    private static Outcome outcome(Response response) {
        if (response.ok()) {
            return new Sent(reference(response));
        }
        Outcome outcome = ANSWERS.outcome(response, response.status());
        return response.retryAfter().isPresent() ? outcome.repeatable() : outcome; // it knows what it will do with it
    }

    /** The desk's own id for what we told it, where the answer has one. */
    private static @Nullable String reference(Response response) {
        JsonNode id = response.json().path("id");
        String text = id.isTextual() || id.isIntegralNumber() ? id.asText().strip() : "";
        return text.isEmpty() || text.length() > LONGEST_REFERENCE ? null : text;
    }
}
