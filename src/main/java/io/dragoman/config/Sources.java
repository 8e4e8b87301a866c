// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import io.dragoman.yaml.TextFile;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of {@code config/}, as far as they are YAML. */
final class Sources {
    /** What is read; anything else in the folder is a warning. */
    static final List<String> NAMES = List.of(
            "gateway", "channels", "desks", "rules", "replies", "hours", "faq", "surveys", "polls", "listening");

    private static final String FOLDER = "config";
    private static final String TOO_LARGE = "is larger than 3 MB.";
    private static final String NO_TEXT = "is not UTF-8 text. Save it as UTF-8.";
    private static final String UNREADABLE = "cannot be read. Check who may read it.";

    static final int LARGEST = 3 * 1024 * 1024;

    /** Beside the files: what is written of the FAQ in Markdown. */
    private static final String ARTICLES = FOLDER + "/faq";

    private static final String ARTICLE = ".md";
    private static final int MOST_ARTICLES = 2_000;
    private static final int DEEPEST = 4;

    private final Problems problems;
    private final Map<String, Node> roots = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();

    private Sources(Problems problems) {
        this.problems = problems;
    }

    /** Reads all of them; what is missing but must be there, or is not YAML, is a problem. */
    static Sources read(Path home, Problems problems) {
        return read(home, problems, Map.of());
    }

    /** The same, with other texts for some of them than what the files hold. */
    static Sources read(Path home, Problems problems, Map<String, String> instead) {
        Sources sources = read(home, problems, NAMES, instead);
        sources.warnOfUnknownFiles(home.resolve(FOLDER));
        return sources;
    }

    /** Reads some of them. */
    static Sources read(Path home, Problems problems, List<String> names) {
        return read(home, problems, names, Map.of());
    }

    private static Sources read(Path home, Problems problems, List<String> names, Map<String, String> instead) {
        Sources sources = new Sources(problems);
        Path folder = home.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            problems.add(
                    folder.toString(),
                    0,
                    0,
                    "",
                    "does not exist. Name the folder above config/ with --home DIR, or copy the config/ that is"
                            + " shipped with Dragoman to there.");
            sources.unreadable.addAll(names);
            return sources;
        }
        names.forEach(name -> {
            String text = instead.get(name);
            if (text == null) {
                sources.readOne(folder, name);
            } else if (text.length() > LARGEST) {
                sources.unreadable(name, TOO_LARGE);
            } else {
                sources.parse(name, text);
            }
        });
        return sources;
    }

    /** The root of a file; nothing when it is missing, empty or unreadable. */
    Optional<Node> root(String name) {
        return Optional.ofNullable(roots.get(name));
    }

    /** The only map of a file, under the key that is named like the file. */
    Optional<Node> section(String name) {
        Optional<Node> root = root(name);
        root.ifPresent(node -> {
            node.needEntries(problems);
            node.allowKeys(problems, Set.of(name));
        });
        return root.flatMap(node -> node.get(name));
    }

    /** Whether nothing can be said about what a file holds. */
    boolean unreadable(String... names) {
        return Stream.of(names).anyMatch(unreadable::contains);
    }

    static String label(String name) {
        return "config/" + name + ".yaml";
    }

    /** The files of the folder of articles, in order; none where there is no folder. */
    static List<Path> articleFiles(Path home) {
        try (Stream<Path> files = Files.walk(home.resolve(ARTICLES), DEEPEST)) {
            return files.filter(file -> file.toString().endsWith(ARTICLE) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // there are none
        }
    }

    /** The articles of the FAQ; what cannot be read is a problem. */
    static List<TextFile> articles(Path home, Problems problems) {
        List<TextFile> articles = new ArrayList<>();
        List<Path> files = articleFiles(home);
        if (files.size() > MOST_ARTICLES) {
            problems.add(
                    ARTICLES,
                    0,
                    0,
                    "",
                    "holds " + files.size() + " articles, but may hold at most " + MOST_ARTICLES + ".");
            return articles;
        }
        for (Path file : files) {
            String name = home.relativize(file).toString().replace('\\', '/');
            try {
                read(file, LARGEST)
                        .ifPresentOrElse(
                                text -> articles.add(new TextFile(name, text)),
                                () -> problems.add(name, 0, 0, "", TOO_LARGE));
            } catch (CharacterCodingException e) {
                problems.add(name, 0, 0, "", NO_TEXT);
            } catch (IOException e) {
                problems.add(name, 0, 0, "", UNREADABLE);
            }
        }
        return articles;
    }

    /** What a file holds; nothing where that is too much. */
    private static Optional<String> read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most
                    ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        }
    }

    private void readOne(Path folder, String name) {
        Path file = folder.resolve(name + ".yaml");
        if (!Files.exists(file)) {
            if (name.equals("channels")) {
                unreadable(
                        name,
                        "does not exist. Make it, with the one word channels: in it for a start; each channel"
                                + " is an entry below.");
            }
            return;
        }
        try {
            read(file, LARGEST).ifPresentOrElse(text -> parse(name, text), () -> unreadable(name, TOO_LARGE));
        } catch (CharacterCodingException e) {
            unreadable(name, NO_TEXT);
        } catch (IOException e) {
            unreadable(name, UNREADABLE);
        }
    }

    private void parse(String name, String text) {
        int before = problems.all().size();
        Optional<Node> root = Yaml.read(label(name), text, problems);
        root.filter(node -> node.shape() != Node.Shape.EMPTY).ifPresent(node -> roots.put(name, node));
        if (root.isEmpty() && problems.all().size() > before) {
            unreadable.add(name);
        }
    }

    private void unreadable(String name, String message) {
        problems.add(label(name), 0, 0, "", message);
        unreadable.add(name);
    }

    private void warnOfUnknownFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<String> known = NAMES.stream().map(name -> name + ".yaml").collect(Collectors.toCollection(TreeSet::new));
        known.add("rules.test.yaml"); // check runs it
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .filter(name -> !known.contains(name))
                    .forEach(name -> problems.warn(
                            "config/" + name, 0, 0, "", "is not read. " + Suggestion.sentence(name, known)));
        } catch (IOException e) {
            problems.warn("config", 0, 0, "", "cannot be listed. Check who may read it.");
        }
    }
}
