// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Transport;
import io.dragoman.http.server.PublicRouter;
import io.dragoman.store.Store;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.WorkSource;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** A component whose endpoints only receive; what stands behind the colon chooses of what. */
public final class SourceComponent extends DefaultComponent {
    private final Function<String, Source> sources;

    private SourceComponent(Function<String, Source> sources) {
        this.sources = sources;
    }

    /** Makes the consumer of an endpoint. */
    @FunctionalInterface
    private interface Source {
        Consumer consumer(Endpoint endpoint, Processor processor);
    }

    /** {@code webhook:<channel or desk>}: raw bytes in, answered when the exchange is done. */
    public static SourceComponent webhooks(ConnectorRegistry registry, PublicRouter port, Clock clock) {
        return new SourceComponent(id -> {
            ConfiguredAccount configured = configured(registry, id);
            return (endpoint, processor) -> new WebhookConsumer(endpoint, processor, configured, port, clock);
        });
    }

    /**
     * {@code poll:<channel>}: what a polling connector takes, batch by batch.
     *
     * @param owner names this process among those that share the store
     */
    public static SourceComponent polls(
            ConnectorRegistry registry,
            Store store,
            String owner,
            Transport transport,
            ChannelActivity activity,
            Clock clock) {
        return new SourceComponent(id -> {
            ConfiguredAccount configured = configured(registry, id);
            return (endpoint, processor) ->
                    new PollConsumer(endpoint, processor, configured, store, owner, transport, activity, clock);
        });
    }

    /**
     * {@code lane:inbox} and {@code lane:outbox}: the next head of every free lane.
     *
     * @param works by the name behind the colon
     * @param concurrency how many lanes each consumer works on at once
     */
    public static SourceComponent lanes(Store store, Map<String, WorkSource> works, int concurrency) {
        return new SourceComponent(name -> {
            WorkSource work = works.get(name);
            if (work == null) {
                throw new IllegalArgumentException("there is no lane:" + name + "; there are " + works.keySet());
            }
            return (endpoint, processor) -> new LaneConsumer(endpoint, processor, store, work, concurrency);
        });
    }

    private static ConfiguredAccount configured(ConnectorRegistry registry, String id) {
        return registry.find(id).orElseThrow(() -> new IllegalArgumentException("there is no channel or desk " + id));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new SourceEndpoint(uri, this, sources.apply(remaining));
    }

    private static final class SourceEndpoint extends DefaultEndpoint {
        private final Source source;

        SourceEndpoint(String uri, SourceComponent component, Source source) {
            super(uri, component);
            this.source = source;
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            Consumer consumer = source.consumer(this, processor);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException(getEndpointUri() + " only receives: it stands behind \"from\"");
        }
    }
}
