// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Features;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Profiled;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of channels and desks, a row a connector, as the README and the reference show it. */
public final class ConnectorTable {
    private static final String HEAD = """
            | kind | receives | sends | receipts | how it is verified | needed settings |
            |---|---|---|---|---|---|
            """;

    /** A home folder without profiles of its own. */
    static final Path NOWHERE = Path.of("no-such-home");

    private ConnectorTable() {}

    /** Makes it in Markdown, in the order of the list. */
    public static String of(List<Connector> connectors) {
        return connectors.stream().map(ConnectorTable::row).collect(Collectors.joining("", HEAD, ""));
    }

    /** The profiles that are shipped, a row each, in the order of their names. */
    static String ofProfiles(Profiled connector) {
        StringBuilder table = new StringBuilder(HEAD.replace("| kind |", "| profile |"));
        profiles(connector).forEach((name, one) -> table.append(row(code(name), one.features())));
        return table.toString();
    }

    /** The connectors of the profiles that are shipped, by their names, in order. */
    static Map<String, Connector> profiles(Profiled connector) {
        Map<String, Connector> profiles = new LinkedHashMap<>();
        for (String name : connector.profiles(NOWHERE)) {
            try {
                profiles.put(name, connector.profile(name, NOWHERE));
            } catch (InvalidProfile e) {
                throw new IllegalStateException("a profile that is shipped is no good", e);
            }
        }
        return profiles;
    }

    private static String row(Connector connector) {
        return row((connector instanceof Desk ? "desk " : "") + code(connector.kind()), connector.features());
    }

    static String row(String kind, Features features) {
        return List.of(
                        kind,
                        features.receives(),
                        features.sends(),
                        features.receipts(),
                        features.verification(),
                        needs(features.needs()))
                .stream()
                .map(cell -> cell.isEmpty() ? "" : cell.replace("|", "\\|") + " ")
                .collect(Collectors.joining("| ", "| ", "|\n"));
    }

    private static String needs(List<String> needs) {
        return needs.isEmpty()
                ? "—"
                : needs.stream().map(ConnectorTable::alternatives).collect(Collectors.joining(", "));
    }

    /** {@code imap or pop3}, with the names marked as such. */
    private static String alternatives(String need) {
        return Arrays.stream(need.split(" or ")).map(ConnectorTable::code).collect(Collectors.joining(" or "));
    }

    private static String code(String name) {
        return "`" + name + "`";
    }
}
