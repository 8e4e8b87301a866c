// SPDX-License-Identifier: Apache-2.0
package io.dragoman.camel;

import io.dragoman.store.Store;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** {@code lane:inbox} and {@code lane:outbox}: the next head of every free lane. */
public final class LaneComponent extends DefaultComponent {
    private final Store store;
    private final Map<String, LaneWork> works;
    private final int concurrency;

    /**
     * Makes the component.
     *
     * @param works by the name after the colon
     * @param concurrency how many lanes each consumer works on at once
     */
    public LaneComponent(Store store, Map<String, LaneWork> works, int concurrency) {
        this.store = store;
        this.works = Map.copyOf(works);
        this.concurrency = concurrency;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        LaneWork work = works.get(remaining);
        if (work == null) {
            throw new IllegalArgumentException("there is no lane:" + remaining + "; there are " + works.keySet());
        }
        return new LaneEndpoint(uri, this, work);
    }

    private final class LaneEndpoint extends DefaultEndpoint {
        private final LaneWork work;

        LaneEndpoint(String uri, LaneComponent component, LaneWork work) {
            super(uri, component);
            this.work = work;
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            LaneConsumer consumer = new LaneConsumer(this, processor, store, work, concurrency);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("lanes are filled by the store");
        }
    }
}
