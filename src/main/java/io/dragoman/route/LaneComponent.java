// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** {@code dragoman-lane:inbox} and {@code dragoman-lane:outbox}: the next head of every free lane. */
@Component("dragoman-lane")
public final class LaneComponent extends DefaultComponent {
    @Metadata(defaultValue = "48", description = "How many lanes each consumer works on at once.")
    private int concurrency = 48;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LaneEndpoint endpoint = new LaneEndpoint(uri, this, RouteServices.of(getCamelContext()), remaining);
        endpoint.setConcurrency(concurrency);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public int getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }
}
