// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.time.Duration;
import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** One place of the journey where an operator's route takes part. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "dragoman-hook",
        title = "Dragoman hook",
        syntax = "dragoman-hook:point",
        producerOnly = true,
        category = Category.CHAT)
public final class HookEndpoint extends DefaultEndpoint {
    static final String BEFORE_DECIDE = "before-decide";
    static final String AFTER_COMMIT = "after-commit";
    private static final List<String> POINTS = List.of(BEFORE_DECIDE, AFTER_COMMIT);

    /** Both hooks of an event must fit well into the minute for which its lane is leased. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final HookComponent component;

    @UriPath(enums = "before-decide,after-commit", description = "Where in the journey.")
    @Metadata(required = true)
    private final String point;

    @UriParam(defaultValue = "5000", description = "How long the journey waits for the operator's route.")
    private Duration timeout = Duration.ofSeconds(5);

    HookEndpoint(String uri, HookComponent component, String point) {
        super(uri, component);
        this.component = component;
        this.point = point;
        if (!POINTS.contains(point)) {
            throw new IllegalArgumentException("there is no dragoman-hook:" + point + "; there are " + POINTS);
        }
    }

    @Override
    public Producer createProducer() {
        return new HookProducer(this, component, point, RouteServices.of(getCamelContext()));
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("a route that takes part in the journey begins with direct:" + point
                + ", not with " + getEndpointUri());
    }

    public Duration getTimeout() {
        return timeout;
    }

    /** Sets how long the journey waits, at most 20 s. */
    public void setTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("dragoman-hook:" + point + ": timeout is " + timeout.toMillis()
                    + " ms but must be from 1 to " + LONGEST.toMillis() + " ms");
        }
        this.timeout = timeout;
    }
}
