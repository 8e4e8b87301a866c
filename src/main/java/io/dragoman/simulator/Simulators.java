// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.util.List;
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
        ServiceLoader.load(SimulatorFactory.class).forEach(factory -> put(all, factory));
        return all;
    }

    /**
     * Adds those that these class loaders have themselves.
     *
     * @throws IllegalStateException when two have one kind
     */
    public static void add(SortedMap<String, SimulatorFactory> all, List<ClassLoader> loaders) {
        for (ClassLoader loader : loaders) {
            ServiceLoader.load(SimulatorFactory.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .map(ServiceLoader.Provider::get)
                    .forEach(factory -> put(all, factory));
        }
    }

    private static void put(SortedMap<String, SimulatorFactory> all, SimulatorFactory factory) {
        SimulatorFactory other = all.put(factory.kind(), factory);
        if (other != null) {
            throw new IllegalStateException("two simulators are called " + factory.kind() + ": "
                    + other.getClass().getName() + " and " + factory.getClass().getName()
                    + ". Rename one, or take its jar away.");
        }
    }
}
