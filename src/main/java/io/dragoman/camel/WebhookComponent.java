// SPDX-License-Identifier: Apache-2.0
package io.dragoman.camel;

import io.dragoman.connector.Directory;
import io.dragoman.connector.Directory.Bound;
import io.dragoman.http.PublicPort;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** {@code webhook:<channel or desk>}: raw bytes in, answered when the exchange is done. */
public final class WebhookComponent extends DefaultComponent {
    private final Directory directory;
    private final PublicPort port;
    private final Clock clock;

    public WebhookComponent(Directory directory, PublicPort port, Clock clock) {
        this.directory = directory;
        this.port = port;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Bound bound = directory
                .find(remaining)
                .orElseThrow(() -> new IllegalArgumentException("there is no channel or desk " + remaining));
        return new WebhookEndpoint(uri, this, bound);
    }

    private final class WebhookEndpoint extends DefaultEndpoint {
        private final Bound bound;

        WebhookEndpoint(String uri, WebhookComponent component, Bound bound) {
            super(uri, component);
            this.bound = bound;
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            WebhookConsumer consumer = new WebhookConsumer(this, processor, bound, port, clock);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("webhook: only receives");
        }
    }
}
