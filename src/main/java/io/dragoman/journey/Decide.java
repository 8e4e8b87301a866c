// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Situation;
import io.dragoman.work.StepInput;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Asks the rules what to do with a message. */
public final class Decide implements Processor {
    private final Function<Situation, Decision> rules;

    /** Rules may change between two messages: {@code rules} gives the active ones. */
    public Decide(Function<Situation, Decision> rules) {
        this.rules = rules;
    }

    @Override
    public void process(Exchange exchange) {
        JourneyContext context = StepInput.of(exchange, JourneyContext.class);
        ConversationMatch place = context.place();
        if (place != null && context.event() instanceof MessageReceived message) {
            Situation situation = new Situation(
                    message,
                    place.conversation(),
                    place.contact(),
                    place.first(),
                    place.tally(),
                    context.stored().receivedAt());
            exchange.getMessage().setBody(context.decided(rules.apply(situation)));
        }
    }
}
