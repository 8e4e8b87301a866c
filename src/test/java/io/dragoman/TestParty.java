// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** What the smallest channel and the smallest desk share: JSON with a signature in, and a list of what went out. */
public abstract class TestParty<T extends Outbound, E extends Event> implements Webhook, DeliveryLookup<T> {
    static final Setting<io.dragoman.connector.Secret> SECRET =
            Setting.secret("secret", "Key of the signature.").need();

    public final List<Outbound> sent = new CopyOnWriteArrayList<>();
    public final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    /** What it says when it is asked; it never knows when nothing is left. */
    public final Queue<DeliveryLookup.Answer> lookups = new ConcurrentLinkedQueue<>();

    public final List<Outbound> lookedUp = new CopyOnWriteArrayList<>();

    public volatile RetrySafety retrySafety = RetrySafety.IDEMPOTENT;
    public volatile Duration keysKept = Duration.ofDays(1);
    public volatile OnUncertain onUncertain = OnUncertain.REPEAT;
    /** Whether reading fails, as with a bug of ours. */
    public volatile boolean broken;

    /** Runs before a body is read, with its length. */
    public volatile IntConsumer reading = length -> {};

    private final Class<E> type;

    TestParty(Class<E> type) {
        this.type = type;
    }

    public static String sign(String secret, byte[] body) {
        return HexFormat.of().formatHex(Signature.hmac("HmacSHA256", secret.getBytes(StandardCharsets.UTF_8), body));
    }

    public String description() {
        return "For tests.";
    }

    public List<Setting<?>> settings() {
        return List.of(SECRET, OnUncertain.SETTING);
    }

    @Override
    public Set<String> headers() {
        return Set.of("x-signature");
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        byte[] expected = sign(account.get(SECRET).value(), request.body()).getBytes(StandardCharsets.US_ASCII);
        byte[] given = request.header("x-signature").orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, expected, given, "x-signature");
    }

    public List<E> read(Account account, Verified verified) throws MalformedPayload {
        if (broken) {
            throw new IllegalStateException("simulated");
        }
        reading.accept(verified.request().body().length);
        try {
            JsonNode body = Json.tree(verified.request().body());
            List<E> events = new ArrayList<>();
            for (JsonNode one : body) {
                events.add(type.cast(
                        one.has("type")
                                ? Json.convert(one, Event.class)
                                : message(
                                        one.path("id").asText(),
                                        one.path("from").asText(),
                                        one.path("text").asText(),
                                        verified.request())));
            }
            return events;
        } catch (IOException e) {
            throw new MalformedPayload("the body is not an array of events");
        }
    }

    static CustomerEvent.Sender sender(String address) {
        return new CustomerEvent.Sender(address, List.of(new Identity("test", address, true)), null, null);
    }

    private static CustomerEvent message(String id, String from, String text, Request request) {
        return CustomerEvent.MessageReceived.of(
                id, request.receivedAt(), sender(from), id, List.of(new Part.Text(text)), null);
    }

    Outcome take(Outbound outbound) {
        Outcome scripted = outcomes.poll();
        if (scripted != null && !(scripted instanceof Outcome.Sent)) {
            return scripted;
        }
        sent.add(outbound);
        return scripted == null ? new Outcome.Sent(outbound.key()) : scripted;
    }

    public RetrySafety retrySafety() {
        return retrySafety;
    }

    public Duration keysKept() {
        return keysKept;
    }

    @Override
    public Answer lookUp(Account account, T outbound, Instant since, Predicate<String> known, Transport transport) {
        lookedUp.add(outbound);
        Answer answer = lookups.poll();
        return answer == null ? new Unknown("nobody knows", null) : answer;
    }
}
