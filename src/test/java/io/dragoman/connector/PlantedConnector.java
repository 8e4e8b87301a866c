// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** A small channel that is right but for one fault, so that the contracts can show that they find it. */
final class PlantedConnector implements Channel, SharedWebhook, MediaSource {
    static final Setting<Secret> KEY = Setting.verifying("apiKey", "Shared with the provider that is planted here.");
    private static final Setting<Secret> OLD_KEY = Setting.secret(
                    "oldApiKey", "The key before the last change, for as long as it is used.")
            .besides(KEY);
    private static final Setting<URI> BASE = Setting.url("baseUrl", "Where the provider that is planted here is.");
    private static final String PROOF = "x-proof";
    private static final String WHEN = "x-when";

    private final AtomicInteger count = new AtomicInteger();
    private final List<Secret> taken = new CopyOnWriteArrayList<>();
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final Fault fault;
    private volatile String last = "";

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
        TAKES_ANYTHING,
        COUNTS,
        CHANGES_BODY,
        STUMBLES,
        ALL_OR_NOTHING,
        TAKES_ALL,
        CERTAIN,
        IGNORES_WAIT,
        LOSES_EMOJI,
        HAS_NO_LIMIT,
        OPENS_FILES,
        SHOWS_KEY,
        FORGETS_OLD_KEY,
        KEEPS_TAKEN_KEY,
        KEYS_BY_TIME,
        OBJECTS_ONLY,
        NAMES_ANOTHER,
        ONE_KEY_FOR_ALL,
        RECEIPTS_BY_TIME,
        NEVER_BACK,
        SPLITS,
        ASKS_AGAIN,
        ANSWERS_ANYWHERE,
        ANSWERS_LAST,
        ANSWERS_ALL,
        CUTS_LONG
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

    static Request signed(byte[] body, String type) {
        Map<String, String> headers = Map.of(PROOF, "the-planted-key", WHEN, "5", "content-type", type);
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
        return List.of(KEY, OLD_KEY, BASE);
    }

    @Override
    public Set<String> headers() {
        return Set.of(PROOF);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        byte[] given = request.header(PROOF).orElse("").getBytes(StandardCharsets.UTF_8);
        if (fault == Fault.TAKES_ANYTHING) {
            return Signature.match(request, given, given, PROOF);
        }
        List<byte[]> right = new ArrayList<>();
        account.find(KEY).ifPresent(key -> right.add(key.bytes()));
        if (fault != Fault.FORGETS_OLD_KEY) {
            account.find(OLD_KEY).ifPresent(key -> right.add(key.bytes()));
        }
        if (fault == Fault.KEEPS_TAKEN_KEY) {
            account.find(OLD_KEY).ifPresent(key -> taken.add(key));
            taken.forEach(key -> right.add(key.bytes()));
        }
        return Signature.matchAny(request, right, List.of(given), PROOF);
    }

    @Override
    public Features features() {
        return Features.receives("webhook").sends("text").receipts("delivered, read");
    }

    @Override
    public String recipient(Account account) {
        return "shop";
    }

    @Override
    public Setting<String> recipientSetting() {
        return Setting.text("shop", "Which shop of the provider that is planted here.");
    }

    @Override
    public Set<String> recipients(Verified verified) throws MalformedPayload {
        return fault == Fault.TAKES_ALL
                ? Set.of("shop")
                : Set.of(JsonFields.of(PlantedBody.json(verified.request().body()))
                        .text("to"));
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        JsonFields all = JsonFields.of(PlantedBody.json(request.body()));
        if (fault == Fault.LOGS_BODY) {
            LoggerFactory.getLogger(PlantedConnector.class).debug("got {}", all.node());
        }
        if (fault == Fault.CHANGES_BODY) {
            request.body()[0] = ' ';
        }
        List<CustomerEvent> events = new ArrayList<>();
        for (JsonNode one : all.node().path("all")) {
            if (fault == Fault.OBJECTS_ONLY && !one.isObject()) {
                throw new MalformedPayload("an element that is no object");
            }
            try {
                JsonFields json = JsonFields.of(one.toString().getBytes(StandardCharsets.UTF_8));
                one(json, request).ifPresent(events::add);
            } catch (MalformedPayload e) {
                if (fault == Fault.ALL_OR_NOTHING) {
                    throw e;
                }
                events.add(new Ignored("odd-" + events.size(), request.receivedAt(), "odd", "it makes no sense"));
            }
        }
        if (events.isEmpty() && fault != Fault.DROPS_UNKNOWN_TYPE) {
            throw new MalformedPayload("nothing in it");
        }
        return events;
    }

