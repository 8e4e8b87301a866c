// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.yaml.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A home folder for a test, with its environment. */
public final class Home {
    private static final Secret KEY = new Secret("installation-key");

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    public Home(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** Writes a file of {@code config/}. */
    public Home write(String name, String text) {
        return file("config/" + name + ".yaml", text);
    }

    /** Writes any file below the home folder. */
    public Home file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Home variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Reads it; the rules become the names of the rules. */
    public Loaded<List<String>> load() {
        return Configuration.load(
                folder, TestConnector.ALL, environment::get, KEY, (files, channels, desks, problems) -> {
                    Node rules = files.rules();
                    if (rules == null) {
                        return List.of();
                    }
                    rules.allowKeys(problems, Set.of("rules"));
                    List<Node> items = rules.get("rules").map(Node::items).orElse(List.of());
                    items.forEach(rule -> {
                        rule.allowKeys(problems, Set.of("name", "when", "desk", "note", "team"));
                        rule.get("desk")
                                .filter(desk -> !desks.contains(desk.text()))
                                .ifPresent(desk ->
                                        problems.add(desk, "is '" + desk.text() + "', but there is no such desk."));
                    });
                    return items.stream()
                            .map(rule -> rule.get("name").map(Node::text).orElse("?"))
                            .toList();
                });
    }

    /** Reads it and insists that it works. */
    public Configuration usable() {
        Loaded<List<String>> loaded = load();
        if (loaded instanceof Loaded.Usable<List<String>> usable) {
            return usable.configuration();
        }
        throw new AssertionError("not usable: " + loaded.problems());
    }

    /** The problems, as the user sees them. */
    public List<String> problems() {
        return load().problems().stream()
                .map(problem -> (problem.warning() ? "warning " : "") + problem)
                .toList();
    }
}
