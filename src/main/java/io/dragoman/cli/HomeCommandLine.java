// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.ConnectorJars;
import io.dragoman.connector.Connector;
import io.dragoman.simulator.SimulatorFactory;
import io.dragoman.simulator.Simulators;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The command line with a command of each simulator, ours and those that the jars of a home folder bring, where
 * {@code simulate} is among the arguments: they are many, and cost each other command time. Commands are made before
 * any is read, and which folder it is stands among the arguments: they are looked through for it first.
 */
final class HomeCommandLine extends CommandLine {
    static final String HOME = "--home";
    private static final String SIMULATE = "simulate";

    private final Dragoman dragoman;

    HomeCommandLine(Dragoman dragoman) {
        super(dragoman);
        this.dragoman = dragoman;
    }

    @Override
    public int execute(String... arguments) {
        if (List.of(arguments).contains(SIMULATE)) {
            try {
                addSimulators(dragoman.home(named(arguments)));
            } catch (ConnectorJars.InvalidJar | IllegalStateException e) {
                getErr().println(SIMULATE + ": " + e.getMessage());
                getErr().flush();
                return Dragoman.WRONG;
            }
        }
        return super.execute(arguments);
    }

    private static @Nullable Path named(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(HOME + "=")) {
                return Path.of(arguments[i].substring(HOME.length() + 1));
            }
            if (arguments[i].equals(HOME) && i + 1 < arguments.length) {
                return Path.of(arguments[i + 1]);
            }
        }
        return null;
    }

    private void addSimulators(Path home) {
        List<ClassLoader> loaders = dragoman.connectors(home).stream()
                .filter(connector -> ConnectorJars.jar(connector).isPresent())
                .map(Connector::getClass)
                .<ClassLoader>map(Class::getClassLoader)
                .distinct()
                .toList();
        CommandLine simulate = Objects.requireNonNull(getSubcommands().get(SIMULATE));
        try {
            SortedMap<String, SimulatorFactory> all = Simulators.installed();
            Simulators.add(all, loaders);
            all.forEach((kind, factory) -> {
                if (!simulate.getSubcommands().containsKey(kind)) {
                    simulate.addSubcommand(kind, SimulateKind.command(factory));
                }
            });
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalStateException(
                    "a simulator in a jar of " + home.resolve(ConnectorJars.FOLDER) + " cannot be loaded: " + e
                            + ". Correct its file in META-INF/services, or build it against this version of Dragoman.",
                    e);
        }
        Dragoman.configure(this, getOut(), getErr()); // what was added after it was configured
    }
}
