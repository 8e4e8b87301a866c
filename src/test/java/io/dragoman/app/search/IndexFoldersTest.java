// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The indexes of gateways that share a data folder. */
final class IndexFoldersTest {
    @TempDir
    private Path data;

    @Test
    void eachGatewayShouldHaveAnIndexOfItsOwnAndNoneShouldStayBehind() throws Exception {
        IndexFolders folders = new IndexFolders(data.resolve("search"));
        try (ConversationIndex first = folders.open()) {
            first.commit(Map.of("note", "the first"));
            try (ConversationIndex second = folders.open();
                    ConversationIndex third = folders.open()) {
                assertThat(second.notes()).as("another's is left alone").isEmpty();
                second.commit(Map.of("note", "the second"));
                third.commit(Map.of("note", "the third"));
                first.commit(Map.of("note", "the first again"));
                assertThat(data.resolve("search-3")).exists();
            }
        }
        try (ConversationIndex again = folders.open()) {
            assertThat(again.notes()).containsEntry("note", "the first again");
            assertThat(Files.exists(data.resolve("search-2"))).isFalse();
            assertThat(Files.exists(data.resolve("search-3"))).isFalse();
        }
    }

    @Test
    void damagedIndexShouldBeMadeAnew() throws Exception {
        IndexFolders folders = new IndexFolders(data.resolve("search"));
        try (ConversationIndex first = folders.open()) {
            first.commit(Map.of("note", "the first"));
        }
        try (var files = Files.list(data.resolve("search"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("segments"))
                    .toList()) {
                Files.writeString(file, "nothing of Lucene's");
            }
        }
        try (ConversationIndex again = folders.open()) {
            assertThat(again.notes()).isEmpty();
        }
    }
}
