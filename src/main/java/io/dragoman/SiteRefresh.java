// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether the pages of site maps are too old; what it does holds up nothing else. */
final class SiteRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SiteRefresh.class);
    private static final long LOOK_SECONDS = 30;

    private final Runnable refresh;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "site pages");
        thread.setDaemon(true);
        return thread;
    });

    SiteRefresh(Runnable refresh) {
        this.refresh = refresh;
    }

    void start() {
        looks.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            refresh.run();
        } catch (RuntimeException e) {
            LOG.error(
                    "faq: the pages of site maps could not be refreshed: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** Fetches no more; a page that is being fetched is given up. */
    @Override
    public void close() {
        looks.shutdownNow();
    }
}
