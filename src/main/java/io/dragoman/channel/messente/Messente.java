// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.messente;

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
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.BodySignature;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.SmsChannel;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** SMS through Messente's Omnichannel API (messente.com/documentation). */
@AutoService(Connector.class)
public final class Messente implements SmsChannel {
    static final Setting<String> USERNAME = Setting.text("username", "The API username, from Messente's dashboard.")
            .need();
    static final Setting<Secret> PASSWORD =
            Setting.secret("password", "The API password, from the same page.").need();
    static final Setting<Secret> WEBHOOK_SECRET =
            Setting.verifying("webhookSecret", "The shared secret with which Messente signs what it posts.");
    static final Setting<String> FROM = Setting.text("from", "The sender: a number such as +37251000, or a name.")
            .need();
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where Messente's API is.").or("https://api.messente.com");

    private static final String SIGNATURE = "X-Messente-Signature";

    @Override
    public String kind() {
        return "messente";
    }

    @Override
    public String description() {
        return "SMS through Messente.";
    }

    @Override
    public Features features() {
        return Features.receives("webhook")
                .sends("text")
                .receipts("sent, delivered, read, failed")
                .verification("HMAC-SHA256 of the raw body")
                .needs("username", "password", "webhookSecret", "from")
                .setUp("In Messente's dashboard, make an API key; enter the callback address for incoming "
                        + "messages with a secret, which is the webhookSecret.")
                .missed("Messente has no list of what customers sent")
                .begins("any number");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(USERNAME, PASSWORD, WEBHOOK_SECRET, FROM, OnUncertain.SETTING, BASE_URL);
    }

    @Override
    public Set<String> headers() {
        return Set.of(SIGNATURE);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return BodySignature.verify(account, request, WEBHOOK_SECRET, SIGNATURE, "");
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(verified.request());
    }

    @Override
    public HttpCall call(Account account, String to, String text) {
        Map<String, Object> sms = // letters outside GSM 03.38 stay as they are
                Map.of("channel", "sms", "sender", account.get(FROM), "text", text, "autoconvert", "off");
        byte[] body = Json.bytes(Map.of("to", to, "dlr_url", account.callback().toString(), "messages", List.of(sms)));
        return HttpCall.post(URI.create(account.get(BASE_URL) + "/v1/omnimessage"), HttpCall.Body.json(body))
                .basic(account.get(USERNAME), account.get(PASSWORD))
                .trusting(account.get(BASE_URL));
    }

    /** Messente's own error codes, 101 to 107, say no more than its statuses do. */
    @Override
    public Outcome outcome(Response response) {
        List<String> ids = JsonFields.of(response.json()).words("messages", "message_id");
        return Outcome.of(response, "Messente", ids.isEmpty() ? null : ids.get(0));
    }
}
