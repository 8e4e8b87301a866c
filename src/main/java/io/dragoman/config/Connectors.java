// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Connector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Every connector that is there: each is marked as a service of {@link Connector}. */
public final class Connectors {
    private Connectors() {}

    /** All of them: channels before desks, each by kind. */
    public static List<Connector> installed() {
        List<Connector> all = ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Connector::side).thenComparing(Connector::kind))
                .toList();
        Map<String, Connector> byKind = new HashMap<>();
        for (Connector connector : all) {
            Connector other = byKind.put(connector.side().path(connector.kind()), connector);
            if (other != null) {
                throw new IllegalStateException("two connectors call themselves " + connector.kind() + ": "
                        + other.getClass().getName() + " and "
                        + connector.getClass().getName());
            }
        }
        return all;
    }
}
