// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Webhook;
import io.dragoman.work.StepInput;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Answers the sender in its provider's words, now that everything is durable. A provider is told nothing of what could
 * not be read, for it would repeat it for ever; the developer of a desk is told why.
 */
public final class Acknowledge implements Processor {
    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(answer(StepInput.of(exchange, Arrival.Stored.class)));
    }

    private static Acknowledgement answer(Arrival.Stored stored) {
        Arrival arrival = stored.arrival();
        Connector connector = arrival.addressed().connector();
        if (connector instanceof Desk && stored.unread() != null) {
            return Acknowledgement.refused(stored.unread());
        }
        return connector instanceof Webhook webhook
                ? webhook.acknowledge(arrival.account(), arrival.requests().get(0))
                : Acknowledgement.OK;
    }
}
