// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in docs/security.md names tests that exist, and leaves out no item. */
final class ChecklistTest {
    private static final Pattern TEST =
            Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|Contract|Rules))(?:\\.([a-z][A-Za-z0-9]*))?`");
    private static final Set<String> ITEMS = Set.of(
            "1", "2", "3", "4", "5", "6", "8", "9", "10", "11", "12", "13", "14", "15", "17", "19", "20", "22", "23");

    @Test
    void everyNamedTestExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        int named = 0;
        for (String page : new String[] {"docs/security.md"}) {
            for (MatchResult test :
                    TEST.matcher(Files.readString(Path.of(page))).results().toList()) {
                String code = source(test.group(1));
                named++;
                if (code.isEmpty() || (test.group(2) != null && !code.contains(" " + test.group(2) + "("))) {
                    missing.add(test.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(40);
    }

    @Test
    void everyItemHasATest() throws IOException {
        Set<String> items = Files.readString(Path.of("docs/security.md"))
                .lines()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .filter(line -> TEST.matcher(line).find())
                .map(line -> line.split(" ", 3)[1])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(items).containsAll(ITEMS);
    }

    @Test
    void everyAdvisoryOnThisCamelHasATest() throws IOException {
        Matcher camel =
                Pattern.compile("<camel.version>(.*)</camel.version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(camel.find()).isTrue();
        String table = Files.readString(Path.of("docs/security.md"))
                .split("## Known advisories on Camel " + Pattern.quote(camel.group(1)), 2)[1]
                .split("\n## ", 2)[0];
        List<String> advisories =
                table.lines().filter(line -> line.startsWith("| CVE-")).toList();
        assertThat(advisories).hasSizeGreaterThanOrEqualTo(9);
        assertThat(advisories).allMatch(line -> TEST.matcher(line).find());
        assertThat(table).contains("CVE-2026-78164", "CVE-2026-85314", "CVE-2026-85250");
    }

    private static String source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            StringBuilder all = new StringBuilder(); // two may have the same name
            for (Path file : files.filter(file -> file.endsWith(name + ".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
