// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
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
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A WeChat Official Account (developers.weixin.qq.com/doc/service). Answers are customer service messages, never the
 * answer to a webhook: that has five seconds, which nobody keeps who has to store first.
 */
@AutoService(Connector.class)
public final class WeChat implements Channel, Webhook, MediaSource, WebhookSetup {
    static final Setting<String> APP_ID = Setting.text(
                    "appId", "The account's AppID, under Basic configuration of the Official Accounts Platform.")
            .matching("[A-Za-z0-9_-]{4,64}", "must be an id such as wx0123456789abcdef")
            .need();
    static final Setting<Secret> APP_SECRET = Setting.secret(
                    "appSecret", "The account's AppSecret, from the same page; access tokens are got with it.")
            .need();
    static final Setting<Secret> TOKEN = Setting.secret(
                    "token", "The Token of the server configuration: 3 to 32 letters and digits of your own.")
            .need();
    static final Setting<Secret> ENCODING_AES_KEY = aesKey(Setting.verifying(
            "encodingAesKey",
            "The EncodingAESKey of the server configuration, whose message encryption must be safe mode: in plain mode"
                    + " the signature does not cover what was written."));
    static final Setting<Secret> PREVIOUS_AES_KEY = aesKey(Setting.secret(
                    "previousEncodingAesKey",
                    "The EncodingAESKey before the last change, with which WeChat goes on for a while."))
            .besides(ENCODING_AES_KEY);
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where WeChat's API is.").or("https://api.weixin.qq.com");

    /** For how long after a customer's message the account may write: "Send customer service messages", WeChat. */
    private static final Duration WINDOW = Duration.ofDays(2);

    private static final Limits LIMITS = Limits.text(2048, Limits.Unit.BYTES)
            .choices(10, 0)
            .choiceTexts(500, 40)
            .media(Part.MediaKind.IMAGE, 10 << 20, MediaUpload.IMAGES)
            .media(Part.MediaKind.AUDIO, 2 << 20, MediaUpload.RECORDINGS)
            .media(Part.MediaKind.VIDEO, 10 << 20, MediaUpload.FILMS)
            .replyWindow(WINDOW)
            .build();

    private static Setting<Secret> aesKey(Setting<Secret> setting) {
        return setting.matching("[A-Za-z0-9]{43}", "must be the 43 letters and digits of the EncodingAESKey");
    }

    @Override
    public String kind() {
        return "wechat";
    }

    @Override
    public String description() {
        return "A WeChat Official Account: chats with its followers.";
    }

    @Override
    public Features features() {
        return Features.receives("webhook, encrypted")
                .sends("text, media, menus")
                .receipts("none")
                .verification("SHA-1 of token, time and ciphertext; AES-256 with the account's id inside")
                .needs("appId", "appSecret", "token", "encodingAesKey")
                .setUp(
                        "Have a verified Official Account: WeChat gives no other the customer service messages with "
                                + "which answers go out.",
                        "In the Official Accounts Platform, under Basic configuration, copy the AppID, make an AppSecret"
                                + " and put the gateway's address into the IP whitelist.")
                .missed("WeChat has no list; it tries a webhook three times within about 15 seconds, and tells the "
                        + "customer that the account is out of order")
                .begins("nobody: a person's id is known only once they have written or followed");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(APP_ID, APP_SECRET, TOKEN, ENCODING_AES_KEY, PREVIOUS_AES_KEY, OnUncertain.SETTING, BASE_URL);
    }

    /** What proves a request stands in its query. */
    @Override
    public Set<String> headers() {
        return Set.of();
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return QuerySignature.verify(account, request);
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return Acknowledgement.text(QuerySignature.isHandshake(request) ? QuerySignature.echo(request) : "success");
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        return QuerySignature.isHandshake(request)
                ? List.of()
                : List.of(InboundReader.read(Envelope.content(account, request), request.receivedAt()));
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(new WeChatApi(account, transport)).send(message);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new WeChatApi(account, transport).fetch(media);
    }

    @Override
    public Plan plan(Account account) {
        return new Plan(
                false,
                List.of("with the gateway running, under Basic configuration of the Official Accounts Platform: set the"
                        + " server address to " + account.callback() + ", Token and EncodingAESKey to channels."
                        + account.id()
                        + ".token and encodingAesKey, message encryption to safe mode and the data format"
                        + " to XML; saving it tries the address, and then enable it"));
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) {
        return Optional.empty(); // the plan is for a person
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    /** WeChat knows no key of ours, and cannot be asked. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
