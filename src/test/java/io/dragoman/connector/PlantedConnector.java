// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** A small channel that is right but for one fault, so that the contracts can show that they find it. */
final class PlantedConnector implements Channel, Webhook, MediaSource {
    static final Setting<Secret> KEY = Setting.secret("apiKey", "Shared with the provider that is planted here.");
    private static final Setting<URI> BASE = Setting.url("baseUrl", "Where the provider that is planted here is.");
    private static final String PROOF = "x-proof";
    private static final String WHEN = "x-when";

    private final Fault fault;

    PlantedConnector(Fault fault) {
        this.fault = fault;
    }

    /** What is wrong with it. */
    enum Fault {
        NONE,
        UNNAMED_HEADER,
        SHOWS_ANSWER,
        LOGS_BODY,
        LOGS_TEXT,
        DROPS_UNKNOWN_TYPE,
        TRUSTS_STRANGERS,
        KEYLESS_IDEMPOTENT,
        RETRIES,
        SHOWS_KEY
    }

    /** Logs in with the key: its text shows it. */
    record OpenLogin(URI base, String apiKey) {}

    /** Logs in with the key, and does not show it. */
    record ClosedLogin(URI base, Secret apiKey) {}

    Class<?> login() {
        return fault == Fault.SHOWS_KEY ? OpenLogin.class : ClosedLogin.class;
    }

    static Account account(URI provider) {
        Map<String, Object> values = Map.of("apiKey", new Secret("the-planted-key"), "baseUrl", provider);
        Account.Installation home =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("installation"));
        return new Account(Side.CHANNEL, "planted", "planted", values, false, home);
    }

    static Request signed(byte[] body) {
        Map<String, String> headers = Map.of(PROOF, "the-planted-key", WHEN, "5");
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/planted", "", headers, body, Instant.EPOCH);
    }

    @Override
    public String kind() {
        return "planted";
    }

    @Override
    public String description() {
        return "A channel with a fault, for tests of the contracts.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(KEY, BASE);
    }

    @Override
    public Set<String> headers() {
        return Set.of(PROOF);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        byte[] given = request.header(PROOF).orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, account.get(KEY).bytes(), given, PROOF);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        JsonFields json = JsonFields.of(request.body());
        if (fault == Fault.LOGS_BODY) {
            LoggerFactory.getLogger(PlantedConnector.class).debug("got {}", json.node());
        }
        if (!json.text("type").equals("text")) {
            return fault == Fault.DROPS_UNKNOWN_TYPE
                    ? List.of()
                    : List.of(new Ignored(json.text("id"), request.receivedAt(), "type.unknown", "nobody knows it"));
        }
        long second = fault == Fault.UNNAMED_HEADER
                ? Long.parseLong(request.header(WHEN).orElse("0"))
                : 0;
        return List.of(MessageReceived.of(
                json.text("id"),
                Instant.ofEpochSecond(second),
                new Sender(json.text("from"), List.of(new Identity("planted", json.text("from"), true)), null, null),
                json.text("id"),
                List.of(new Part.Text(json.text("text"))),
                null));
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        String text = ((Part.Text) message.parts().get(0)).text();
        if (fault == Fault.LOGS_TEXT) {
            LoggerFactory.getLogger(PlantedConnector.class).trace("sending {}", text);
        }
        HttpCall call = HttpCall.post(account.get(BASE), HttpCall.Body.json(text.getBytes(StandardCharsets.UTF_8)))
                .trusting(account.get(BASE))
                .header("X-API-Key", account.get(KEY).value());
        if (fault != Fault.KEYLESS_IDEMPOTENT) {
            call = call.header("X-Key", message.key());
        }
        try {
            Response response = transport.http(call);
            while (fault == Fault.RETRIES && response.status() == 503) {
                response = transport.http(call);
            }
            if (!response.ok()) {
                return Outcome.of(response, "Planted", null);
            }
            String answer = response.json().path("message").asText();
            return fault == Fault.SHOWS_ANSWER
                    ? new Outcome.Refused(Reason.CONTENT_REFUSED, "Planted says " + answer)
                    : new Outcome.Sent("s-1");
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        URI link = MediaDownload.address(media.source()).orElseThrow();
        HttpCall call = HttpCall.get(link);
        return MediaDownload.fetch(
                fault == Fault.TRUSTS_STRANGERS ? call.trusting(link).bearer(account.get(KEY)) : call,
                1_000,
                "Planted",
                transport);
    }

    @Override
    public Limits limits(Account account) {
        return Limits.NONE;
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT;
    }
}
