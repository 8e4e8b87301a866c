// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.model.Event;
import io.dragoman.model.Hashes;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * SMS, MMS and WhatsApp through Twilio Programmable Messaging. News comes by webhook; Twilio does not repeat one that
 * fails unless its address ends in a fragment such as {@code #rc=3&rp=all}.
 */
public final class Twilio implements Connector {
    static final Setting<String> ACCOUNT_SID = Setting.text(
                    "accountSid", "The account, AC…, from the first page of the Twilio console.")
            .need();
    static final Setting<Secret> AUTH_TOKEN = Setting.secret(
            "authToken", "The account's Auth Token, from the same page; it signs the webhooks whatever key sends.");
    static final Setting<Secret> SECONDARY_AUTH_TOKEN = Setting.secret(
            "secondaryAuthToken", "A second Auth Token to accept signatures of, while tokens are rotated.");
    static final Setting<Secret> API_KEY =
            Setting.secret("apiKey", "An API key, SK…, to send with instead of the Auth Token.");
    static final Setting<Secret> API_SECRET = Setting.secret("apiSecret", "The secret of the API key.");
    static final Setting<String> FROM =
            Setting.text("from", "The sender: a number such as +15550100, whatsapp:+15550100, a short code or a name.");
    static final Setting<String> MESSAGING_SERVICE_SID =
            Setting.text("messagingServiceSid", "A messaging service, MG…, that picks the sender.");
    static final Setting<String> WEBHOOK_URL = new Setting<>(
            "webhookUrl",
            "The address in Twilio's console, where it is not the channel's own (a proxy rewrites it).",
            Setting.Type.URL,
            null,
            false,
            List.of(),
            PublicUrls::parse);
    static final Setting<Boolean> TRUST_PROXY = Setting.flag(
                    "trustProxy", "Whether a proxy in front always sets X-Forwarded-Proto and X-Forwarded-Host itself.")
            .or("false");
    static final Setting<Boolean> MMS = Setting.flag(
                    "mms", "Whether the number can send media (USA, Canada); else they go as links.")
            .or("true");
    static final Setting<Duration> VALIDITY_PERIOD =
            Setting.duration("validityPeriod", "How long Twilio may hold a message before it gives up, at most 10h.");
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where Twilio's API is.").or("https://api.twilio.com");

    private static final String SIGNATURE = "x-twilio-signature";

    /** Twilio's own cap for what comes in is 16 MB. */
    private static final long LARGEST_MEDIUM = 32L * 1024 * 1024;

    private final Duration settled;

    public Twilio() {
        this(SentMessages.SETTLED);
    }

    /**
     * Against a provider that is quicker, or slower.
     *
     * @param settled how long after an attempt began a message that it made is surely listed
     */
    public Twilio(Duration settled) {
        this.settled = settled;
    }

    @Override
    public String kind() {
        return "twilio";
    }

    @Override
    public Side side() {
        return Side.CHANNEL;
    }

    @Override
    public String description() {
        return "SMS, MMS and WhatsApp through Twilio Programmable Messaging.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                ACCOUNT_SID,
                AUTH_TOKEN,
                SECONDARY_AUTH_TOKEN,
                API_KEY,
                API_SECRET,
                FROM,
                MESSAGING_SERVICE_SID,
                WEBHOOK_URL,
                TRUST_PROXY,
                MMS,
                VALIDITY_PERIOD,
                Backfill.EVERY,
                OnUncertain.SETTING.or("hold"),
                BASE_URL);
    }

    @Override
    public List<String> problems(Account account) {
        return Problems.of(account);
    }

    @Override
    public Intake intake(Account account) {
        return account.get(TRUST_PROXY)
                ? Backfill.intake(account, SIGNATURE, "x-forwarded-proto", "x-forwarded-host", "host")
                : Backfill.intake(account, SIGNATURE);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        if (request.origin() != Request.Origin.RECEIVED) {
            return Signature.polled(request);
        }
        List<Secret> tokens = Stream.of(AUTH_TOKEN, SECONDARY_AUTH_TOKEN)
                .flatMap(setting -> account.find(setting).stream())
                .toList();
        Optional<String> given = request.header(SIGNATURE);
        if (tokens.isEmpty() || given.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        byte[] parameters = signedParameters(request);
        List<byte[]> expected = new ArrayList<>();
        for (String url : PublicUrls.of(account, request)) {
            for (Secret token : tokens) {
                byte[] mac =
                        Signature.hmac("HmacSHA1", token.bytes(), url.getBytes(StandardCharsets.UTF_8), parameters);
                // compared as text: a decoder would let through signatures that differ in their last, unused bits
                expected.add(Base64.getEncoder().encode(mac));
            }
        }
        byte[] signature = given.get().strip().getBytes(StandardCharsets.UTF_8);
        return Signature.matchAny(request, expected, List.of(signature), "X-Twilio-Signature");
    }

    /** What the signature covers beside the address: of a GET nothing, of JSON its hash in the address. */
    private static byte[] signedParameters(Request request) throws AuthenticationFailed {
        if (Form.isGet(request)) {
            return new byte[0];
        }
        Optional<String> hash = Form.bodyHash(request);
        if (hash.isEmpty()) {
            return Form.parse(request.body()).signed();
        }
        byte[] ours = Hashes.sha256Hex(request.body()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(ours, hash.get().getBytes(StandardCharsets.UTF_8))) {
            throw new AuthenticationFailed("bodySHA256 does not match");
        }
        return new byte[0];
    }

    @Override
    public List<Event> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        return List.of(
                request.origin() == Request.Origin.SWEPT
                        ? SweptMessage.read(request)
                        : Reading.read(Form.of(request), request.receivedAt())); // a webhook has no time of its own
    }

    /** An empty answer in TwiML; Twilio would text any other words to the customer. */
    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return Acknowledgement.xml("<Response/>");
    }

    @Override
    public Outcome send(Account account, Outbound outbound, Transport transport) {
        if (!(outbound instanceof Outbound.ToCustomer message)) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "Twilio takes messages only");
        }
        Letter letter = new Letter(account, message);
        Outcome.Refused refusal = letter.refusal();
        if (refusal != null) {
            return refusal;
        }
        try {
            return outcome(transport.http(authorized(
                    account, HttpCall.post(MessageList.address(account), HttpCall.Body.form(letter.form())))));
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    /** What no webhook brought: Twilio itself gives up at the first failure. */
    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        return new MissedMessages(account, transport, context).poll(position);
    }

    @Override
    public DeliveryLookup lookUp(
            Account account, Outbound outbound, Instant since, Predicate<String> known, Transport transport) {
        return outbound instanceof Outbound.ToCustomer message
                ? new SentMessages(account, transport, settled).find(message, since, known)
                : new DeliveryLookup.Unknown("Twilio takes messages only", null);
    }

    static HttpCall authorized(Account account, HttpCall call) {
        Optional<Secret> key = account.find(API_KEY);
        HttpCall signed = key.isPresent()
                ? call.basic(key.get().value(), account.get(API_SECRET))
                : call.basic(account.get(ACCOUNT_SID), account.get(AUTH_TOKEN));
        return signed.trusting(account.get(BASE_URL));
    }

    private static Outcome outcome(Response response) {
        JsonNode json = response.json();
        int code = json.path(response.ok() ? "error_code" : "code").asInt(0);
        if (response.ok() && code == 0) {
            String sid = json.path("sid").asText("");
            return new Outcome.Sent(sid.isBlank() ? null : sid);
        }
        Outcome general = Outcome.of(response, "Twilio");
        Optional<Reason> reason = Errors.reason(code);
        if (reason.isEmpty() || !(general instanceof Outcome.Refused)) {
            return general;
        }
        String detail = "Twilio answered " + response.status() + " with code " + code;
        return Errors.passes(code)
                ? new Outcome.Retry(reason.get(), detail, response.retryAfter().orElse(null))
                : new Outcome.Refused(reason.get(), detail);
    }

    /** Media lie behind the account's credentials and a redirect; nobody but Twilio is shown them. */
    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        URI source;
        try {
            source = URI.create(String.valueOf(media.source()));
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the medium's address is none");
        }
        HttpCall call = HttpCall.get(source).follow(3);
        boolean theirs = "https".equals(source.getScheme())
                && String.valueOf(source.getHost()).endsWith(".twilio.com");
        if (theirs || call.trusting(account.get(BASE_URL)).isTrusted()) {
            call = authorized(account, call);
        }
        try {
            return outcome(transport.download(call, LARGEST_MEDIUM));
        } catch (TransportFailure e) {
            return new Outcome.Retry(e.reason(), e.detail()); // a GET can be repeated whatever became of it
        }
    }

    private static Outcome outcome(Transport.Download download) {
        if (download instanceof Transport.Download.Done done) {
            return new Outcome.Fetched(done.kept(), null);
        }
        if (!(download instanceof Transport.Download.Answered answered)) {
            return new Outcome.Refused(Reason.TOO_LARGE, "the medium is over " + LARGEST_MEDIUM + " bytes");
        }
        int status = answered.response().status();
        if (status == 404 || status == 410) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "Twilio answered " + status);
        }
        Outcome outcome = Outcome.of(answered.response(), "Twilio");
        return outcome instanceof Outcome.Uncertain unclear
                ? new Outcome.Retry(unclear.reason(), unclear.detail())
                : outcome;
    }

    @Override
    public Limits limits(Account account) {
        return SenderLimits.of(account);
    }

    /** Twilio knows no idempotency key: a second try is a second text on the customer's phone. But it keeps a list. */
    @Override
    public Repeat repeat() {
        return Repeat.QUERYABLE;
    }
}
