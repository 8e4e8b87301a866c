// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.intake.Receive;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * {@code intake:<channel>}: where a route of the operator's own hands over what it received. The exchange goes on, as it
 * was, when that is durable; else it fails, and the route's error handling acts.
 */
@Component("intake")
public final class IntakeComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new IntakeEndpoint(uri, this, RouteServices.of(getCamelContext()), remaining);
    }

    /** The intake of one channel. */
    @UriEndpoint(
            firstVersion = "1.0.0",
            scheme = "intake",
            title = "Dragoman intake",
            syntax = "intake:channel",
            producerOnly = true,
            category = Category.CHAT)
    private static final class IntakeEndpoint extends DefaultEndpoint {
        private final RouteServices services;

        @UriPath(description = "The id of the channel.")
        @Metadata(required = true)
        private final String channel;

        IntakeEndpoint(String uri, IntakeComponent component, RouteServices services, String channel) {
            super(uri, component);
            this.services = services;
            this.channel = channel;
            if (configured() == null) {
                throw new IllegalArgumentException("there is no channel " + channel + " in config/channels.yaml");
            }
        }

        /** The channel as it is configured now; null once it was removed. */
        @Nullable
        ConfiguredAccount configured() {
            return services.registry().now().channels().get(channel);
        }

        @Override
        public Producer createProducer() {
            return new IntakeProducer(this);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("intake:" + channel + " is where a route ends");
        }
    }

    private static final class IntakeProducer extends DefaultAsyncProducer {
        private final IntakeEndpoint endpoint;
        private final RouteServices services;

        IntakeProducer(IntakeEndpoint endpoint) {
            super(endpoint);
            this.endpoint = endpoint;
            this.services = endpoint.services;
        }

        /** On an exchange of its own: the operator's message stays what it is, and never shows our records. */
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Exchange own = exchange.copy();
            try {
                verify(own);
            } catch (HandOverRefused | RuntimeException e) {
                exchange.setException(e);
                callback.done(true);
                return true;
            }
            return services.storeEvents().process(own, doneSync -> {
                exchange.setException(own.getException());
                callback.done(doneSync);
            });
        }

        private void verify(Exchange own) throws HandOverRefused {
            ConfiguredAccount configured = endpoint.configured();
            if (configured == null) {
                throw new HandOverRefused(endpoint.channel, "it is not configured any more");
            }
            new Receive(configured, services.clock()).process(own);
            services.verify().process(own);
            if (own.isRouteStop()) {
                throw new HandOverRefused(
                        endpoint.channel,
                        "messages handed over are not authenticated; hand over to a channel of kind route");
            }
        }
    }
}
