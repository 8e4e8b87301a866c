// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** Lets an exchange wait for a future without holding a thread. */
public final class AsyncProcessors {
    private AsyncProcessors() {}

    /** Goes on when the future completes; its failure, or that of what then follows, becomes the exchange's. */
    public static <T> boolean when(
            CompletableFuture<T> future, Exchange exchange, AsyncCallback callback, Consumer<T> then) {
        future.thenAccept(then).whenComplete((nothing, failure) -> {
            if (failure != null) {
                exchange.setException(failure instanceof CompletionException ? failure.getCause() : failure);
            }
            callback.done(false);
        });
        return false;
    }
}
