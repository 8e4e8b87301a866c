// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the pages tell a newcomer to type exists, and where they lead there is something. */
final class ReadmeTest {
    private static final List<Path> PAGES = List.of(
            Path.of("README.md"),
            Path.of("docs/operations.md"),
            Path.of("docs/adding-a-channel.md"),
            Path.of("docs/adding-a-desk.md"));

    @Test
    void readmeIsReadInOneSitting() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void everyCommandExists() throws IOException {
        CommandLine line = new Dragoman(Connectors.installed(), name -> null)
                .commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        Set<String> named = new TreeSet<>();
        for (Path page : PAGES) {
            Matcher matcher =
                    Pattern.compile("\\./dragoman ([a-z]+(?: list| replay)?)").matcher(Files.readString(page));
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
        }
        Set<String> unknown = new TreeSet<>();
        for (String command : named) {
            String[] words = command.split(" ", -1);
            Map<String, CommandLine> below = line.getSubcommands();
            for (String word : words) {
                if (below.containsKey(word)) {
                    below = below.get(word).getSubcommands();
                } else {
                    unknown.add(command);
                }
            }
        }
        assertThat(named).contains("demo", "run", "check");
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : PAGES) {
            Matcher matcher = Pattern.compile("]\\(([^)#]+)[^)]*\\)").matcher(Files.readString(page));
            while (matcher.find()) {
                String target = matcher.group(1);
                if (!target.startsWith("http") && !Files.exists(page.resolveSibling(target))) {
                    broken.add(page + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }
}
