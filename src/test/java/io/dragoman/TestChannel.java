// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.Event;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The smallest channel (or desk): JSON with a signature in, and a list of what went out. For tests of the core. */
public final class TestChannel implements Connector {
    static final Setting<io.dragoman.connector.Secret> SECRET =
            Setting.secret("secret", "Key of the signature.").need();

    public final List<Outbound> sent = new CopyOnWriteArrayList<>();
    public final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    /** What it says when it is asked; it never knows when nothing is left. */
    public final Queue<DeliveryLookup> lookups = new ConcurrentLinkedQueue<>();

    public volatile Repeat repeat = Repeat.IDEMPOTENT;
    public volatile OnUncertain onUncertain = OnUncertain.REPEAT;
    /** Whether reading fails, as with a bug of ours. */
    public volatile boolean broken;

    /** Runs before a body is read, with its length. */
    public volatile IntConsumer reading = length -> {};
    /** What polls find, one body each, from a position on; null for a channel that is not polled. */
    public volatile @Nullable List<String> mailbox;

    private final Side side;

    public TestChannel(Side side) {
        this.side = side;
    }

    public static String sign(String secret, byte[] body) {
        return HexFormat.of().formatHex(Signature.hmac("HmacSHA256", secret.getBytes(StandardCharsets.UTF_8), body));
    }

    @Override
    public String kind() {
        return "test-" + side.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Side side() {
        return side;
    }

    @Override
    public String description() {
        return "For tests.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(SECRET, OnUncertain.SETTING);
    }

    @Override
    public Intake intake(Account account) {
        return mailbox == null ? Intake.webhook("x-signature") : Intake.both("x-signature");
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        if (request.origin() == Request.Origin.POLLED) {
            return Signature.polled(request);
        }
        byte[] expected = sign(account.get(SECRET).value(), request.body()).getBytes(StandardCharsets.US_ASCII);
        byte[] given = request.header("x-signature").orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, expected, given, "x-signature");
    }

    @Override
    public List<Event> read(Account account, Verified verified) throws MalformedPayload {
        if (broken) {
            throw new IllegalStateException("simulated");
        }
        reading.accept(verified.request().body().length);
        try {
            JsonNode body = Json.tree(verified.request().body());
            List<Event> events = new ArrayList<>();
            for (JsonNode one : body) {
                events.add(
                        one.has("type")
                                ? Json.convert(one, Event.class)
                                : message(
                                        one.path("id").asText(),
                                        one.path("from").asText(),
                                        one.path("text").asText(),
                                        verified.request()));
            }
            return events;
        } catch (IOException e) {
            throw new MalformedPayload("the body is not an array of events");
        }
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context) {
        List<String> found = java.util.Objects.requireNonNull(mailbox);
        int next = position.isEmpty() ? 0 : Integer.parseInt(position);
        if (next >= found.size()) {
            LockSupport.parkNanos(5_000_000);
            return new Batch(List.of(), position);
        }
        byte[] body = found.get(next).getBytes(StandardCharsets.UTF_8);
        return new Batch(
                List.of(Request.polled("mailbox/" + next, body, context.clock().instant())),
                Integer.toString(next + 1));
    }

    private static Event message(String id, String from, String text, Request request) {
        return Event.MessageReceived.of(
                id,
                request.receivedAt(),
                new Event.Sender(from, List.of(new Identity("test", from, true)), null, null),
                id,
                List.of(new Part.Text(text)),
                null);
    }

    @Override
    public Outcome send(Account account, Outbound outbound, Transport transport) {
        Outcome scripted = outcomes.poll();
        if (scripted != null && !(scripted instanceof Outcome.Sent)) {
            return scripted;
        }
        sent.add(outbound);
        return scripted == null ? new Outcome.Sent(outbound.key()) : scripted;
    }

    @Override
    public Limits limits(Account account) {
        return Limits.NONE;
    }

    @Override
    public Repeat repeat() {
        return repeat;
    }

    @Override
    public DeliveryLookup lookUp(
            Account account, Outbound outbound, Instant since, Predicate<String> known, Transport transport) {
        DeliveryLookup answer = lookups.poll();
        return answer == null ? new DeliveryLookup.Unknown("nobody knows", null) : answer;
    }
}
