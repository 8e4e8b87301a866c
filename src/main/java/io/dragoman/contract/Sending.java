// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.OutboundToCustomerBuilder;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What checks of sending share. */
final class Sending {
    /** A wire that a check waits for no longer. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Sending() {}

    /** What a check of sending does. */
    @FunctionalInterface
    interface Body {
        void run(SendSample sample) throws Exception;
    }

    /** @param line the same of what goes by a protocol of its own */
    static ContractCheck check(String group, String name, String proves, Body body, Lines.Body line) {
        return new ContractCheck(group, name, proves, sample -> {
            if (sample.connector().features().sendsNothing()) {
                throw new NotApplicable("it sends nothing");
            }
            if (sample instanceof LineSample own) {
                own.provider().script().forget();
                line.run(own);
                return;
            }
            if (!(sample instanceof SendSample sending)) {
                throw new NotApplicable(
                        "no sample of what it sends: neither a SendSample or LineSample nor a simulator");
            }
            body.run(sending);
        });
    }

    /** A text for a customer. */
    static Outbound.ToCustomer message(String address, String text) {
        return new Outbound.ToCustomer(
                "delivery-1", "message-1", "conversation-1", address, text(text), null, null, List.of(), "Mara", false);
    }

    /** The same under a key of its own: a provider that knows the key takes another text for a copy. */
    static Outbound.ToCustomer answer(String address, String text) {
        return message(address, text).step("answer-" + Integer.toHexString(text.hashCode()), text(text), true);
    }

    static List<Part> text(String text) {
        return List.of(new Part.Text(text));
    }

    static Outcome to(SendSample sample, FakeProvider provider) {
        return to(sample, provider, PATIENCE);
    }

    static Outcome to(SendSample sample, FakeProvider provider, Duration longest) {
        URI base = provider.granting(sample.grants()).baseUrl();
        try (provider) {
            Outcome outcome = send(sample, base, wire(sample, longest));
            hides(sample, outcome.toString());
            return outcome;
        }
    }

    static Outcome send(SendSample sample, URI base, ContractTransport wire) {
        return Performing.send(sample.connector(), sample.account(base), sample.outbound(), wire);
    }

    /** The same under another key. */
    static Outbound again(String key, Outbound outbound) {
        if (outbound instanceof Outbound.ToCustomer message) {
            return OutboundToCustomerBuilder.builder(message).key(key).build();
        }
        throw new NotApplicable("what it sends is no message to a customer");
    }

    /** Whatever leaves when this is sent: addresses, headers and bodies, in words. */
    static Set<String> words(SendSample sample, Outbound outbound) {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
            URI base = provider.granting(sample.grants()).baseUrl();
            ContractTransport wire = wire(sample, PATIENCE);
            Performing.send(sample.connector(), sample.account(base), outbound, wire);
            StringBuilder sent = new StringBuilder();
            wire.calls().forEach(call -> sent.append(call.uri().getPath())
                    .append(' ')
                    .append(call.uri().getQuery())
                    .append(' ')
                    .append(call.headers().values()));
            return new HashSet<>(List.of((sent + " " + provider.bodies()).split("[^A-Za-z0-9_-]+")));
        }
    }

    static ContractTransport wire(ConnectorSample sample, Duration longest) {
        return new CountingTransport(longest, sample.clock());
    }

    /** An answer that repeats everything that must not be shown. */
    static String echo(SendSample sample) {
        String canary = SendSample.SENT_CANARY;
        return "{\"error\":{\"message\":\"" + canary + " " + String.join(" ", sample.secrets()) + "\"},\"message\":\""
                + canary + "\",\"description\":\"" + canary + "\"}";
    }

    static void hides(SendSample sample, String shown) {
        Expect.hides(shown, List.of(SendSample.SENT_CANARY));
        Expect.hides(shown, sample.secrets());
    }

    /** Ends what calls again and again. */
    private static final class CountingTransport extends ContractTransport {
        private static final int MOST = 20;

        CountingTransport(Duration longest, Clock clock) {
            super(longest, clock);
        }

        @Override
        public Response http(HttpCall call) throws TransportFailure {
            Expect.that(calls().size() < MOST, "more than " + MOST + " calls of one attempt", "one attempt");
            return super.http(call);
        }
    }
}
