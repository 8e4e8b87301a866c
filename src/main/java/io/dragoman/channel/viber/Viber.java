// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.viber;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.kit.BodySignature;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Viber bot (developers.viber.com/docs/api/rest-bot-api). Its token is also what Viber signs webhooks with. */
@AutoService(Connector.class)
public final class Viber implements Channel, Webhook, MediaSource, WebhookSetup {
    static final Setting<Secret> AUTH_TOKEN = Setting.verifying(
                    "authToken", "It is the bot's token, from the Viber admin panel; Viber also signs with it.")
            .need();
    static final Setting<String> SENDER = Setting.text(
                    "sender", "The name that customers see beside each message, 1 to 28 characters.")
            .matching(".{1,28}", "must have 1 to 28 characters")
            .need();
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where Viber's API is.").or("https://chatapi.viber.com/pa");

    private static final String SIGNATURE = "X-Viber-Content-Signature";
    private static final long MEGABYTE = 1 << 20;
    private static final long LARGEST = 200 * MEGABYTE;
    private static final Limits LIMITS = Limits.text(7000, Limits.Unit.UTF_16)
            .choices(12, 0)
            .choiceTexts(7000, 40)
            .media(MediaKind.IMAGE, MEGABYTE, "image/jpeg", "image/png", "image/gif")
            .media(MediaKind.VIDEO, 26 * MEGABYTE, "video/mp4")
            .media(MediaKind.FILE, 50 * MEGABYTE)
            .location()
            .contacts()
            .build();
    /** What Viber is asked to tell; messages it always tells. */
    private static final List<String> EVENTS =
            List.of("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started");

    @Override
    public String kind() {
        return "viber";
    }

    @Override
    public String description() {
        return "A Viber bot: chats with one person each.";
    }

    @Override
    public Features features() {
        return Features.receives("webhook")
                .sends("text, media, buttons, contact cards")
                .receipts("delivered, read, failed")
                .verification("HMAC-SHA256 of the raw body")
                .needs("authToken", "sender")
                .setUp("Ask Viber for a bot on commercial terms; copy its authentication token.")
                .missed("Viber has no list; it tries a webhook for up to an hour")
                .begins("nobody: a person's id is known only once they have written");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(AUTH_TOKEN, SENDER, OnUncertain.SETTING, BASE_URL);
    }

    @Override
    public Set<String> headers() {
        return Set.of(SIGNATURE);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return BodySignature.verify(account, request, AUTH_TOKEN, SIGNATURE, "");
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return List.of(InboundReader.read(verified.request()));
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(account, transport).send(message);
    }

    /** It is at an open address of Viber's, for about an hour. */
    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return MediaDownload.address(media.source())
                .map(uri -> MediaDownload.fetch(HttpCall.get(uri).follow(3), LARGEST, "Viber", transport))
                .orElseGet(MediaDownload::noAddress);
    }

    @Override
    public Plan plan(Account account) {
        String step = "call set_webhook at " + account.get(BASE_URL) + " with url " + account.callback() + " and"
                + " event_types " + String.join(", ", EVENTS)
                + "; Viber posts there at once, so the gateway must run";
        return new Plan(true, List.of(step));
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("url", account.callback().toString())
                .put("send_name", true);
        EVENTS.forEach(body.putArray("event_types")::add);
        Response response = transport.http(call(account, "/set_webhook", body));
        int code = response.json().path("status").asInt(-1);
        if (response.ok() && code == 0) {
            return Optional.empty(); // Viber took it only after our address had answered
        }
        String remedy = code == ErrorTable.WRONG_TOKEN
                ? "authToken is not the bot's: copy it again from the Viber admin panel."
                : "The gateway must run and be reached at http.publicUrl from outside, by https with a certificate"
                        + " of a public authority.";
        return Optional.of(
                "Viber did not take the address (HTTP " + response.status() + ", status " + code + "). " + remedy);
    }

    static HttpCall call(Account account, String method, ObjectNode body) {
        URI base = account.get(BASE_URL);
        return HttpCall.post(URI.create(base + method), HttpCall.Body.json(Json.bytes(body)))
                .header("X-Viber-Auth-Token", account.get(AUTH_TOKEN).value())
                .trusting(base);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    /** Viber knows no key of ours, and cannot be asked. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
