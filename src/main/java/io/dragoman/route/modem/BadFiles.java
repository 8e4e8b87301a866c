// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import io.dragoman.model.Hashes;
import io.dragoman.model.UnicodeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a spool folder that are no short messages, and could not be read as any however often they were tried: they
 * are moved to {@value #FOLDER} below it, with one line in the log. Thread-safe.
 */
final class BadFiles {
    static final String FOLDER = "bad";

    /** In bytes: a file system has room for 255, and Camel puts its own behind it while a file is read. */
    private static final int LONGEST_NAME = 200;
    /** Of a name, in the log: what comes behind may be a customer's number. */
    private static final int SHOWN = 20;

    private static final int KEPT = 60;
    private static final int MOST_TOLD = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(BadFiles.class);

    private final Set<Path> told = ConcurrentHashMap.newKeySet();

    /**
     * Whether the files of one message, the first of which is named first, are good ones; bad ones are moved away.
     * Files that are gone meanwhile are good.
     */
    boolean areGood(List<Path> files) {
        Path first = files.get(0);
        long size = files.stream().mapToLong(file -> file.toFile().length()).sum();
        if (name(first).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            setAside(files, "its name has more than " + LONGEST_NAME + " bytes");
        } else if (size > RouteJson.LARGEST) {
            String what = files.size() == 1 ? "it has " : "it has " + files.size() + " files with ";
            setAside(files, what + "more than " + RouteJson.LARGEST + " bytes, as no short message has");
        } else {
            return true;
        }
        return false;
    }

    private void setAside(List<Path> files, String why) {
        Path first = files.get(0);
        Path folder = first.resolveSibling(FOLDER);
        String shown = UnicodeText.cut(name(first), SHOWN) + "…";
        try {
            Files.createDirectories(folder);
            for (Path file : files) {
                Files.move(file, folder.resolve(shorter(name(file))), StandardCopyOption.REPLACE_EXISTING);
            }
            LOG.warn("{}: the file {} is no short message: {}. It is in {} now", first.getParent(), shown, why, folder);
        } catch (IOException e) {
            if (told.size() < MOST_TOLD && told.add(first)) {
                LOG.warn(
                        "{}: the file {} is no short message: {}. It cannot be moved to {} ({}): take it away",
                        first.getParent(),
                        shown,
                        why,
                        folder,
                        e.getClass().getSimpleName());
            }
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String shorter(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                ? name
                : name.substring(0, KEPT) + "-" + Hashes.sha256Hex(name).substring(0, 16);
    }
}
