// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.MediaLimit;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Telegram bot. With {@code intake: webhook}, Telegram is told once where to post:
 * <pre>
 * curl https://api.telegram.org/bot$TOKEN/setWebhook -d url=https://chat.example.com/channels/shop-telegram \
 *   -d secret_token=$SECRET -d 'allowed_updates=["message","edited_message","callback_query","message_reaction"]'
 * </pre>
 * Reactions come only when {@code allowed_updates} names them. With {@code intake: poll}, nothing is to be set up.
 */
public final class Telegram implements Connector {
    static final Setting<Secret> TOKEN =
            Setting.secret("token", "Bot token from @BotFather.").need();
    static final Setting<Secret> SECRET_TOKEN = Setting.secret(
            "secretToken",
            "1 to 256 letters, digits, _ and - of your own choice; the same as secret_token in your call of setWebhook. "
                    + "Needed unless the intake is poll.");
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
    private static final Limits LIMITS = Limits.text(4096, Limits.Unit.UTF_16)
            .caption(1024)
            .choices(100, 20) // a keyboard holds no more, and each of a list has a line in the text
            .choiceTexts(1024, 64)
            .media(Map.of(
                    MediaKind.IMAGE, MediaLimit.any(LARGEST_UPLOAD),
                    MediaKind.AUDIO, MediaLimit.any(LARGEST_UPLOAD),
                    MediaKind.VIDEO, MediaLimit.any(LARGEST_UPLOAD),
                    MediaKind.FILE, MediaLimit.any(LARGEST_UPLOAD),
                    MediaKind.STICKER, MediaLimit.any(LARGEST_UPLOAD)))
            .location(true)
            .contacts(true)
            .seen(true)
            .build();

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
    public Side side() {
        return Side.CHANNEL;
    }

    @Override
    public String description() {
        return "A Telegram bot: private chats, groups, topics and business chats, by webhook or long polling.";
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
            problems.add("secretToken must be 1 to 256 of the characters A-Z a-z 0-9 _ -; Telegram takes no other");
        }
        if (secret.isEmpty() && account.get(INTAKE) == From.WEBHOOK && !account.insecure()) {
            problems.add("secretToken is missing; without it no update can be trusted. Choose one and give it to "
                    + "Telegram as secret_token of setWebhook, or set intake: poll");
        }
        return problems;
    }

    @Override
    public Intake intake(Account account) {
        return account.get(INTAKE) == From.POLL ? Intake.POLL : Backfill.intake(account, SECRET_HEADER);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        if (request.origin() != Request.Origin.RECEIVED) {
            return Signature.polled(request);
        }
        Optional<Secret> secret = account.find(SECRET_TOKEN);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String given = request.header(SECRET_HEADER)
                .orElseThrow(() -> new AuthenticationFailed(SECRET_HEADER + " is missing"));
        return Signature.match(request, secret.get().bytes(), given.getBytes(StandardCharsets.UTF_8), SECRET_HEADER);
    }

    @Override
    public List<Event> read(Account account, Verified verified) throws MalformedPayload {
        return UpdateReader.read(verified.request());
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        BotApi api = BotApi.of(account, transport);
        return account.get(INTAKE) == From.POLL
                ? new UpdatePoll(api, context, false)
                        .take(WebhookWatch.Position.read(position).offset())
                : new WebhookWatch(account, api, context).poll(position);
    }

    @Override
    public Outcome send(Account account, Outbound outbound, Transport transport) {
        MessageSender sender = new MessageSender(BotApi.of(account, transport), transport);
        if (outbound instanceof Outbound.ToCustomer message) {
            return sender.send(message);
        }
        if (outbound instanceof Outbound.Seen seen) {
            return sender.seen(seen);
        }
        return new Outcome.Refused(Reason.UNSUPPORTED, "telegram is a channel, not a desk");
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new FileFetch(BotApi.of(account, transport)).fetch(media);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    @Override
    public Repeat repeat() {
        return Repeat.NEITHER;
    }
}
