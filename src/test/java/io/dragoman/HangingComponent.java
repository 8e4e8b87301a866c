// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code test-hanging:}: a route from it does not come to its start until the test lets it, as with a dead server. */
public final class HangingComponent extends DefaultComponent {
    static volatile CountDownLatch release = new CountDownLatch(0);

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new DefaultConsumer(this, processor) {
                    @Override
                    protected void doStart() throws Exception {
                        release.await(60, TimeUnit.SECONDS);
                        super.doStart();
                    }
                };
            }
        };
    }
}
