// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes our own immutable request of whatever an operator's route brings, and drops every header: nothing that came
 * off a wire survives on the exchange.
 */
public final class Receive implements Processor {
    private final ConfiguredAccount channel;
    private final Clock clock;

    public Receive(ConfiguredAccount channel, Clock clock) {
        this.channel = channel;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        Request request = new Request(
                Request.Origin.ROUTE,
                "",
                Objects.requireNonNullElse(exchange.getFromRouteId(), ""),
                "",
                Map.of(),
                body == null ? "".getBytes(StandardCharsets.UTF_8) : body,
                clock.instant());
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(new Arrival(channel, List.of(request), null));
    }
}
