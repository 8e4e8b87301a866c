// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
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
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A LINE official account (developers.line.biz/en/reference/messaging-api). Answers are pushed, which counts towards the
 * plan's messages: a reply is free, but its token lives for a minute only and a second one is not recognised.
 */
@AutoService(Connector.class)
public final class Line implements Channel, Webhook, MediaSource, WebhookSetup {
    static final Setting<Secret> CHANNEL_SECRET = Setting.verifying(
            "channelSecret", "It is the Channel secret under Basic settings of the Messaging API channel.");
    static final Setting<Secret> ACCESS_TOKEN = Setting.secret(
                    "accessToken", "Channel access token (long-lived), under Messaging API of the same channel.")
            .need();
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where LINE's API is.").or("https://api.line.me");
    static final Setting<URI> CONTENT_URL =
            Setting.url("contentUrl", "Where LINE keeps what customers attach.").or("https://api-data.line.me");

    /** What LINE itself carries at most. */
    static final long LARGEST = 200L << 20;

    private static final String SIGNATURE = "X-Line-Signature";
    /** The address of a picture is that of its preview too, which has less room. A film needs a preview: it is a link. */
    private static final Limits LIMITS = Limits.text(5000, Limits.Unit.UTF_16)
            .choices(13, 0)
            .choiceTexts(5000, 20)
            .media(Part.MediaKind.IMAGE, 1 << 20, "image/jpeg", "image/png")
            .location()
            .locationRequest(5000)
            .cards()
            .build();

    @Override
    public String kind() {
        return "line";
    }

    @Override
    public String description() {
        return "A LINE official account: chats, groups and rooms.";
    }

    @Override
    public Features features() {
        return Features.receives("Messaging API webhook")
                .sends("text, pictures, buttons, cards")
                .receipts("none")
                .verification("HMAC-SHA256 of the raw body")
                .needs("channelSecret", "accessToken")
                .setUp("In the LINE Developers Console, make a Messaging API channel; copy the channel "
                        + "secret, and issue a long-lived channel access token.")
                .missed("LINE has no list; it tries a webhook again only where Webhook redelivery is "
                        + "switched on in its console")
                .begins("nobody: a person's id is known only once they have written");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(CHANNEL_SECRET, ACCESS_TOKEN, BASE_URL, CONTENT_URL, OnUncertain.SETTING);
    }

    @Override
    public Set<String> headers() {
        return Set.of(SIGNATURE);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> secret = account.find(CHANNEL_SECRET);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        // compared as text: Base64 has more than one spelling of some bytes
        byte[] hash = Signature.hmac("HmacSHA256", secret.get().bytes(), request.body());
        byte[] given = request.header(SIGNATURE).orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, Base64.getEncoder().encode(hash), given, SIGNATURE);
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
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new ApiClient(account, transport).fetch(media);
    }

    @Override
    public Plan plan(Account account) {
        return EndpointSetup.plan(account);
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return EndpointSetup.connect(account, new ApiClient(account, transport));
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT;
    }

    /** An hour less than the 24 for which LINE knows a retry key. */
    @Override
    public Duration keysKept() {
        return Duration.ofHours(23);
    }
}
