// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
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
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Discord bot. Commands, buttons and forms are posted to us; messages and reactions come through a session at Discord's
 * Gateway.
 */
@AutoService(Connector.class)
public final class Discord implements Channel, Webhook, Polled, MediaSource, WebhookSetup, WritesFirst {
    private static final int TEXT = 2000;
    private static final long LARGEST_FILE = 10L << 20;
    private static final Acknowledgement NO_CONTENT = new Acknowledgement(204, "text/plain", "");
    private static final Limits DIRECT = limits(TEXT);
    private static final Limits SHARED = limits(TEXT - OutgoingMessage.MENTION);

    /** What one poll leaves for the next; a poll that ends takes its own away. */
    private final Map<PollContext, GatewayPoll> polls = new ConcurrentHashMap<>();

    private static Limits limits(int text) {
        return Limits.text(text, Limits.Unit.UTF_16)
                .caption(text)
                .choices(25, 25)
                .choiceTexts(text, 80)
                .anyMedia(LARGEST_FILE)
                .build();
    }

    @Override
    public String kind() {
        return "discord";
    }

    @Override
    public String description() {
        return "A Discord bot: direct messages, servers' channels and threads, slash commands, buttons and forms.";
    }

    @Override
    public Features features() {
        return Features.receives("Gateway session; commands, buttons and forms by webhook")
                .sends("text, files, buttons, menus")
                .receipts("none")
                .verification("Ed25519 of time and raw body, or our own login")
                .needs("botToken")
                .setUp(
                        "In Discord's Developer Portal, make an application; Bot, Reset Token gives the bot token.",
                        "To read what people write in a server's channels, switch on Message Content Intent there, and "
                                + "name the channels in `channels`.",
                        "Under Installation, make the link by which a server's owner brings the bot there, with View "
                                + "Channels, Send Messages, Send Messages in Threads, Attach Files and Read Message "
                                + "History. [channels/discord.md](channels/discord.md) has the rest.")
                .missed(
                        "the session at the Gateway is resumed from the stored position; where it is lost, messages since "
                                + "then are read in the channels of servers and the last 500 direct channels. Edits, deletions "
                                + "and reactions of that time are lost, and the first direct message of somebody new; a "
                                + "command, button or form that is posted comes once")
                .begins("`@` and the id of a person who shares a server with the bot");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                DiscordSettings.BOT_TOKEN,
                DiscordSettings.PUBLIC_KEY,
                DiscordSettings.GATEWAY,
                DiscordSettings.CHANNELS,
                DiscordSettings.CONFIRMATION,
                OnUncertain.SETTING,
                DiscordSettings.GATEWAY_URL,
                DiscordSettings.BASE_URL);
    }

    @Override
    public List<String> problems(Account account) {
        return DiscordSettings.problems(account);
    }

    @Override
    public boolean receivesWebhooks(Account account) {
        return account.insecure() || account.find(DiscordSettings.PUBLIC_KEY).isPresent();
    }

    @Override
    public Set<String> headers() {
        return Set.of(PostedProof.SIGNATURE, PostedProof.TIME);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return PostedProof.verify(account, request);
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        try {
            JsonFields body = JsonFields.of(request.body());
            return InboundReader.isWebhookEvent(body)
                    ? NO_CONTENT
                    : new Acknowledgement(200, "application/json", Json.write(InteractionAnswer.to(body, account)));
        } catch (MalformedPayload e) {
            return Acknowledgement.OK; // stored as it is
        }
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(verified.request());
    }

    @Override
    public boolean polls(Account account) {
        return account.get(DiscordSettings.GATEWAY);
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        GatewayPoll poll = polls.get(context);
        if (poll == null) {
            poll = new GatewayPoll(new ApiClient(account, transport), context);
            polls.put(context, poll);
            context.onStop(() -> polls.remove(context)); // registered for as long as there are polls
        }
        try {
            return poll.poll(position);
        } finally {
            if (context.stopping()) {
                poll.close();
            }
        }
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(new ApiClient(account, transport)).send(message);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new DiscordFile(new ApiClient(account, transport)).fetch(media, origin);
    }

    @Override
    public Plan plan(Account account) {
        return DiscordSetup.plan(account);
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return DiscordSetup.connect(new ApiClient(account, transport));
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        String given = address.strip();
        String id = given.substring(Math.min(1, given.length()));
        if (!given.startsWith("@") || !Snowflake.is(id)) {
            throw new MalformedPayload("must be @ and a person's id on Discord, such as @1234567890123456789");
        }
        return DiscordPlace.of(id).sender(id, null, null);
    }

    @Override
    public Limits limits(Account account) {
        return SHARED;
    }

    /** In a server's channel a text begins with the person's mention. */
    @Override
    public Limits limits(Account account, String address) {
        return address.contains("/") ? SHARED : DIRECT;
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT;
    }

    /** Discord compares nonces of "the past few minutes". */
    @Override
    public Duration keysKept() {
        return Duration.ofMinutes(2);
    }
}
