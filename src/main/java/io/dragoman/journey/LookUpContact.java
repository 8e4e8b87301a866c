// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.work.AsyncProcessors;
import io.dragoman.work.StepInput;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Lets rules see what CRMs and shops know of who wrote, without holding a thread until they have answered. */
public final class LookUpContact extends AsyncProcessorSupport implements AsyncProcessor {
    private final LookUps lookUps;

    public LookUpContact(LookUps lookUps) {
        this.lookUps = lookUps;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        JourneyContext context = StepInput.of(exchange, JourneyContext.class);
        ConversationMatch place = context.place();
        if (place == null
                || !(context.event() instanceof MessageReceived)
                || place.conversation().isPublic()
                || !lookUps.any(place.contact())) {
            callback.done(true);
            return true;
        }
        return AsyncProcessors.when(
                lookUps.of(context.stored().id(), place.contact()), exchange, callback, result -> exchange.getMessage()
                        .setBody(context.placed(place.knowing(result))));
    }
}
