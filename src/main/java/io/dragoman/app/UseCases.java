// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app;

import io.dragoman.app.agent.AgentCommands;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.app.orphan.DeskMove;
import io.dragoman.app.pause.PauseService;
import io.dragoman.app.status.CachedAggregate;
import io.dragoman.app.status.GatewayStatus;
import io.dragoman.app.status.StoreFigures;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.store.Store;
import io.dragoman.store.blob.MediaFiles;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.RouteState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Everything that can be asked of a running gateway. */
public record UseCases(Queries queries, Commands commands, GatewayStatus status, StoreFigures figures) {
    /**
     * What they work on.
     *
     * @param routes how each route's state, the gateway's own and the operator's
     * @param targets what each channel and desk can take now
     * @param links which links of agents will never be followed
     * @param ids makes ids in rising order
     * @param beside where is counted what takes long
     */
    public record Parts(
            Store store,
            MediaFiles files,
            ConnectorRegistry registry,
            ChannelActivity activity,
            MeterRegistry meters,
            Supplier<List<RouteState>> routes,
            CircuitBreakers targets,
            AgentCommands.Links links,
            Supplier<String> ids,
            Clock clock,
            Executor beside) {}

    /** The use cases of a running gateway. */
    public static UseCases of(Parts parts) {
        Store store = parts.store();
        CachedAggregate<Map<String, Long>> ledger = new CachedAggregate<>(
                () -> store.read(tx -> tx.ledger().differences(parts.clock().instant())),
                parts.beside(),
                parts.clock());
        return new UseCases(
                Queries.of(store, parts.files(), AccountLookup.of(parts.registry())),
                commands(parts),
                new GatewayStatus(
                        store,
                        parts.registry(),
                        parts.activity(),
                        parts.routes(),
                        parts.meters(),
                        parts.targets(),
                        ledger,
                        new CachedAggregate<>(
                                () -> store.read(tx -> tx.orphans().holdings()), parts.beside(), parts.clock())),
                new StoreFigures(
                        store,
                        parts.registry(),
                        parts.targets(),
                        parts.activity(),
                        ledger,
                        parts.beside(),
                        parts.clock()));
    }

    private static Commands commands(Parts parts) {
        ConnectorRegistry registry = parts.registry();
        return new Commands(
                new AgentCommands(
                        parts.store(),
                        parts.links(),
                        id -> Optional.ofNullable(registry.now().channels().get(id)),
                        parts.ids(),
                        parts.clock()),
                new DeadLetterService(
                        parts.store(), () -> registry.all().toList(), parts.files(), parts.ids(), parts.clock()),
                new PauseService(parts.store(), id -> registry.find(id).isPresent(), parts.clock()),
                new ContactService(parts.store(), parts.ids(), parts.clock()),
                new DeskMove(
                        parts.store(),
                        id -> registry.find(id).isPresent(),
                        id -> registry.now().desks().containsKey(id),
                        parts.clock()));
    }
}
