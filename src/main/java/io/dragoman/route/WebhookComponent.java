// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * {@code dragoman-webhook:<channel or desk>}: what is posted to the public port, raw bytes in, answered when the
 * exchange is done. Large bodies leave the port's event loops: a few threads verify, read and write them.
 */
@Component("dragoman-webhook")
public final class WebhookComponent extends DefaultComponent {
    /** Where the bodies are that wait: they are counted and bounded as bytes before, by http.maxHeld. */
    private static final int MOST_WAITING = 1_000;

    @Metadata(defaultValue = "65536", description = "Bodies above so many bytes are worked on outside the event loops.")
    private int largeBody = 64 * 1024;

    @Metadata(defaultValue = "4", description = "How many threads work on large bodies, of all channels together.")
    private int workers = 4;

    private volatile @Nullable ExecutorService pool;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        WebhookEndpoint endpoint = new WebhookEndpoint(uri, this, RouteServices.of(getCamelContext()), remaining);
        endpoint.setLargeBody(largeBody);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        pool = getCamelContext()
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "dragoman-webhook",
                        new ThreadPoolProfileBuilder("dragoman-webhook")
                                .poolSize(workers)
                                .maxPoolSize(workers)
                                .maxQueueSize(MOST_WAITING)
                                .allowCoreThreadTimeOut(true)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }

    @Override
    protected void doStop() throws Exception {
        ExecutorService last = pool;
        if (last != null) {
            getCamelContext().getExecutorServiceManager().shutdown(last);
        }
        super.doStop();
    }

    ExecutorService pool() {
        return Objects.requireNonNull(pool, "not started");
    }

    public int getLargeBody() {
        return largeBody;
    }

    public void setLargeBody(int largeBody) {
        this.largeBody = largeBody;
    }

    public int getWorkers() {
        return workers;
    }

    public void setWorkers(int workers) {
        this.workers = workers;
    }
}
