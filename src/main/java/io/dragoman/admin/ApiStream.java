// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/** An answer that goes on. */
@FunctionalInterface
interface ApiStream {
    /**
     * Begins it, on the request's event loop.
     *
     * @param allowed whether who asked may still see it
     * @return ends it; may be called on any thread, and twice
     */
    Runnable begin(HttpServerRequest request, BooleanSupplier allowed);
}
