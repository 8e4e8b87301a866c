// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a provider has by its newest list: names or codes, one a line, in {@code channel/lists} of the test resources,
 * which {@code make.py} there makes anew. What is on the list is read, ignored by name, or, in {@code *.unread.txt} beside
 * it, known to be neither, with a reason.
 */
public final class ProviderList {
    private static final Path FOLDER = Path.of("src/test/resources/io/dragoman/channel/lists");

    private final String name;

    private ProviderList(String name) {
        this.name = name;
    }

    public static ProviderList of(String name) {
        return new ProviderList(name);
    }

    /** All of the list. */
    public List<String> entries() throws IOException {
        List<String> entries = lines(name + ".txt");
        assertThat(entries).as(name).hasSizeGreaterThan(4);
        return entries;
    }

    /** Demands that each entry is known, or named as unread with a reason, and not both. */
    public void check(Predicate<String> known) throws IOException {
        List<String> unread = new ArrayList<>();
        for (String line :
                Files.exists(FOLDER.resolve(name + ".unread.txt")) ? lines(name + ".unread.txt") : List.<String>of()) {
            assertThat(line).as("a name and a reason").matches("\\S+ .{10,}");
            unread.add(line.split(" ", 2)[0]);
        }
        List<String> failing = new ArrayList<>();
        for (String entry : entries()) {
            boolean excused = unread.stream().anyMatch(one -> covers(one, entry));
            if (known.test(entry) == excused) {
                failing.add(name + ": " + entry + (excused ? " is known, and named as unread" : " is not known"));
            }
        }
        assertThat(failing).isEmpty();
    }

    /** A name, or two numbers with a hyphen between. */
    private static boolean covers(String unread, String entry) {
        if (!unread.matches("\\d+-\\d+")) {
            return unread.equals(entry);
        }
        String[] ends = unread.split("-", -1);
        long code = Long.parseLong(entry);
        return code >= Long.parseLong(ends[0]) && code <= Long.parseLong(ends[1]);
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
