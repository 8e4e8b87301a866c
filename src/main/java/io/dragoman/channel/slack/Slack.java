// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ListLookup;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A Slack app in one workspace (docs.slack.dev): events, buttons and slash commands come to one address. */
@AutoService(Connector.class)
public final class Slack implements Channel, Webhook, WebhookSetup, MediaSource, DeliveryLookup<ToCustomer> {
    static final Setting<Secret> SIGNING_SECRET =
            Setting.verifying("signingSecret", "It is the Signing Secret under Basic Information of the Slack app.");
    static final Setting<Secret> BOT_TOKEN = Setting.secret(
                    "botToken",
                    "The Bot User OAuth Token (xoxb-…) with the scopes chat:write, im:history, files:read and files:write.")
            .need();
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where Slack's Web API is.").or("https://slack.com/api");

    private static final String SIGNATURE = "X-Slack-Signature";
    private static final String TIME = "X-Slack-Request-Timestamp";
    /** What is older may be somebody's repetition. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Limits LIMITS = Limits.text(4000, Limits.Unit.UTF_16)
            .choices(25, 0)
            .choiceTexts(3000, 75)
            .caption(4000)
            .anyMedia(1L << 30)
            .build();

    private final Duration settled;

    public Slack() {
        this(SentMessages.SETTLED);
    }

    /** @param settled how long after an attempt began a message that it made is surely listed */
    Slack(Duration settled) {
        this.settled = settled;
    }

    @Override
    public String kind() {
        return "slack";
    }

    @Override
    public String description() {
        return "A Slack app in one workspace: direct messages, and threads in channels.";
    }

    @Override
    public Features features() {
        return Features.receives("Events API, buttons and slash commands")
                .sends("text, files, buttons")
                .receipts("none")
                .verification("HMAC-SHA256 of time and raw body")
                .needs("signingSecret", "botToken")
                .setUp(
                        "At api.slack.com/apps, make an app *from a manifest*: `./dragoman connect my-slack` prints one"
                                + " with the address, the events and the scopes. By hand, its bot needs chat:write,"
                                + " im:history, files:read, files:write and, for threads in channels, channels:history,"
                                + " groups:history and app_mentions:read.",
                        "Install it, and copy the signing secret and the bot token.",
                        "Without a manifest, enter the callback address under Event Subscriptions (message.im,"
                                + " message.channels, message.groups, app_mention, reaction_added, reaction_removed),"
                                + " under Interactivity, and for each slash command."
                                + " [channels/slack.md](channels/slack.md) has the rest.")
                .missed("Slack tries an event three times more, within six minutes; what fell into a longer "
                        + "outage is lost")
                .begins("nobody: a person's id is known only once they have written");
    }

    /** A bot's token sets no address: only a manifest does, with a token of the developer's that ends after 12 hours. */
    @Override
    public Plan plan(Account account) {
        return AppManifest.plan(account);
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) {
        return Optional.empty(); // the plan is for a person
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(SIGNING_SECRET, BOT_TOKEN, OnUncertain.SETTING, BASE_URL);
    }

    @Override
    public Set<String> headers() {
        return Set.of(SIGNATURE, TIME);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> secret = account.find(SIGNING_SECRET);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String time = request.header(TIME).orElse("");
        if (!time.matches("\\d{1,10}") || isFar(Instant.ofEpochSecond(Long.parseLong(time)), request.receivedAt())) {
            throw new AuthenticationFailed(TIME + " is not within five minutes of now");
        }
        byte[] start = ("v0:" + time + ":").getBytes(StandardCharsets.UTF_8);
        byte[] hash = Signature.hmac("HmacSHA256", secret.get().bytes(), start, request.body());
        byte[] expected = ("v0=" + HexFormat.of().formatHex(hash)).getBytes(StandardCharsets.UTF_8);
        byte[] given = request.header(SIGNATURE).orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, expected, given, SIGNATURE);
    }

    private static boolean isFar(Instant sent, Instant now) {
        return Duration.between(sent, now).abs().compareTo(WINDOW) > 0;
    }

    /** Slack tries an address by a challenge, which is to be repeated. */
    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return challenge(request).map(Acknowledgement::text).orElse(Acknowledgement.OK);
    }

    private static Optional<String> challenge(Request request) {
        try {
            JsonFields json = JsonFields.of(request.body());
            String challenge = "url_verification".equals(json.word("type")) ? json.word("challenge") : null;
            return Optional.ofNullable(challenge).filter(text -> text.matches("[A-Za-z0-9_.-]{1,256}"));
        } catch (MalformedPayload e) {
            return Optional.empty(); // a form
        }
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(verified.request());
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(new ApiClient(account, transport)).send(message);
    }

    @Override
    public Answer lookUp(
            Account account, ToCustomer message, Instant since, Predicate<String> known, Transport transport) {
        SentMessages list = new SentMessages(new ApiClient(account, transport), message, since, known);
        Duration listed = list.isFile() ? settled.plus(SentMessages.SCANNED) : settled;
        Answer answer = new ListLookup(list).find(since, listed, transport.clock());
        return list.isClosed()
                ? new Unknown("botToken may not read what was written: it lacks im:history or channels:history", null)
                : answer;
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return SlackFile.fetch(account, media, transport);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    /** Slack recognises no repetition, but lists what was written with the key that we gave it. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.QUERYABLE;
    }
}
