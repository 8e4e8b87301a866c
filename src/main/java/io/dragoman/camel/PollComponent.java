// SPDX-License-Identifier: Apache-2.0
package io.dragoman.camel;

import io.dragoman.connector.Directory;
import io.dragoman.connector.Directory.Bound;
import io.dragoman.connector.Wire;
import io.dragoman.store.Store;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** {@code poll:<channel>}: what a polling connector takes, batch by batch. */
public final class PollComponent extends DefaultComponent {
    private final Directory directory;
    private final Store store;
    private final String owner;
    private final Wire wire;
    private final Progress progress;
    private final Clock clock;

    /**
     * Makes the component.
     *
     * @param owner names this process among those that share the store
     */
    public PollComponent(Directory directory, Store store, String owner, Wire wire, Progress progress, Clock clock) {
        this.directory = directory;
        this.store = store;
        this.owner = owner;
        this.wire = wire;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Bound bound = directory
                .find(remaining)
                .orElseThrow(() -> new IllegalArgumentException("there is no channel or desk " + remaining));
        return new PollEndpoint(uri, this, bound);
    }

    private final class PollEndpoint extends DefaultEndpoint {
        private final Bound bound;

        PollEndpoint(String uri, PollComponent component, Bound bound) {
            super(uri, component);
            this.bound = bound;
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            PollConsumer consumer = new PollConsumer(this, processor, bound, store, owner, wire, progress, clock);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("poll: only receives");
        }
    }
}
