// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Commands;
import io.dragoman.app.OfflineGateway;
import io.dragoman.app.Queries;
import io.dragoman.app.StoreLocation;
import io.dragoman.config.GatewayFile;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;

/** Commands that work on the store itself: what goes wrong with it is a sentence and exit code 1. */
final class OfflineStore {
    private OfflineStore() {}

    static GatewayFile gateway(Dragoman dragoman) {
        return GatewayFile.read(dragoman.home(), dragoman.environment());
    }

    static OfflineGateway of(GatewayFile gateway) {
        return new OfflineGateway(
                new StoreLocation(gateway.store().url(), gateway.store().password(), gateway.home(), gateway.data()),
                Clock.systemUTC());
    }

    /** Looks something up and shows it. */
    static int look(Dragoman dragoman, Function<Queries, Integer> work) {
        return look(dragoman, Set.of(), work);
    }

    /**
     * Looks something up and shows it.
     *
     * @param insecure the channels and desks that take what nothing proves
     */
    static int look(Dragoman dragoman, Set<String> insecure, Function<Queries, Integer> work) {
        try {
            return of(gateway(dragoman)).look(insecure, work);
        } catch (OfflineGateway.Unavailable e) {
            return dragoman.failed("dragoman: " + e.getMessage());
        }
    }

    /** Changes something in a store that no gateway uses, and shows it. */
    static int change(Dragoman dragoman, GatewayFile gateway, Function<Commands, Integer> work) {
        try {
            return of(gateway).change(work);
        } catch (OfflineGateway.Unavailable e) {
            return dragoman.failed("dragoman: " + e.getMessage());
        }
    }
}
