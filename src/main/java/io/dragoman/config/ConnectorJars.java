// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Setting;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connectors that others write: each jar in {@code connectors/} of the home folder has one or more, declared as services.
 * A jar has a class loader of its own, which asks the program's first: its classes see the program, not those of another
 * jar, and can replace none of the program's.
 */
public final class ConnectorJars {
    /** The folder below the home folder. */
    public static final String FOLDER = "connectors";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorJars.class);
    private static final String SERVICE = "META-INF/services/" + Connector.class.getName();

    private ConnectorJars() {}

    /** A jar that cannot be used; the message says which, why and what to do. */
    public static final class InvalidJar extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidJar(String message) {
            super(message);
        }
    }

    /**
     * The jars of a home folder, by name; none where there is no such folder.
     *
     * @throws InvalidJar when it cannot be read
     */
    public static List<Path> in(Path home) {
        Path folder = home.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new InvalidJar(folder + " cannot be read: " + e.getMessage() + ". Let this user read it.");
        }
    }

    /**
     * The connectors of these jars beside those that are there: channels before desks, each by kind.
     *
     * @throws InvalidJar when one is no jar, declares no connector, or has one that cannot be loaded or whose kind is taken
     */
    public static List<Connector> added(List<Connector> there, List<Path> jars) {
        List<Connector> all = new ArrayList<>(there);
        for (Path jar : jars) {
            for (Connector connector : of(jar)) {
                all.stream()
                        .filter(other ->
                                other.side() == connector.side() && other.kind().equals(connector.kind()))
                        .findFirst()
                        .ifPresent(other -> taken(jar, connector, other));
                all.add(connector);
            }
        }
        all.sort(Comparator.comparing(Connector::side).thenComparing(Connector::kind));
        return List.copyOf(all);
    }

    /** The jar that a connector came in; empty for one of the program. */
    public static Optional<Path> jar(Connector connector) {
        return connector.getClass().getClassLoader() instanceof JarLoader loader
                ? Optional.of(loader.jar)
                : Optional.empty();
    }

    private static void taken(Path jar, Connector connector, Connector other) {
        throw new InvalidJar(jar + ": " + connector.getClass().getName() + " calls itself " + connector.kind()
                + ", which is the kind of " + other.getClass().getName() + " in "
                + jar(other).map(Path::toString).orElse("the program")
                + ". Give it another kind, or take one of them away.");
    }

    private static List<Connector> of(Path jar) {
        declares(jar);
        List<Connector> connectors = new ArrayList<>();
        try {
            JarLoader loader = new JarLoader(jar);
            for (ServiceLoader.Provider<Connector> provider :
                    ServiceLoader.load(Connector.class, loader).stream().toList()) {
                if (provider.type().getClassLoader() == loader) {
                    Connector connector = provider.get();
                    // what another version lacks is missed here, not in the middle of work
                    LOG.debug(
                            "{} has kind {} with settings {}",
                            jar,
                            connector.kind(),
                            Setting.names(connector.settings()));
                    connectors.add(connector);
                }
            }
        } catch (ServiceConfigurationError | LinkageError | RuntimeException | MalformedURLException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InvalidJar(jar + ": a connector that it declares cannot be loaded: " + cause
                    + ". Build it against this version of Dragoman, or take the jar away.");
        }
        if (connectors.isEmpty()) {
            throw new InvalidJar(jar + ": the connectors that it declares are the program's own, or those"
                    + " of a jar in lib/. Take the jar away.");
        }
        return connectors;
    }

    private static void declares(Path jar) {
        if (!Files.isReadable(jar)) {
            throw new InvalidJar(jar + " is not there, or this user may not read it.");
        }
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            if (!Files.isRegularFile(files.getPath(SERVICE))) {
                throw new InvalidJar(jar + " declares no connector: there is no " + SERVICE
                        + " in it. Write that file, with the name of the class, or have @AutoService(Connector.class) write it;"
                        + " or take the jar away.");
            }
        } catch (IOException | java.nio.file.ProviderNotFoundException e) {
            throw new InvalidJar(jar + " is no jar, or is broken: " + e.getMessage() + ". Build or copy it again.");
        }
    }

    /** Of one jar. It stays open for as long as the program runs. */
    private static final class JarLoader extends URLClassLoader {
        private final Path jar;

        JarLoader(Path jar) throws MalformedURLException {
            super(new URL[] {jar.toUri().toURL()}, Connector.class.getClassLoader());
            this.jar = jar;
        }
    }
}
