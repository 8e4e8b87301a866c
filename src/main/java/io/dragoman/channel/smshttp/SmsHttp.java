// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smshttp;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.kit.SmsChannel;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Hashes;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SMS through Kannel (kannel.org), or what calls and is called as Kannel is. */
@AutoService(Connector.class)
public final class SmsHttp implements SmsChannel, WebhookSetup {
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where Kannel's smsbox is.").or("http://127.0.0.1:13013");
    static final Setting<String> PATH =
            Setting.text("path", "The path of its sendsms.").or("/cgi-bin/sendsms");
    static final Setting<String> USERNAME =
            Setting.text("username", "The username of the sendsms-user group.").need();
    static final Setting<Secret> PASSWORD =
            Setting.secret("password", "The password in the same group.").need();
    static final Setting<Secret> TOKEN = Setting.verifying(
                    "token",
                    "A word that Kannel says in the addresses that it calls: at least 16 letters, digits or any of -_.:.")
            .matching("[A-Za-z0-9_.:-]{16,}", "must be at least 16 letters, digits or any of -_.:");
    static final Setting<String> FROM = Setting.text("from", "The sender: a number such as +4930111, or a name.")
            .need();

    /** Delivered, failed, buffered, taken by the centre, refused by it. */
    private static final String REPORTS = "31";

    private static final Set<String> HEADERS =
            Set.of("X-Kannel-ID", "X-Kannel-From", "X-Kannel-Time", "X-Kannel-Coding");

    @Override
    public String kind() {
        return "sms-http";
    }

    @Override
    public String description() {
        return "SMS through Kannel, by HTTP both ways.";
    }

    @Override
    public Features features() {
        return Features.receives("sms-service of Kannel")
                .sends("text")
                .receipts("sent, delivered, failed")
                .verification("a secret word in the address")
                .needs("username", "password", "token", "from")
                .setUp("Give Kannel a sendsms-user with the username and password, and a sms-service that "
                        + "posts to the callback address; `./dragoman connect` prints its lines. Invent the "
                        + "token.")
                .missed("Kannel repeats what it could not hand over, with the settings that `./dragoman "
                        + "connect` names")
                .begins("any number");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(USERNAME, PASSWORD, TOKEN, FROM, SmsSender.COUNTRY, OnUncertain.SETTING, BASE_URL, PATH);
    }

    @Override
    public Set<String> headers() {
        return HEADERS;
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> token = account.find(TOKEN);
        return token.isEmpty()
                ? Signature.unsigned(account, request)
                : Signature.match(
                        request,
                        token.get().bytes(),
                        request.parameter("token").getBytes(StandardCharsets.UTF_8),
                        "token");
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return new InboundReader(account.find(SmsSender.COUNTRY)).read(verified.request());
    }

    /** Kannel has no id: its reports name a reference of ours, which is the same for every attempt. */
    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        String reference = Hashes.sha256Hex(account.id() + "|" + message.key()).substring(0, 32);
        return SmsChannel.text(message)
                .map(text -> transport.attempt(
                        call(account, message.address(), text).header("X-Kannel-DLR-URL", reports(account, reference)),
                        response -> ErrorTable.outcome(response, reference)))
                .orElse(SmsChannel.NOT_TEXT);
    }

    /** What is told by POST stands in no log of addresses. */
    @Override
    public HttpCall call(Account account, String to, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        HttpCall.Body plain =
                new HttpCall.Body("text/plain; charset=UTF-8", body.length, () -> new ByteArrayInputStream(body));
        return HttpCall.post(URI.create(account.get(BASE_URL) + account.get(PATH)), plain)
                .header("X-Kannel-Username", account.get(USERNAME))
                .header("X-Kannel-Password", account.get(PASSWORD).value())
                .header("X-Kannel-From", account.get(FROM))
                .header("X-Kannel-To", to)
                .header("X-Kannel-Coding", SmsText.isGsm(text) ? "0" : "2")
                .header("X-Kannel-DLR-Mask", REPORTS)
                .trusting(account.get(BASE_URL));
    }

    private static String reports(Account account, String reference) {
        return account.callback() + "?token="
                + account.find(TOKEN).map(Secret::value).orElse("") + "&ref=" + reference + "&status=%d&to=%p&reply=%A";
    }

    /** Never used: what an answer means depends on the reference too. */
    @Override
    public Outcome outcome(Response response) {
        return Outcome.of(response, "Kannel", null);
    }

    @Override
    public Plan plan(Account account) {
        String url = account.callback() + "?token=TOKEN&id=%I&from=%p&time=%T&coding=%c&charset=%C&text=%b";
        return new Plan(
                false,
                List.of(
                        "in kannel.conf, a group sms-service: get-url = \"" + url
                                + "\" with the word of the setting token in place of TOKEN, catch-all = true,"
                                + " concatenation = true, omit-empty = true, max-messages = 0",
                        "there, in the group core: sms-combine-concatenated-mo = true; in the group smsbox:"
                                + " http-request-retry = 100000 and http-queue-delay = 10, so that nothing is lost while"
                                + " the gateway is away",
                        "there, a group sendsms-user with the settings username and password, concatenation = true and"
                                + " max-messages = 10; delivery reports need no setting"));
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) {
        return Optional.empty(); // the plan is for a person
    }
}
