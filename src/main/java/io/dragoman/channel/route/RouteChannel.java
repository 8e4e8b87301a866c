// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.route;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Any of Camel's components as a channel: a route in {@code routes/} that ends in {@code to: intake:<channel>} brings
 * messages in, and {@code to} names the endpoint that takes ours out, as JSON. The route vouches for what it brings.
 *
 * <p>What comes in is read by {@link InboundReader}, what goes out is written by {@link Sender}: both speak the route
 * JSON of docs/routes.md.
 */
@AutoService(Connector.class)
public final class RouteChannel implements Channel, MediaSource, WritesFirst {
    static final Setting<String> TO = Setting.text(
            "to",
            "The Camel endpoint that takes answers, such as direct:send-fax; without it the channel only receives.");

    private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";
    private static final long LARGEST = 100L * 1024 * 1024;

    @Override
    public String kind() {
        return "route";
    }

    @Override
    public String description() {
        return "A channel made of a Camel route of your own in routes/, which ends in intake:<channel>.";
    }

    @Override
    public Features features() {
        return Features.receives("a Camel route of your own")
                .sends("the same")
                .receipts("what your route hands over")
                .verification("by your route")
                .setUp(
                        "Write a route in a file routes/<name>.camel.yaml that ends with `to: intake:<channel>`; routes.md has "
                                + "whole ones.")
                .missed("your route decides")
                .begins("any address, where `to` is set; the route decides what becomes of it");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TO, OnUncertain.SETTING);
    }

    @Override
    public List<String> problems(Account account) {
        return account.find(TO).flatMap(RouteChannel::problem).stream().toList();
    }

    /** What Camel would say of an endpoint at the first answer. Each component is named by a file on the class path. */
    private static Optional<String> problem(String to) {
        String scheme = to.replaceFirst("[:?].*", "");
        if (scheme.equals(to) || scheme.isBlank()) {
            return Optional.of("to must be an endpoint of Camel, such as direct:send-fax");
        }
        boolean unknown =
                !scheme.contains("{{") && RouteChannel.class.getClassLoader().getResource(COMPONENTS + scheme) == null;
        return unknown
                ? Optional.of("to uses '" + scheme + "', but no such component is installed. If the word is right, put"
                        + " its jar, usually camel-" + scheme + ", and all that it needs into lib/ and start again"
                        + " (docs/routes.md, \"Components that are not in the box\").")
                : Optional.empty();
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return List.of(InboundReader.read(verified.request()));
    }

    /** Media is at an address that the route named: asked for without any credentials, and only in public networks. */
    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return MediaDownload.address(media.source())
                .map(uri -> MediaDownload.fetch(HttpCall.get(uri).follow(3), LARGEST, "the media's server", transport))
                .orElseGet(MediaDownload::noAddress);
    }

    /** Any address of which the route can make something. */
    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        if (account.find(TO).isEmpty()) {
            throw new MalformedPayload("can be nobody's: this channel only receives until it has to in channels.yaml");
        }
        return InboundReader.sender(address, null, null);
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        Optional<String> to = account.find(TO);
        if (to.isEmpty()) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "the channel has no 'to': it only receives");
        }
        try {
            transport.route(to.get(), Sender.write(message));
            return new Outcome.Sent(message.key());
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    @Override
    public Limits limits(Account account) {
        return Limits.text(Integer.MAX_VALUE, Limits.Unit.UTF_16)
                .choices(10, 10)
                .choiceTexts(Integer.MAX_VALUE, Integer.MAX_VALUE)
                .anyMedia(LARGEST)
                .location()
                .locationRequest(Integer.MAX_VALUE)
                .contacts()
                .templates()
                .cards()
                .copies(100)
                .build();
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
