// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import org.apache.camel.Exchange;

/** What the step before left on the exchange. */
public final class StepInput {
    private StepInput() {}

    /**
     * The exchange's body as it is, never converted.
     *
     * @throws IllegalStateException if it is of another type, because the route's steps stand in another order; the
     *     text names types and never the body
     */
    public static <T> T of(Exchange exchange, Class<T> type) {
        Object body = exchange.getMessage().getBody();
        if (!type.isInstance(body)) {
            String found = body == null ? "nothing" : body.getClass().getName();
            throw new IllegalStateException("route " + exchange.getFromRouteId() + ": a step takes " + type.getName()
                    + " but found " + found + "; compare the order of its steps with the route as shipped");
        }
        return type.cast(body);
    }
}
