// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.work.WorkSource;
import java.util.TreeSet;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/** The lanes of one queue. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "dragoman-lane",
        title = "Dragoman lane",
        syntax = "dragoman-lane:queue",
        consumerOnly = true,
        category = Category.CHAT)
public final class LaneEndpoint extends SourceEndpoint {
    private final RouteServices services;
    private final WorkSource work;

    @UriPath(enums = "inbox,outbox", description = "Which queue.")
    @Metadata(required = true)
    private final String queue;

    @UriParam(defaultValue = "48", description = "How many lanes are worked on at once.")
    private int concurrency;

    @UriParam(
            description = "How many threads do that: as many as lanes, unless steps that wait give their thread back.")
    private int threads;

    LaneEndpoint(String uri, LaneComponent component, RouteServices services, String queue) {
        super(uri, component);
        this.services = services;
        this.queue = queue;
        WorkSource found = services.works().get(queue);
        if (found == null) {
            throw new IllegalArgumentException("there is no dragoman-lane:" + queue + "; there are "
                    + new TreeSet<>(services.works().keySet()));
        }
        this.work = found;
    }

    @Override
    Consumer source(Processor processor) {
        return new LaneConsumer(
                this, processor, services, work, queue, concurrency, threads == 0 ? concurrency : threads);
    }

    public int getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException(
                    "dragoman-lane:" + queue + ": concurrency is " + concurrency + " but must be 1 or more");
        }
        this.concurrency = concurrency;
    }

    public int getThreads() {
        return threads;
    }

    public void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "dragoman-lane:" + queue + ": threads is " + threads + " but must be 1 or more");
        }
        this.threads = threads;
    }
}
