// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.Webhook;
import io.dragoman.work.StepInput;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Answers the sender in its provider's words, now that everything is durable. */
public final class Acknowledge implements Processor {
    @Override
    public void process(Exchange exchange) {
        Arrival arrival = StepInput.of(exchange, Arrival.Stored.class).arrival();
        exchange.getMessage()
                .setBody(
                        arrival.addressed().connector() instanceof Webhook webhook
                                ? webhook.acknowledge(
                                        arrival.account(), arrival.requests().get(0))
                                : Acknowledgement.OK);
    }
}
