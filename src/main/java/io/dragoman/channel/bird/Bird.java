// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.bird;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.PublicUrls;
import io.dragoman.connector.kit.SmsChannel;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SMS through Bird (docs.bird.com), formerly MessageBird: the Channels API, or the classic one. */
@AutoService(Connector.class)
public final class Bird implements SmsChannel, WebhookSetup {
    static final Setting<Secret> ACCESS_KEY =
            Setting.secret("accessKey", "The access key to send with.").need();
    static final Setting<Secret> SIGNING_KEY =
            Setting.verifying("signingKey", "The signing key: of the webhook subscription, or of the classic account.");
    static final Setting<Api> API = Setting.choice(
                    "api", "The Channels API of Bird, or the classic one of MessageBird.", Api.class)
            .or("channels");
    static final Setting<String> WORKSPACE = Setting.text("workspaceId", "The workspace, for the Channels API.");
    static final Setting<String> CHANNEL = Setting.text("channelId", "The SMS channel in it, for the Channels API.");
    static final Setting<String> FROM = Setting.text(
            "from", "The sender, for the classic API: a number such as +4930111, or a name of at most 11 letters.");
    static final Setting<URI> BASE_URL = Setting.url(
            "baseUrl", "Where that API is; without it https://api.bird.com or https://rest.messagebird.com.");

    /** Nine short messages of the alphabet with the least room. */
    private static final Limits LONGEST = Limits.text(603, Limits.Unit.SMS).build();

    /** Bird's two generations. */
    enum Api {
        CHANNELS("https://api.bird.com"),
        CLASSIC("https://rest.messagebird.com");

        private final URI home;

        Api(String home) {
            this.home = URI.create(home);
        }
    }

    @Override
    public String kind() {
        return "bird";
    }

    @Override
    public String description() {
        return "SMS through Bird, formerly MessageBird.";
    }

    @Override
    public Features features() {
        return Features.receives("webhook")
                .sends("text")
                .receipts("sent, delivered, failed")
                .verification("HMAC-SHA256 of time, address and body, or a JWT over both")
                .needs("accessKey", "signingKey", "channelId or from")
                .setUp("In Bird, make an access key and a signing key; of the channel that has your number, "
                        + "copy the id.")
                .missed("Bird tries a webhook for about a day; it has no list to ask")
                .begins("any number");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                ACCESS_KEY,
                SIGNING_KEY,
                API,
                WORKSPACE,
                CHANNEL,
                FROM,
                PublicUrls.WEBHOOK_URL,
                PublicUrls.TRUST_PROXY,
                OnUncertain.SETTING,
                BASE_URL);
    }

    @Override
    public List<String> problems(Account account) {
        boolean classic = account.find(API).filter(Api.CLASSIC::equals).isPresent();
        List<Setting<String>> needed = classic ? List.of(FROM) : List.of(WORKSPACE, CHANNEL);
        return Stream.concat(
                        SmsChannel.super.problems(account).stream(),
                        needed.stream()
                                .filter(setting -> account.find(setting).isEmpty())
                                .map(setting -> setting.name() + " is missing. " + setting.description()))
                .toList();
    }

    @Override
    public Set<String> headers() {
        return Stream.concat(
                        Stream.of(BirdSignature.SIGNATURE, BirdSignature.TIMESTAMP, BirdSignature.TOKEN),
                        PublicUrls.HEADERS.stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return BirdSignature.verify(account, request);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return account.get(API) == Api.CLASSIC
                ? ClassicReader.read(verified.request())
                : InboundReader.read(verified.request(), account.get(CHANNEL));
    }

    @Override
    public HttpCall call(Account account, String to, String text) {
        URI base = account.find(BASE_URL).orElse(account.get(API).home);
        boolean classic = account.get(API) == Api.CLASSIC;
        String path = classic
                ? "/messages"
                : "/workspaces/" + FormFields.segment(account.get(WORKSPACE)) + "/channels/"
                        + FormFields.segment(account.get(CHANNEL)) + "/messages";
        byte[] body = Json.bytes(classic ? classic(account, to, text) : message(to, text));
        return HttpCall.post(URI.create(base + path), HttpCall.Body.json(body))
                .authorized(new Secret("AccessKey " + account.get(ACCESS_KEY).value()))
                .trusting(base);
    }

    private static Map<String, Object> classic(Account account, String to, String text) {
        return Map.of(
                "originator", digits(account.get(FROM)),
                "recipients", List.of(digits(to)),
                "body", text,
                "datacoding", "auto",
                "reportUrl", BirdSignature.reportUrl(account));
    }

    private static Map<String, Object> message(String to, String text) {
        return Map.of(
                "receiver",
                Map.of("contacts", List.of(Map.of("identifierKey", "phonenumber", "identifierValue", to))),
                "body",
                Map.of("type", "text", "text", Map.of("text", text)));
    }

    /** The classic API writes numbers without their plus sign. */
    private static String digits(String address) {
        return address.startsWith("+") ? address.substring(1) : address;
    }

    @Override
    public Outcome outcome(Response response) {
        return ErrorTable.outcome(response);
    }

    @Override
    public Limits limits(Account account) {
        return LONGEST;
    }

    @Override
    public Plan plan(Account account) {
        String callback = PublicUrls.callback(account);
        return new Plan(
                false,
                account.get(API) == Api.CLASSIC
                        ? List.of(
                                "in MessageBird's Flow Builder or Numbers settings: forward what the number receives to "
                                        + callback + " by POST; status reports need no setting")
                        : List.of("in Bird, Developers → Webhooks: subscribe " + callback + " to sms.inbound and"
                                + " sms.outbound of the channel in channelId, with the key in signingKey"));
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) {
        return Optional.empty(); // the plan is for a person
    }
}
