// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.vonage;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.HttpCall;
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
import io.dragoman.connector.kit.SmsChannel;
import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SMS through Vonage (developer.vonage.com), by its SMS API or its Messages API. */
@AutoService(Connector.class)
public final class Vonage implements SmsChannel, WebhookSetup {
    static final Setting<Secret> API_KEY =
            Setting.secret("apiKey", "The API key, from the dashboard.").need();
    static final Setting<Secret> API_SECRET =
            Setting.secret("apiSecret", "The API secret, from the same page.").need();
    static final Setting<Secret> SIGNATURE_SECRET = Setting.verifying(
            "signatureSecret", "The signature secret, from API settings; it signs the webhooks of both APIs.");
    static final Setting<VonageSignature.Method> SIGNATURE_METHOD = Setting.choice(
                    "signatureMethod",
                    "How the SMS API's webhooks are signed, as set there.",
                    VonageSignature.Method.class)
            .or("md5hash");
    static final Setting<String> FROM = Setting.text("from", "The sender: a number such as +4930111, or a name.")
            .need();
    static final Setting<Api> API = Setting.choice(
                    "api", "What sends: the SMS API or the Messages API. Webhooks of both are taken.", Api.class)
            .or("sms");
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where that API is; without it https://rest.nexmo.com or https://api.nexmo.com.");

    /** Vonage's two APIs for SMS. */
    enum Api {
        SMS("https://rest.nexmo.com"),
        MESSAGES("https://api.nexmo.com");

        private final URI home;

        Api(String home) {
            this.home = URI.create(home);
        }
    }

    @Override
    public String kind() {
        return "vonage";
    }

    @Override
    public String description() {
        return "SMS through Vonage.";
    }

    @Override
    public Features features() {
        return Features.receives("webhook, the pieces of long texts joined")
                .sends("text")
                .receipts("sent, delivered, failed")
                .verification("JWT over the raw body, or signed parameters")
                .needs("apiKey", "apiSecret", "signatureSecret", "from")
                .setUp("In the Vonage dashboard, copy the API key, the API secret and the signature secret; "
                        + "switch on signed webhooks, with HMAC-SHA256.")
                .missed("Vonage tries a webhook for about a day; it has no list to ask")
                .begins("any number");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                API_KEY, API_SECRET, SIGNATURE_SECRET, SIGNATURE_METHOD, FROM, API, OnUncertain.SETTING, BASE_URL);
    }

    @Override
    public Set<String> headers() {
        return Set.of(VonageSignature.HEADER);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return VonageSignature.verify(account, request);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(verified.request());
    }

    @Override
    public HttpCall call(Account account, String to, String text) {
        URI base = account.find(BASE_URL).orElse(account.get(API).home);
        HttpCall call = account.get(API) == Api.SMS ? sms(account, base, to, text) : message(account, base, to, text);
        return call.trusting(base);
    }

    private static HttpCall sms(Account account, URI base, String to, String text) {
        FormFields form = new FormFields()
                .add("api_key", account.get(API_KEY).value())
                .add("api_secret", account.get(API_SECRET).value())
                .add("from", digits(account.get(FROM)))
                .add("to", digits(to))
                .add("text", text)
                .add("type", SmsText.isGsm(text) ? "text" : "unicode") // it does not look by itself
                .add("status-report-req", "1")
                .add("callback", account.callback().toString());
        return HttpCall.post(URI.create(base + "/sms/json"), form.body());
    }

    private static HttpCall message(Account account, URI base, String to, String text) {
        byte[] body = Json.bytes(Map.of(
                "channel",
                "sms",
                "message_type",
                "text",
                "from",
                digits(account.get(FROM)),
                "to",
                digits(to),
                "text",
                text,
                "webhook_version",
                "v1",
                "webhook_url",
                account.callback().toString()));
        return HttpCall.post(URI.create(base + "/v1/messages"), HttpCall.Body.json(body))
                .basic(account.get(API_KEY).value(), account.get(API_SECRET));
    }

    /** Vonage writes numbers without their plus sign. */
    private static String digits(String address) {
        return address.startsWith("+") ? address.substring(1) : address;
    }

    @Override
    public Outcome outcome(Response response) {
        return ErrorTable.outcome(response);
    }

    @Override
    public Plan plan(Account account) {
        String callback = account.callback().toString();
        return new Plan(
                false,
                List.of(
                        "in the Vonage dashboard, API settings: switch on signed webhooks with the method of"
                                + " signatureMethod, and put the signature secret into signatureSecret",
                        "there, under SMS settings (SMS API): set both webhook URLs to " + callback
                                + " and the method to POST; or, in the application that the number is linked to"
                                + " (Messages API): set the inbound and the status URL to " + callback));
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) {
        return Optional.empty(); // the plan is for a person
    }
}
