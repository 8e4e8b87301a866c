// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Transport;
import io.dragoman.http.server.PublicRouter;
import io.dragoman.intake.StoreEvents;
import io.dragoman.intake.Verify;
import io.dragoman.store.Store;
import io.dragoman.work.CallLimits;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.PollTurns;
import io.dragoman.work.Traces;
import io.dragoman.work.TypingSink;
import io.dragoman.work.WorkSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/**
 * What our components need of the gateway. Camel makes the components itself, from their service files; they find this
 * in its registry, by type.
 *
 * @param turns whose turn it is to poll an account
 * @param calls how often desks may be called
 * @param works by the name behind {@code dragoman-lane:}
 * @param ids makes a new id each time
 * @param traces is told what was worked on
 * @param opened the lanes begin when it is down
 */
public record RouteServices(
        ConnectorRegistry registry,
        PublicRouter router,
        Store store,
        PollTurns turns,
        Transport transport,
        ChannelActivity activity,
        CallLimits calls,
        Map<String, WorkSource> works,
        Verify verify,
        StoreEvents storeEvents,
        FeedStreams feedStreams,
        TypingSink typing,
        Supplier<String> ids,
        MeterRegistry meters,
        Traces traces,
        Clock clock,
        CountDownLatch opened) {
    public RouteServices {
        works = Map.copyOf(works);
    }

    /**
     * Those of a context.
     *
     * @throws IllegalStateException when they are not bound in its registry
     */
    static RouteServices of(CamelContext camel) {
        RouteServices services = CamelContextHelper.findSingleByType(camel, RouteServices.class);
        if (services == null) {
            throw new IllegalStateException(
                    "this context is not a gateway's: bind a " + RouteServices.class.getName() + " in its registry");
        }
        return services;
    }

    ConfiguredAccount account(String id) {
        return registry.find(id).orElseThrow(() -> new IllegalArgumentException("there is no channel or desk " + id));
    }
}
