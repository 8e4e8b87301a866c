// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.Setup;
import io.dragoman.store.blob.OwnerOnly;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store as a new one is once it has its tables, made once by the product and copied: each test that starts a
 * gateway would wait for the same tables else. Thread-safe.
 */
public final class NewStore {
    private static byte @Nullable [] made;

    private NewStore() {}

    /** Puts one where the gateway to start has none yet; gives the set-up back. */
    public static Setup in(Setup setup) {
        put(setup.settings().store().url());
        return setup;
    }

    /** Puts one where there is none yet, if it is to be a file. */
    static void put(StoreUrl store) {
        if (store instanceof StoreUrl.Sqlite url && Files.notExists(url.file())) {
            try {
                OwnerOnly.folder(url.file().toAbsolutePath().getParent());
                Files.write(OwnerOnly.file(url.file()), made());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static synchronized byte[] made() throws IOException {
        if (made == null) {
            Path folder = Files.createTempDirectory("new-store");
            Path file = folder.resolve("dragoman.db");
            Store.open(new StoreUrl.Sqlite(file), folder, 0, failure -> {}).close();
            made = Files.readAllBytes(file);
            try (Stream<Path> left = Files.walk(folder)) {
                left.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        return made;
    }
}
