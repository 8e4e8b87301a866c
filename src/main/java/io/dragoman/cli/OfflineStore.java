// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.GatewayFile;
import io.dragoman.config.GatewaySettings;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.StoreReader;
import io.dragoman.store.StoreUrl;
import io.dragoman.store.Tx;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The store as commands see it that only look: read without a lock, beside a running gateway or without one. */
final class OfflineStore {
    private OfflineStore() {}

    static GatewaySettings gateway(Dragoman dragoman) {
        return GatewayFile.read(dragoman.home(), dragoman.environment());
    }

    /** Looks something up and shows it; a store that cannot be read is a sentence and exit code 1. */
    static int look(Dragoman dragoman, Function<Tx, Integer> work) {
        try (StoreReader reader = StoreReader.open(gateway(dragoman).store().url())) {
            return reader.read(work);
        } catch (StoreException.Unusable e) {
            return dragoman.failed("dragoman: " + e.getMessage());
        }
    }

    /** Changes something in a store that no gateway uses; what goes wrong is a sentence and exit code 1. */
    static int change(Dragoman dragoman, GatewaySettings gateway, Function<Store, Integer> work) {
        if (gateway.store().url() instanceof StoreUrl.Sqlite sqlite && !Files.exists(sqlite.file())) {
            return dragoman.failed(
                    "dragoman: there is no store at " + sqlite + " yet; the gateway makes it at its first start.");
        }
        try (Store store = Store.open(gateway.store().url(), gateway.store().data(), 0, failure -> {})) {
            return work.apply(store);
        } catch (StoreException | CompletionException e) {
            return dragoman.failed("dragoman: " + e.getMessage());
        }
    }
}
