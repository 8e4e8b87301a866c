// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app;

import io.dragoman.connector.Secret;
import io.dragoman.store.StoreUrl;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a gateway keeps everything.
 *
 * @param url {@code sqlite:} and a file, relative to {@code home}, or {@code postgresql://…}
 * @param data the folder for files beside the store
 */
public record StoreLocation(String url, @Nullable Secret password, Path home, Path data) {
    StoreUrl store() {
        return StoreUrl.of(url, password, home);
    }
}
