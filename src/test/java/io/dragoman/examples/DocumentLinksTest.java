// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The documents are in the archive too, where the sources are not. */
final class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:|#)([^)#\\s]+)");
    private static final Pattern PACKED =
            Pattern.compile("[^/]+\\.md|LICENSE|dragoman|(config|deploy|docs|routes)(/.*)?");

    @Test
    @DisplayName("documents link only to what is in the archive")
    void linksShouldLeadIntoTheArchive() throws IOException {
        List<Path> documents = documents();
        List<String> links = new ArrayList<>();
        for (Path document : documents) {
            for (String link : LINK.matcher(Files.readString(document))
                    .results()
                    .map(found -> found.group(1))
                    .toList()) {
                Path target = document.resolveSibling(link).normalize();
                assertThat(target).as("link in " + document).exists();
                assertThat(target.toString()).as("link in " + document).matches(PACKED);
                links.add(link);
            }
        }
        assertThat(links).contains("docs/install.md", "examples/proxy/nginx.conf");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> below = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
