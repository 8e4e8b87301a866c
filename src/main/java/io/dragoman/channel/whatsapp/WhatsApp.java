// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.MediaLimit;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** WhatsApp through Meta's Cloud API: https://developers.facebook.com/docs/whatsapp/cloud-api. */
public final class WhatsApp implements Connector {
    static final Setting<String> PHONE_NUMBER_ID = matching(
                    Setting.text(
                            "phoneNumberId",
                            "The Phone number ID under WhatsApp → API setup of the Meta app; it is not the phone"
                                    + " number itself."),
                    "\\d{1,32}",
                    "must be digits only: the Phone number ID, not the phone number")
            .need();
    static final Setting<Secret> ACCESS_TOKEN = Setting.secret(
                    "accessToken",
                    "Permanent token of a system user with the permissions whatsapp_business_messaging and"
                            + " whatsapp_business_management (Business settings → System users).")
            .need();
    static final Setting<Secret> APP_SECRET = Setting.secret(
            "appSecret",
            "It is the App Secret of the Meta app (App settings → Basic); without it no webhook can be trusted.");
    static final Setting<Secret> VERIFY_TOKEN = Setting.secret(
                    "verifyToken",
                    "A word of your own choice that you repeat as Verify token where Meta asks for the callback"
                            + " address (WhatsApp → Configuration).")
            .need();
    static final Setting<URI> BASE_URL = Setting.url("baseUrl", "Where Meta's Graph API is; change it only for tests.")
            .or("https://graph.facebook.com");
    static final Setting<String> API_VERSION = matching(
            Setting.text("apiVersion", "The version of the Graph API that is spoken.")
                    .or("v25.0"),
            "v\\d{1,3}\\.\\d{1,2}",
            "must be a version such as v25.0");
    static final Setting<Boolean> MARK_READ = Setting.flag(
                    "markRead",
                    "Whether customers see the blue ticks once their message was taken up; false keeps them grey.")
            .or("true");

    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final String PREFIX = "sha256=";
    private static final int MEGABYTE = 1024 * 1024;
    private static final Map<MediaKind, MediaLimit> MEDIA = Map.of(
            MediaKind.IMAGE, new MediaLimit(Set.of("image/jpeg", "image/png"), 5 * MEGABYTE),
            MediaKind.VIDEO, new MediaLimit(Set.of("video/mp4", "video/3gpp"), 16 * MEGABYTE),
            MediaKind.AUDIO,
                    new MediaLimit(
                            Set.of("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"), 16 * MEGABYTE),
            MediaKind.FILE, MediaLimit.any(100 * MEGABYTE),
            MediaKind.STICKER, new MediaLimit(Set.of("image/webp"), 100 * 1024));

    @Override
    public String kind() {
        return "whatsapp";
    }

    @Override
    public Side side() {
        return Side.CHANNEL;
    }

    @Override
    public String description() {
        return "WhatsApp business numbers through Meta's Cloud API.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                PHONE_NUMBER_ID,
                ACCESS_TOKEN,
                APP_SECRET,
                VERIFY_TOKEN,
                BASE_URL,
                API_VERSION,
                MARK_READ,
                OnUncertain.SETTING);
    }

    @Override
    public List<String> problems(Account account) {
        return account.insecure() || account.find(APP_SECRET).isPresent()
                ? List.of()
                : List.of("appSecret is missing. " + APP_SECRET.description());
    }

    @Override
    public Intake intake(Account account) {
        return Intake.webhook(SIGNATURE);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return request.method().equals("GET") ? handshake(account, request) : signed(account, request);
    }

    private static Verified handshake(Account account, Request request) throws AuthenticationFailed {
        if (!parameter(request, "hub.mode").equals("subscribe")
                || challenge(request).isEmpty()) {
            throw new AuthenticationFailed(403, "not a webhook subscription");
        }
        byte[] given = parameter(request, "hub.verify_token").getBytes(StandardCharsets.UTF_8);
        try {
            return Signature.match(request, account.get(VERIFY_TOKEN).bytes(), given, "hub.verify_token");
        } catch (AuthenticationFailed e) {
            throw new AuthenticationFailed(403, "hub.verify_token does not match");
        }
    }

    private static Verified signed(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> secret = account.find(APP_SECRET);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        // compared as text: a decoder would let through the same digits in other letters
        String expected = PREFIX
                + HexFormat.of()
                        .formatHex(Signature.hmac("HmacSHA256", secret.get().bytes(), request.body()));
        byte[] given = request.header(SIGNATURE).orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, expected.getBytes(StandardCharsets.UTF_8), given, SIGNATURE);
    }

    @Override
    public List<Event> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        return request.method().equals("GET") ? List.of() : Webhook.read(account.get(PHONE_NUMBER_ID), request);
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return request.method().equals("GET") ? Acknowledgement.text(challenge(request)) : Acknowledgement.OK;
    }

    @Override
    public Outcome send(Account account, Outbound outbound, Transport transport) {
        GraphApi api = new GraphApi(account, transport);
        if (outbound instanceof Outbound.ToCustomer message) {
            return new Sending(api).send(message);
        }
        if (outbound instanceof Outbound.Seen seen && account.get(MARK_READ)) {
            return api.seen(seen.externalId());
        }
        return new Outcome.Refused(Reason.UNSUPPORTED, "WhatsApp is not told this");
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new GraphApi(account, transport).fetch(media);
    }

    @Override
    public Limits limits(Account account) {
        return Limits.text(4096, Limits.Unit.UTF_16)
                .caption(1024)
                .choices(3, 10)
                .choiceTexts(1024, 20)
                .media(MEDIA)
                .location(true)
                .contacts(true)
                .templates(true)
                .seen(account.get(MARK_READ))
                .replyWindow(Duration.ofHours(24))
                .build();
    }

    @Override
    public Repeat repeat() {
        return Repeat.NEITHER;
    }

    /** What Meta wants to read back; empty when it is nothing that can be put into an answer without a thought. */
    private static String challenge(Request request) {
        String challenge = parameter(request, "hub.challenge");
        return challenge.matches("[A-Za-z0-9_.-]{1,256}") ? challenge : "";
    }

    private static String parameter(Request request, String name) {
        for (String pair : request.query().split("&")) {
            if (pair.startsWith(name + "=")) {
                try {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return "";
                }
            }
        }
        return "";
    }

    private static Setting<String> matching(Setting<String> text, String pattern, String otherwise) {
        return new Setting<>(
                text.name(), text.description(), text.type(), text.fallback(), text.required(), List.of(), value -> {
                    if (!value.matches(pattern)) {
                        throw new IllegalArgumentException(otherwise);
                    }
                    return value;
                });
    }
}
