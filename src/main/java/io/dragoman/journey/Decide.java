// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Situation;
import io.dragoman.work.StepInput;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Asks the rules what to do with a message, or because of something else that they wait for. */
public final class Decide implements Processor {
    private final Function<Situation, Decision> rules;
    private final DecisionWatch watch;

    /** Rules may change between two messages: {@code rules} gives the active ones. */
    public Decide(Function<Situation, Decision> rules) {
        this(rules, DecisionWatch.NONE);
    }

    /** The same, with somebody who learns of each decision. */
    public Decide(Function<Situation, Decision> rules, DecisionWatch watch) {
        this.rules = rules;
        this.watch = watch;
    }

    @Override
    public void process(Exchange exchange) {
        JourneyContext context = StepInput.of(exchange, JourneyContext.class);
        ConversationMatch place = context.place();
        Situation asked = context.asked();
        if (asked != null) {
            exchange.getMessage().setBody(decided(context, asked));
        } else if (place != null && context.event() instanceof MessageReceived message) {
            Situation situation = new Situation(
                    message,
                    place.conversation(),
                    place.contact(),
                    place.first(),
                    place.tally(),
                    context.stored().receivedAt());
            exchange.getMessage().setBody(decided(context, situation));
        }
    }

    private JourneyContext decided(JourneyContext context, Situation situation) {
        Decision decision = rules.apply(situation);
        watch.decided(context.stored().id(), situation, decision);
        return context.decided(decision);
    }
}
