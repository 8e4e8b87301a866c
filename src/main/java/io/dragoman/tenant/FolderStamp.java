// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import io.dragoman.config.TenantHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a tenant is configured by, in one word that changes with it: sizes and times, for nothing is read of it. */
final class FolderStamp {
    private static final List<String> FOLDERS = List.of("config", "secrets", "routes", "profiles", "connectors");
    private static final int DEEPEST = 5;
    private static final int MOST = 5_000;

    private FolderStamp() {}

    static String of(TenantHome tenant) {
        List<String> words = new ArrayList<>();
        add(tenant.top().resolve("config"), words);
        FOLDERS.forEach(folder -> add(tenant.home().resolve(folder), words));
        return String.join("\n", words);
    }

    private static void add(Path folder, List<String> words) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            files.limit(MOST).sorted().forEach(file -> words.add(word(file)));
        } catch (IOException | UncheckedIOException e) {
            words.add(folder + " cannot be read"); // which is a state like any other
        }
    }

    private static String word(Path file) {
        try {
            BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
            return file + " " + about.size() + " " + about.lastModifiedTime().toMillis();
        } catch (IOException e) {
            return file + " is gone";
        }
    }
}