    private CustomerEvent receipt(JsonFields json, Request request) throws MalformedPayload {
        String id = json.text("id");
        Status status = json.text("status").equals("read") ? Status.READ : Status.DELIVERED;
        String key = id + "|" + status.name();
        if (fault == Fault.ONE_KEY_FOR_ALL) {
            key = id;
        } else if (fault == Fault.RECEIPTS_BY_TIME) {
            key += "|" + request.receivedAt();
        } else if (fault == Fault.NEVER_BACK && !read.add(id) && status == Status.DELIVERED) {
            status = Status.READ;
        }
        return new Receipt(
                key, "ana", Instant.EPOCH, fault == Fault.NAMES_ANOTHER ? "of-" + id : id, status, null, null);
    }

    private Optional<CustomerEvent> one(JsonFields json, Request request) throws MalformedPayload {
        if (json.text("type").equals("receipt")) {
            return Optional.of(receipt(json, request));
        }
        if (!json.text("type").equals("text")) {
            return fault == Fault.DROPS_UNKNOWN_TYPE
                    ? Optional.empty()
                    : Optional.of(
                            new Ignored(json.text("id"), request.receivedAt(), "type.unknown", "nobody knows it"));
        }
        String from =
                fault == Fault.STUMBLES ? json.node().get("from").textValue().strip() : json.text("from");
        last = from;
        long second = fault == Fault.UNNAMED_HEADER
                ? Long.parseLong(request.header(WHEN).orElse("0"))
                : 0;
        String id = fault == Fault.COUNTS ? json.text("id") + count.incrementAndGet() : json.text("id");
        if (fault == Fault.KEYS_BY_TIME) {
            id += request.receivedAt();
        }
        return Optional.of(MessageReceived.of(
                id,
                Instant.ofEpochSecond(second),
                new Sender(from, List.of(new Identity("planted", from, true)), null, null),
                id,
                List.of(new Part.Text(json.text("text"))),
                null));
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        String text = ((Part.Text) message.parts().get(0)).text();
        if (fault == Fault.LOGS_TEXT) {
            LoggerFactory.getLogger(PlantedConnector.class).trace("sending {}", text);
        }
        if (fault == Fault.LOSES_EMOJI) {
            text = text.replaceAll("[^\\x00-\\x7f]", "?");
        }
        if (fault == Fault.CUTS_LONG) {
            text = text.substring(0, Math.min(text.length(), 90));
        }
        String to = fault == Fault.ANSWERS_LAST ? last : message.address();
        if (fault == Fault.ANSWERS_ALL && !to.equals(last)) {
            send(
                    account,
                    OutboundToCustomerBuilder.builder(message).address(last).build(),
                    transport);
        }
        URI target = account.get(BASE);
        if (fault == Fault.ANSWERS_ANYWHERE) {
            target = MediaDownload.address(message.address()).orElse(target);
        }
        if (fault == Fault.SPLITS && text.length() > 40) {
            Outcome first = send(account, part(message, text.substring(0, text.length() / 2)), transport);
            return first instanceof Outcome.Sent
                    ? send(account, part(message, text.substring(text.length() / 2)), transport)
                    : first;
        }
        HttpCall call = HttpCall.post(target, HttpCall.Body.json(text.getBytes(StandardCharsets.UTF_8)))
                .trusting(target)
                .header("X-API-Key", account.get(KEY).value())
                .header("X-To", to);
        if (fault != Fault.KEYLESS_IDEMPOTENT) {
            call = call.header("X-Key", message.key());
        }
        try {
            Response response = transport.http(call);
            while (fault == Fault.RETRIES && response.status() == 503) {
                response = transport.http(call);
            }
            if (fault == Fault.CERTAIN && response.status() >= 500) {
                return new Outcome.Retry(Reason.PROVIDER_DOWN, "Planted is down");
            }
            if (fault == Fault.IGNORES_WAIT && response.status() == 429) {
                return new Outcome.Retry(Reason.THROTTLED, "Planted is busy");
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

    private static ToCustomer part(ToCustomer message, String text) {
        return message.step(message.key(), List.of(new Part.Text(text)), true);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        if (fault == Fault.OPENS_FILES) {
            return transport.attempt(HttpCall.get(URI.create("file:///")), answer -> Outcome.of(answer, "Planted"));
        }
        URI link = MediaDownload.address(media.source()).orElse(null);
        if (link == null) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "no link");
        }
        HttpCall call = HttpCall.get(link);
        Outcome outcome = MediaDownload.fetch(
                fault == Fault.TRUSTS_STRANGERS ? call.trusting(link).bearer(account.get(KEY)) : call,
                1_000,
                "Planted",
                transport);
        return fault == Fault.ASKS_AGAIN ? new Outcome.Retry(Reason.PROVIDER_DOWN, "Planted gave nothing") : outcome;
    }

    @Override
    public Limits limits(Account account) {
        return fault == Fault.HAS_NO_LIMIT
                ? Limits.text(0, Limits.Unit.UTF_16).build()
                : Limits.text(100, Limits.Unit.UTF_16).build();
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT;
    }
}
