// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.MediaLimit;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Event;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any of Camel's components as a channel: a route in {@code routes/} that ends in {@code to: intake:<channel>} brings
 * messages in, and {@code to} names the endpoint that takes ours out, as JSON. The route vouches for what it brings.
 *
 * <p>A message is {@code {"id": "7", "from": "ana", "text": "hello"}}, with {@code name}, {@code at} and
 * {@code replyTo} where they are known; anything with a {@code type} is one of our events as it stands.
 */
public final class RouteChannel implements Connector {
    static final Setting<String> TO = Setting.text(
            "to",
            "The Camel endpoint that takes answers, such as direct:send-fax; without it the channel only receives.");

    private static final long LARGEST = 100L * 1024 * 1024;

    @Override
    public String kind() {
        return "route";
    }

    @Override
    public Side side() {
        return Side.CHANNEL;
    }

    @Override
    public String description() {
        return "A channel made of a Camel route of your own in routes/, which ends in intake:<channel>.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TO, OnUncertain.SETTING);
    }

    @Override
    public Intake intake(Account account) {
        return Intake.NONE;
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        if (request.origin() == Request.Origin.RECEIVED) {
            throw new AuthenticationFailed(403, "this channel takes no requests");
        }
        return Signature.polled(request);
    }

    @Override
    public List<Event> read(Account account, Verified verified) throws MalformedPayload {
        JsonFields body = JsonFields.of(verified.request().body());
        return List.of(body.has("type") ? event(body.node()) : message(body, verified.request()));
    }

    private static Event event(JsonNode node) throws MalformedPayload {
        try {
            return Json.convert(node, Event.class);
        } catch (IOException | RuntimeException e) {
            throw new MalformedPayload("the body has a type but is none of our events");
        }
    }

    private static Event message(JsonFields body, Request request) throws MalformedPayload {
        String from = body.text("from");
        String id = body.text("id");
        Event.Sender sender = new Event.Sender(
                from,
                List.of(new Identity("route", from, true)),
                body.findText("name").orElse(null),
                null);
        return Event.MessageReceived.of(
                id,
                request.receivedAt(),
                sender,
                id,
                List.of(new Part.Text(body.text("text"))),
                body.findText("replyTo").orElse(null));
    }

    @Override
    public Outcome send(Account account, Outbound outbound, Transport transport) {
        Optional<String> to = account.find(TO);
        if (to.isEmpty()) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "the channel has no 'to': it only receives");
        }
        try {
            transport.route(to.get(), Json.bytes(outbound));
            return new Outcome.Sent(outbound.key());
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    @Override
    public Limits limits(Account account) {
        MediaLimit any = MediaLimit.any(LARGEST);
        Map<MediaKind, MediaLimit> media = Map.of(
                MediaKind.IMAGE,
                any,
                MediaKind.AUDIO,
                any,
                MediaKind.VIDEO,
                any,
                MediaKind.FILE,
                any,
                MediaKind.STICKER,
                any);
        return Limits.text(Integer.MAX_VALUE, Limits.Unit.UTF_16)
                .choices(10, 10)
                .choiceTexts(Integer.MAX_VALUE, Integer.MAX_VALUE)
                .media(media)
                .location(true)
                .contacts(true)
                .templates(true)
                .build();
    }

    @Override
    public Repeat repeat() {
        return Repeat.NEITHER;
    }
}
