// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recorded cases that prove a profile, a file each: what was posted with the events that it must become, or a message
 * with the request that it must become, the provider's answer, and what that must mean. Nothing leaves the machine.
 */
public final class ProfileCases {
    /** The file that holds the account's settings, as they would stand in {@code channels.yaml}. */
    public static final String SETTINGS = "settings.yaml";

    private static final String ENDING = ".yaml";
    private static final Account.Installation HERE =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key of the cases"));

    private final Connector connector;

    public ProfileCases(Connector connector) {
        this.connector = connector;
    }

    /**
     * Runs all cases of a folder, in the order of their names.
     *
     * @throws IOException when it cannot be read
     */
    public List<CaseResult> run(Path folder) throws IOException {
        List<CaseResult> results = new ArrayList<>();
        Account account;
        try {
            account = account(folder.resolve(SETTINGS));
        } catch (CaseFailed e) {
            return List.of(new CaseResult(SETTINGS, CaseResult.Kind.SETTINGS, e.getMessage()));
        }
        for (Path file : files(folder)) {
            results.add(run(account, file));
        }
        return results;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .filter(file -> !file.endsWith(SETTINGS))
                    .sorted()
                    .toList();
        }
    }

    private CaseResult run(Account account, Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replace(ENDING, "");
        try {
            Node root = read(file);
            return root.get("receive").isPresent()
                    ? new ReceivedCase(connector, account).run(name, root)
                    : new SentCase(connector, account).run(name, root);
        } catch (CaseFailed e) {
            return new CaseResult(name, CaseResult.Kind.OTHER, e.getMessage());
        }
    }

    private static Node read(Path file) throws IOException, CaseFailed {
        Problems problems = new Problems();
        Optional<Node> root = Yaml.read(String.valueOf(file.getFileName()), Files.readString(file), problems);
        if (problems.hasErrors() || root.isEmpty()) {
            throw new CaseFailed(
                    problems.all().stream().map(Problem::toString).findFirst().orElse("is empty"));
        }
        return root.get();
    }

    private Account account(Path file) throws IOException, CaseFailed {
        Map<String, Node> written = Files.exists(file) ? read(file).entries() : Map.of();
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : connector.settings()) {
            Node node = written.get(setting.name());
            boolean profile = setting.name().equals(io.dragoman.connector.Profiled.SETTING);
            String text = profile ? setting.name() : node != null ? node.text() : setting.fallback();
            if (text != null) {
                values.put(setting.name(), value(setting, text));
            } else if (setting.required()) {
                throw new CaseFailed("needs a value for " + setting.name() + ". " + setting.description());
            }
        }
        Account account = new Account(Side.CHANNEL, "acme", connector.kind(), values, false, HERE);
        List<String> problems = connector.problems(account);
        if (!problems.isEmpty()) {
            throw new CaseFailed(String.join(" ", problems));
        }
        return account;
    }

    private static Object value(Setting<?> setting, String text) throws CaseFailed {
        try {
            return java.util.Objects.requireNonNull(setting.parser().apply(text));
        } catch (IllegalArgumentException e) {
            throw new CaseFailed(setting.name() + " " + e.getMessage());
        }
    }
}
