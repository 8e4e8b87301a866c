// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.SharedWebhook;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** WhatsApp through Meta's Cloud API: https://developers.facebook.com/docs/whatsapp/cloud-api. */
public final class WhatsApp implements Channel, SharedWebhook, MediaSource, ReadMarker {
    static final Setting<String> PHONE_NUMBER_ID = Setting.text(
                    "phoneNumberId",
                    "The Phone number ID under WhatsApp → API setup of the Meta app; it is not the phone number itself.")
            .matching("\\d{1,32}", "must be digits only: the Phone number ID, not the phone number")
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
    static final Setting<String> API_VERSION = Setting.text(
                    "apiVersion", "The version of the Graph API that is spoken.")
            .matching("v\\d{1,3}\\.\\d{1,2}", "must be a version such as v25.0")
            .or("v25.0");
    static final Setting<Boolean> MARK_READ = Setting.flag(
                    "markRead",
                    "Whether customers see the blue ticks once their message was taken up; false keeps them grey.")
            .or("true");

    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final String PREFIX = "sha256=";
    private static final int MEGABYTE = 1024 * 1024;
    private static final Limits LIMITS = Limits.text(4096, Limits.Unit.UTF_16)
            .caption(1024)
            .choices(3, 10)
            .choiceTexts(1024, 20)
            .media(MediaKind.IMAGE, 5 * MEGABYTE, "image/jpeg", "image/png")
            .media(MediaKind.VIDEO, 16 * MEGABYTE, "video/mp4", "video/3gpp")
            .media(MediaKind.AUDIO, 16 * MEGABYTE, "audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg")
            .media(MediaKind.FILE, 100 * MEGABYTE)
            .media(MediaKind.STICKER, 100 * 1024, "image/webp")
            .location()
            .contacts()
            .templates()
            .replyWindow(Duration.ofHours(24))
            .build();

    @Override
    public String kind() {
        return "whatsapp";
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
    public Set<String> headers() {
        return Set.of(SIGNATURE);
    }

    @Override
    public Setting<String> recipientSetting() {
        return PHONE_NUMBER_ID;
    }

    @Override
    public String recipient(Account account) {
        return account.get(PHONE_NUMBER_ID);
    }

    /** One Meta app has one address for all its numbers. */
    @Override
    public Set<String> recipients(Verified verified) throws MalformedPayload {
        return verified.request().method().equals("GET") ? Set.of() : Webhook.numbers(verified.request());
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
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        return request.method().equals("GET") ? List.of() : Webhook.read(account.get(PHONE_NUMBER_ID), request);
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return request.method().equals("GET") ? Acknowledgement.text(challenge(request)) : Acknowledgement.OK;
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sending(new GraphApi(account, transport)).send(message);
    }

    @Override
    public boolean marksRead(Account account) {
        return account.get(MARK_READ);
    }

    @Override
    public Outcome markRead(Account account, ReadReceipt receipt, Transport transport) {
        return new GraphApi(account, transport).seen(receipt.externalId());
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new GraphApi(account, transport).fetch(media);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
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
}
