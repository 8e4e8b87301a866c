// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.OutboundToCustomerBuilder;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent.WrittenMessage;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses of this machine and its network that somebody wrote: nobody is asked there on a stranger's word. */
final class AddressChecks {
    /** This machine, its network, and where clouds tell a machine its keys; in every way that a host can be written. */
    private static final List<String> INSIDE = List.of(
            "http://127.0.0.1:8081/inside",
            "https://localhost/inside",
            "http://[::1]/inside",
            "http://[::ffff:127.0.0.1]/inside",
            "http://0.0.0.0/inside",
            "http://2130706433/inside",
            "http://0x7f.1/inside",
            "http://127.1/inside",
            "https://10.0.0.7/inside",
            "https://172.16.0.7/inside",
            "https://192.168.1.7/inside",
            "https://100.64.0.7/inside",
            "http://169.254.169.254/inside",
            "http://[fd00:ec2::254]/inside",
            "http://[fe80::1]/inside",
            "https://metadata.google.internal/inside");

    private static final List<String> POSTED =
            List.of("http://127.0.0.1:8081/inside", "https://169.254.169.254/inside");

    private static final Pattern ADDRESS = Pattern.compile("https?://.+");

    private AddressChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                new ContractCheck(
                        MediaChecks.GROUP,
                        "an address inside",
                        "Media of this machine or its network are fetched on nobody's word: the guard refuses, for good.",
                        AddressChecks::media),
                Webhooks.reading(
                        MediaChecks.GROUP,
                        "addresses in what is posted",
                        "Whatever address stands in a payload, nobody inside is asked on its word, nor answered there.",
                        AddressChecks::posted));
    }

    private static void media(ConnectorSample sample) {
        if (!(sample.connector() instanceof MediaSource source)) {
            throw new NotApplicable("it fetches no media");
        }
        for (String link : INSIDE) {
            fetch(sample, source, link, Request.polled("test", new byte[0], Instant.EPOCH));
        }
    }

    private static void fetch(ConnectorSample sample, MediaSource source, String link, Request origin) {
        Part.Media media = Part.Media.incoming(Part.MediaKind.IMAGE, "image/jpeg", null, null, link);
        Account account = sample.account(GuardedTransport.PROVIDER);
        GuardedTransport wire = new GuardedTransport(sample.clock());
        Outcome outcome = source.fetch(account, media, origin, wire);
        guarded(wire.calls(), sample);
        boolean asked = wire.calls().stream().anyMatch(call -> !GuardedTransport.isProvider(call));
        Expect.that(
                !asked || outcome instanceof Outcome.Refused,
                outcome + " for " + link,
                "Outcome.Refused: another try would end the same");
    }

    /** The recorded request with an address in the place of each value that it has. */
    private static void posted(ReadSample sample) {
        Shapes.of(sample, POSTED).forEach(body -> asksNobody(sample, sample.signed(body)));
    }

    private static void asksNobody(ReadSample sample, Request request) {
        List<? extends Event> events;
        try {
            events = Webhooks.read(sample, request);
        } catch (AuthenticationFailed | MalformedPayload e) {
            return; // refused as a whole
        }
        for (Event event : events) {
            if (event instanceof WrittenMessage message) {
                answer(sample, message.customer().address());
            }
        }
        if (sample.connector() instanceof MediaSource source) {
            links(Json.writeAll(events, Event.class)).forEach(link -> fetch(sample, source, link, request));
        }
    }

    private static List<String> links(String json) {
        List<String> links = new ArrayList<>();
        try {
            for (JsonNode event : Json.tree(json.getBytes(StandardCharsets.UTF_8))) {
                for (JsonNode part : event.path("parts")) {
                    part.forEach(value -> {
                        if (ADDRESS.matcher(value.asText("")).matches()) {
                            links.add(value.asText());
                        }
                    });
                }
            }
        } catch (IOException e) {
            throw new CheckFailed("events that are no JSON", "events that can be stored");
        }
        return links;
    }

    /** An answer goes with credentials: to the provider, and nowhere else. */
    private static void answer(ReadSample sample, String address) {
        if (sample.connector() instanceof Channel channel
                && !channel.features().sendsNothing()
                && sample instanceof SendSample sending
                && sending.outbound() instanceof Outbound.ToCustomer message) {
            GuardedTransport wire = new GuardedTransport(sample.clock());
            Account account = sample.account(GuardedTransport.PROVIDER);
            channel.send(
                    account,
                    OutboundToCustomerBuilder.builder(message).address(address).build(),
                    wire);
            guarded(wire.calls(), sample);
        }
    }

    private static void guarded(List<HttpCall> calls, ConnectorSample sample) {
        for (HttpCall call : calls) {
            if (!GuardedTransport.isProvider(call)) {
                MediaChecks.strange(call, sample.secrets());
            }
        }
    }
}
