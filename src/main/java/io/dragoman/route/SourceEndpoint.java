// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** An endpoint that can only be a route's {@code from}. */
abstract class SourceEndpoint extends DefaultEndpoint {
    SourceEndpoint(String uri, Component component) {
        super(uri, component);
    }

    /** Makes the consumer, not yet started. */
    abstract Consumer source(Processor processor);

    @Override
    public final Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = source(processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public final Producer createProducer() {
        throw new UnsupportedOperationException(getEndpointUri() + " only receives: it stands behind \"from\"");
    }
}
