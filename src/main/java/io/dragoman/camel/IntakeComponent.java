// SPDX-License-Identifier: Apache-2.0
package io.dragoman.camel;

import io.dragoman.connector.Directory;
import io.dragoman.connector.Directory.Bound;
import io.dragoman.inbox.Receive;
import io.dragoman.inbox.StoreEvents;
import io.dragoman.inbox.Verify;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** {@code intake:<channel>}: where a route of the operator's own hands over what it received; done when it is durable. */
public final class IntakeComponent extends DefaultComponent {
    private final Directory directory;
    private final Verify verify;
    private final StoreEvents store;
    private final Clock clock;

    public IntakeComponent(Directory directory, Verify verify, StoreEvents store, Clock clock) {
        this.directory = directory;
        this.verify = verify;
        this.store = store;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Bound bound = directory.channels().get(remaining);
        if (bound == null) {
            throw new IllegalArgumentException("there is no channel " + remaining + " in config/channels.yaml");
        }
        return new IntakeEndpoint(uri, this, bound);
    }

    private final class IntakeEndpoint extends DefaultEndpoint {
        private final Bound bound;

        IntakeEndpoint(String uri, IntakeComponent component, Bound bound) {
            super(uri, component);
            this.bound = bound;
        }

        @Override
        public Producer createProducer() {
            Receive receive = new Receive(bound, clock);
            return new DefaultAsyncProducer(this) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    receive.process(exchange);
                    verify.process(exchange);
                    if (exchange.isRouteStop()) {
                        callback.done(true);
                        return true;
                    }
                    return store.process(exchange, callback);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("intake: is where a route ends");
        }
    }
}
