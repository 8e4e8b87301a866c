// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.google.auto.service.AutoService;
import io.dragoman.channel.twilio.account.TwilioAccount;
import io.dragoman.channel.twilio.account.WebhookForm;
import io.dragoman.channel.twilio.account.WebhookSignature;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Features;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.connector.kit.ListBackfill;
import io.dragoman.connector.kit.ListLookup;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.connector.kit.PublicUrls;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SMS, MMS and WhatsApp through Twilio Programmable Messaging. News comes by webhook; Twilio does not repeat one that
 * fails unless its address ends in a fragment such as {@code #rc=3&rp=all}.
 */
@AutoService(Connector.class)
public final class Twilio
        implements Channel, Webhook, Polled, MediaSource, DeliveryLookup<ToCustomer>, WebhookSetup, WritesFirst {
    static final Setting<String> FROM = Setting.text(
            "from", "The sender: a number such as +15550100, whatsapp:+15550100, rcs:agent, a short code or a name.");
    static final Setting<String> MESSAGING_SERVICE_SID =
            Setting.text("messagingServiceSid", "A messaging service, MG…, that picks the sender.");
    static final Setting<Boolean> MMS = Setting.flag(
                    "mms", "Whether the number can send media (USA, Canada); else they go as links.")
            .or("true");
    static final Setting<Duration> VALIDITY_PERIOD =
            Setting.duration("validityPeriod", "How long Twilio may hold a message before it gives up, at most 10h.");
    /** Twilio's own cap for what comes in is 16 MB. */
    private static final long LARGEST_ATTACHMENT = 32L * 1024 * 1024;

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
    public String description() {
        return "SMS, MMS and WhatsApp through Twilio Programmable Messaging.";
    }

    @Override
    public Features features() {
        return Features.receives("SMS, MMS and WhatsApp webhook")
                .sends("text, media, templates")
                .receipts("all of Twilio's")
                .verification("HMAC-SHA1 or SHA256 of address and form")
                .needs("accountSid", "authToken", "from or messagingServiceSid")
                .setUp("In the Twilio console, copy the Account SID and the auth token; buy a number, or "
                        + "make a messaging service or a WhatsApp sender.")
                .missed("Twilio never repeats a failed webhook. A backfill reads the list of messages to "
                        + "`from` (with only a messaging service: of that service) since an hour before the "
                        + "last one, in order, in bounded batches. Of WhatsApp the list shows no profile name, "
                        + "button or place; receipts are not backfilled; with `from: +…` only texts to that "
                        + "number, not its WhatsApp")
                .begins("any number by SMS or RCS; by WhatsApp a template alone, which only the API can send "
                        + "(`parts`)");
    }

    @Override
    public Plan plan(Account account) {
        return NumberSetup.plan(account);
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return NumberSetup.connect(account, transport);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                TwilioAccount.ACCOUNT_SID,
                TwilioAccount.AUTH_TOKEN,
                TwilioAccount.SECONDARY_AUTH_TOKEN,
                TwilioAccount.SHARED_KEY_SECRET,
                TwilioAccount.API_KEY,
                TwilioAccount.API_SECRET,
                FROM,
                MESSAGING_SERVICE_SID,
                PublicUrls.WEBHOOK_URL,
                PublicUrls.TRUST_PROXY,
                MMS,
                VALIDITY_PERIOD,
                Backfill.EVERY,
                OnUncertain.SETTING.or("hold"),
                TwilioAccount.BASE_URL);
    }

    @Override
    public List<String> problems(Account account) {
        return Problems.of(account);
    }

    @Override
    public boolean polls(Account account) {
        return Backfill.on(account);
    }

    @Override
    public Set<String> headers() {
        return Stream.concat(WebhookSignature.HEADERS.stream(), PublicUrls.HEADERS.stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return WebhookSignature.verify(account, request);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        return request.origin() == Request.Origin.BACKFILLED
                ? ReceivedMessages.read(request)
                : InboundReader.read(WebhookForm.of(request), request.receivedAt()); // a webhook has no time
    }

    /** An empty answer in TwiML; Twilio would text any other words to the customer. */
    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return Acknowledgement.xml("<Response/>");
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        Sender letter = new Sender(account, message);
        Outcome.Refused refusal = letter.refusal();
        if (refusal != null) {
            return refusal;
        }
        try {
            return ErrorTable.outcome(transport.http(
                    TwilioAccount.authorized(account, HttpCall.post(ApiClient.address(account), letter.form()))));
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    /** What no webhook brought: Twilio itself gives up at the first failure. */
    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        return new ListBackfill(account, context, new ReceivedMessages(account, transport)).poll(position);
    }

    @Override
    public DeliveryLookup.Answer lookUp(
            Account account, ToCustomer message, Instant since, Predicate<String> known, Transport transport) {
        return new ListLookup(new SentMessages(account, transport, message, known))
                .find(since, settled, transport.clock());
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return TwilioAccount.fetch(account, media, LARGEST_ATTACHMENT, transport, MediaDownload.refusals("Twilio"));
    }

    /** A number alone is reached as the account's own sender reaches people. */
    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        return TwilioAddress.recipient(address, account.find(FROM).map(TwilioAddress::of));
    }

    @Override
    public Limits limits(Account account) {
        return SenderLimits.of(account);
    }

    /** Twilio knows no idempotency key: a second try is a second text on the customer's phone. But it keeps a list. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.QUERYABLE;
    }
}
