// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Telegram bot. With {@code intake: webhook}, the webhook is registered once at Telegram, by
 * {@code ./dragoman connect <id>}.
 * Reactions come only when {@code allowed_updates} names them; those that stand here are read, others are ignored. With {@code intake: poll}, nothing is to be set up.
 */
@AutoService(Connector.class)
public final class Telegram implements Channel, Webhook, Polled, MediaSource, ReadMarker, WebhookSetup {
    static final Setting<Secret> TOKEN =
            Setting.secret("token", "Bot token from @BotFather.").need();
    static final Setting<Secret> SECRET_TOKEN = Setting.verifying(
            "secretToken",
            "1 to 256 letters, digits, _ and - of your own choice; the same as secret_token in your call of setWebhook. "
                    + "With intake: poll it is not needed.");
    static final Setting<From> INTAKE = Setting.choice(
                    "intake",
                    "How updates reach us: webhook needs a public https address and one call of setWebhook, "
                            + "poll needs neither.",
                    From.class)
            .or("webhook");
    static final Setting<URI> WEBHOOK_URL = Setting.url(
            "webhookUrl",
            "The address in your call of setWebhook, where it is not the channel's own (a proxy rewrites it).");
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "The Bot API server.").or("https://api.telegram.org");

    /** Telegram hands out no larger file to a bot (20 &lt;&lt; 20 in its server). */
    static final long LARGEST_DOWNLOAD = 20L << 20;

    private static final long LARGEST_UPLOAD = 50L << 20;
    private static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";
    private static final int LONGEST_CAPTION = 1024;
    private static final Limits OTHER_LIMITS = limits().build();
    private static final Limits LIMITS =
            limits().locationRequest(LONGEST_CAPTION).build();

    private static Limits.Builder limits() {
        return Limits.text(4096, Limits.Unit.UTF_16)
                .caption(LONGEST_CAPTION)
                .choices(100, 20) // a keyboard holds no more; a list has a line for each in the text
                .choiceTexts(LONGEST_CAPTION, 64)
                .choiceMedia(MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.FILE)
                .cards(KeyboardPlan.CARDS)
                .anyMedia(LARGEST_UPLOAD)
                .location()
                .contacts();
    }

    /** How updates reach us. */
    enum From {
        WEBHOOK,
        POLL
    }

    @Override
    public String kind() {
        return "telegram";
    }

    @Override
    public String description() {
        return "A Telegram bot: private chats, groups, topics and business chats, by webhook or long polling.";
    }

    @Override
    public Features features() {
        return Features.receives("webhook or long polling")
                .sends("text, media, buttons, links")
                .receipts("none")
                .verification("secret token, or our own login")
                .needs("token", "secretToken")
                .setUp("Ask @BotFather for a bot; copy its token. Invent the secretToken: up to 256 "
                        + "letters, digits, - and _.")
                .missed("Telegram tries a failed update for 24 hours. A backfill asks for the state of the "
                        + "webhook, shown in health, and fetches pending updates while there is no webhook; "
                        + "with one that points elsewhere Telegram hands out nothing")
                .begins("nobody: a bot cannot write to somebody who has not written to it");
    }

    @Override
    public Plan plan(Account account) {
        return WebhookRegistration.plan(account);
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return WebhookRegistration.connect(account, transport);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TOKEN, SECRET_TOKEN, INTAKE, WEBHOOK_URL, Backfill.EVERY, OnUncertain.SETTING, BASE_URL);
    }

    @Override
    public List<String> problems(Account account) {
        List<String> problems = new ArrayList<>();
        boolean wellFormed = account.find(TOKEN)
                .filter(token -> !token.value().matches("\\d{1,20}:[A-Za-z0-9_-]+"))
                .isEmpty();
        if (!wellFormed) {
            problems.add("token must look like 123456789:AA…, as @BotFather gives it");
        }
        Optional<Secret> secret = account.find(SECRET_TOKEN);
        if (secret.filter(given -> !given.value().matches("[A-Za-z0-9_-]{1,256}"))
                .isPresent()) {
            problems.add("secretToken must be 1 to 256 of the characters A-Z a-z 0-9 _ -; Telegram takes no other.");
        }
        if (secret.isEmpty() && account.get(INTAKE) == From.WEBHOOK && !account.insecure()) {
            problems.add("secretToken is missing; without it no update can be trusted. Choose one and give it to "
                    + "Telegram as secret_token of setWebhook, or set intake: poll.");
        }
        return problems;
    }

    @Override
    public boolean receivesWebhooks(Account account) {
        return account.get(INTAKE) == From.WEBHOOK;
    }

    @Override
    public boolean polls(Account account) {
        return account.get(INTAKE) == From.POLL || Backfill.on(account);
    }

    @Override
    public Set<String> headers() {
        return Set.of(SECRET_HEADER);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> secret = account.find(SECRET_TOKEN);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String given = request.header(SECRET_HEADER)
                .orElseThrow(() -> new AuthenticationFailed(SECRET_HEADER + " is missing"));
        return Signature.match(request, secret.get().bytes(), given.getBytes(StandardCharsets.UTF_8), SECRET_HEADER);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(verified.request());
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        ApiClient api = ApiClient.of(account, transport);
        return account.get(INTAKE) == From.POLL
                ? new UpdatePoll(api, context, false)
                        .take(WebhookWatch.Position.read(position).offset())
                : new WebhookWatch(account, api, context).poll(position);
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(ApiClient.of(account, transport), transport).send(message);
    }

    @Override
    public Outcome markRead(Account account, ReadReceipt receipt, Transport transport) {
        return new Sender(ApiClient.of(account, transport), transport).seen(receipt);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new FileFetch(ApiClient.of(account, transport)).fetch(media);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    /** The key that sends a place is for private chats with the bot itself. */
    @Override
    public Limits limits(Account account, String address) {
        return ChatAddress.parse(address).filter(ChatAddress::isPrivate).isPresent() ? LIMITS : OTHER_LIMITS;
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
