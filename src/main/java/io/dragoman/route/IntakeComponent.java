// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.intake.Receive;
import io.dragoman.intake.StoreEvents;
import io.dragoman.intake.Verify;
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
    private final ConnectorRegistry registry;
    private final Verify verify;
    private final StoreEvents store;
    private final Clock clock;

    public IntakeComponent(ConnectorRegistry registry, Verify verify, StoreEvents store, Clock clock) {
        this.registry = registry;
        this.verify = verify;
        this.store = store;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        ConfiguredAccount configured = registry.now().channels().get(remaining);
        if (configured == null) {
            throw new IllegalArgumentException("there is no channel " + remaining + " in config/channels.yaml");
        }
        return new IntakeEndpoint(uri, this, configured);
    }

    private final class IntakeEndpoint extends DefaultEndpoint {
        private final ConfiguredAccount configured;

        IntakeEndpoint(String uri, IntakeComponent component, ConfiguredAccount configured) {
            super(uri, component);
            this.configured = configured;
        }

        @Override
        public Producer createProducer() {
            Receive receive = new Receive(configured, clock);
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
