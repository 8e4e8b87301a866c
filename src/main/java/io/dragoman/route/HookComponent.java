// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.time.Duration;
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
 * {@code dragoman-hook:before-decide} and {@code dragoman-hook:after-commit}: where an operator's route takes part in the
 * journey. Costs nothing while no route consumes from {@code direct:} of that name.
 */
@Component("dragoman-hook")
public final class HookComponent extends DefaultComponent {
    @Metadata(defaultValue = "5000", description = "How long the journey waits for the operator's route.")
    private Duration timeout = Duration.ofSeconds(5);

    @Metadata(defaultValue = "48", description = "How many of the operator's routes may run at once.")
    private int workers = 48;

    private final HookRoutes routes = new HookRoutes();
    private @Nullable ExecutorService pool;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        HookEndpoint endpoint = new HookEndpoint(uri, this, remaining);
        endpoint.setTimeout(timeout);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        routes.watch(getCamelContext());
        // no queue: when all threads hang, the journey goes on without hooks
        pool = getCamelContext()
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "dragoman-hook",
                        new ThreadPoolProfileBuilder("dragoman-hook")
                                .poolSize(1)
                                .maxPoolSize(workers)
                                .maxQueueSize(0)
                                .keepAliveTime(60L)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }

    @Override
    protected void doStop() throws Exception {
        routes.leave(getCamelContext());
        if (pool != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(pool);
        }
        super.doStop();
    }

    ExecutorService pool() {
        return Objects.requireNonNull(pool, "not started");
    }

    HookRoutes routes() {
        return routes;
    }

    public Duration getTimeout() {
        return timeout;
    }

    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    public int getWorkers() {
        return workers;
    }

    public void setWorkers(int workers) {
        this.workers = workers;
    }
}
