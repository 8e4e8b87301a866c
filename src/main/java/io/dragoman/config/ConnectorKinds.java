// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Connector;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of channel and desk that an account can be of, each profile being one. Thread-safe. */
public final class ConnectorKinds {
    private static final int MOST_REMEMBERED = 500;

    private final Path home;
    private final List<Connector> connectors;
    private final Map<Profile, Optional<Connector>> profiles = new ConcurrentHashMap<>();

    /** @param home below which the operator's own profiles are */
    public ConnectorKinds(Path home, List<Connector> connectors) {
        this.home = home;
        this.connectors = List.copyOf(connectors);
    }

    /**
     * One of them.
     *
     * @param profile null where the kind has none
     */
    public record Kind(Connector connector, @Nullable String profile) {
        /** What people call it. */
        public String title() {
            return profile == null ? connector.kind() : profile;
        }
    }

    /** Those of one side, by their order; a profile that is no good is left out. */
    public List<Kind> of(Side side) {
        List<Kind> kinds = new ArrayList<>();
        connectors.stream().filter(one -> one.side() == side).forEach(connector -> {
            if (connector instanceof Profiled profiled) {
                profiled.profiles(home)
                        .forEach(name -> profile(profiled, name).ifPresent(found -> kinds.add(new Kind(found, name))));
            } else {
                kinds.add(new Kind(connector, null));
            }
        });
        return kinds;
    }

    /** The code for a kind, and where it has profiles for the one that is named; empty where there is none. */
    public Optional<Connector> find(Side side, String kind, @Nullable String profile) {
        return connectors.stream()
                .filter(one -> one.side() == side && one.kind().equals(kind))
                .findFirst()
                .flatMap(one -> one instanceof Profiled profiled && profile != null
                        ? profile(profiled, profile)
                        : Optional.of(one));
    }

    /**
     * A profile as it was read.
     *
     * @param changedAt when the operator's own of this name was last changed, in milliseconds; 0 for a shipped one
     */
    private record Profile(Profiled profiled, String name, long changedAt) {}

    /** Reading one takes a while, and a list asks for all of them. */
    private Optional<Connector> profile(Profiled profiled, String name) {
        Profile wanted = new Profile(profiled, name, changedAt(name));
        if (profiles.size() > MOST_REMEMBERED) {
            profiles.clear(); // names are what anybody writes
        }
        return profiles.computeIfAbsent(wanted, one -> read(one.profiled(), one.name()));
    }

    private Optional<Connector> read(Profiled profiled, String name) {
        try {
            return Optional.of(profiled.profile(name, home));
        } catch (InvalidProfile e) {
            return Optional.empty(); // ./dragoman profile test says why
        }
    }

    private long changedAt(String name) {
        try {
            Path own = home.resolve(Profiled.FOLDER).resolve(name.endsWith(".yaml") ? name : name + ".yaml");
            return Files.getLastModifiedTime(own).toMillis();
        } catch (IOException | InvalidPathException e) {
            return 0;
        }
    }

    /** Everything that an account of this kind takes but its kind: its own settings before those that all take. */
    public static List<Setting<?>> settings(Connector connector) {
        AccountFile file = connector.side() == Side.CHANNEL ? AccountFile.CHANNELS : AccountFile.DESKS;
        return Stream.concat(connector.settings().stream(), AccountReader.common(file).stream())
                .filter(setting -> !setting.name().equals(AccountReader.KIND.name()))
                .toList();
    }

    /** Whether every account takes a setting. */
    public static boolean isCommon(Connector connector, Setting<?> setting) {
        return connector.settings().stream().noneMatch(own -> own.name().equals(setting.name()));
    }
}
