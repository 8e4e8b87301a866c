// SPDX-License-Identifier: Apache-2.0
package io.dragoman.camel;

import io.dragoman.connector.Directory;
import io.dragoman.connector.Directory.Bound;
import io.dragoman.connector.Wire;
import io.dragoman.http.PublicPort;
import io.dragoman.store.Store;
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
    public static SourceComponent webhooks(Directory directory, PublicPort port, Clock clock) {
        return new SourceComponent(id -> {
            Bound bound = bound(directory, id);
            return (endpoint, processor) -> new WebhookConsumer(endpoint, processor, bound, port, clock);
        });
    }

    /**
     * {@code poll:<channel>}: what a polling connector takes, batch by batch.
     *
     * @param owner names this process among those that share the store
     */
    public static SourceComponent polls(
            Directory directory, Store store, String owner, Wire wire, Progress progress, Clock clock) {
        return new SourceComponent(id -> {
            Bound bound = bound(directory, id);
            return (endpoint, processor) ->
                    new PollConsumer(endpoint, processor, bound, store, owner, wire, progress, clock);
        });
    }

    /**
     * {@code lane:inbox} and {@code lane:outbox}: the next head of every free lane.
     *
     * @param works by the name behind the colon
     * @param concurrency how many lanes each consumer works on at once
     */
    public static SourceComponent lanes(Store store, Map<String, LaneWork> works, int concurrency) {
        return new SourceComponent(name -> {
            LaneWork work = works.get(name);
            if (work == null) {
                throw new IllegalArgumentException("there is no lane:" + name + "; there are " + works.keySet());
            }
            return (endpoint, processor) -> new LaneConsumer(endpoint, processor, store, work, concurrency);
        });
    }

    private static Bound bound(Directory directory, String id) {
        return directory.find(id).orElseThrow(() -> new IllegalArgumentException("there is no channel or desk " + id));
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
