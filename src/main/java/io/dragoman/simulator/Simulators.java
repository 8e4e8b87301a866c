// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every simulator that is there: each factory is marked as a service. */
public final class Simulators {
    private Simulators() {}

    /**
     * All of them, by kind.
     *
     * @throws IllegalStateException when two have one kind
     */
    public static SortedMap<String, SimulatorFactory> installed() {
        SortedMap<String, SimulatorFactory> all = new TreeMap<>();
        for (SimulatorFactory factory : ServiceLoader.load(SimulatorFactory.class)) {
            SimulatorFactory other = all.put(factory.kind(), factory);
            if (other != null) {
                throw new IllegalStateException("two simulators are called " + factory.kind() + ": "
                        + other.getClass().getName() + " and "
                        + factory.getClass().getName() + ". Rename one, or take its jar away.");
            }
        }
        return all;
    }
}
