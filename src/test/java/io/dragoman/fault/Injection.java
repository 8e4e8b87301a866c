// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A process whose system calls on the store's files go wrong, as strace makes them, and what its store holds
 * afterwards, opened by the product's own start.
 *
 * @param calls which calls, such as {@code fsync}
 * @param harm in strace's words, such as {@code error=EIO:when=9}
 * @param made whether the store is made already, so that the harm meets the work and not the migrations
 */
record Injection(String calls, String harm, boolean made) {
    static final List<String> FILES = List.of("dragoman.db", "dragoman.db-wal", "dragoman.db-journal");

    /**
     * What came of it.
     *
     * @param exit the process's exit value; -1 when it had to be killed
     * @param lost acknowledged and not in the store
     */
    record Outcome(Injection injection, int exit, int acknowledged, Set<String> lost, String trouble) {
        boolean committed(int all) {
            return exit == 0 && acknowledged == all;
        }
    }

    /** Runs a main class that says {@code ack …} under it. Arguments: the database file or its folder, then the others. */
    Outcome on(Class<?> main, Path folder, String word, String query, Object... arguments)
            throws IOException, InterruptedException {
        Path said = folder.resolveSibling(folder.getFileName() + ".said");
        List<String> command = traced(main, folder, calls, "inject=" + calls + ":" + harm, "/dev/null", arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        return judge(ended ? process.exitValue() : -1, folder, said, word, query);
    }

    /**
     * How many such calls the busiest thread of a main class makes on the store's files when nothing goes wrong. By
     * thread, for strace counts {@code when=} so.
     *
     * @param calls their names, with commas between
     */
    static int count(String calls, Class<?> main, Path folder, Object... arguments)
            throws IOException, InterruptedException {
        Path trace = folder.resolveSibling(folder.getFileName() + ".trace");
        Process process = new ProcessBuilder(traced(main, folder, calls, "status=all", trace.toString(), arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main + " did not end well although nothing was done to it");
        }
        Pattern call = Pattern.compile("(\\d+) +(" + calls.replace(',', '|') + ")\\(.*");
        return Files.readAllLines(trace).stream()
                .map(call::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(line -> line.group(1), Collectors.summingInt(line -> 1)))
                .values()
                .stream()
                .max(Integer::compare)
                .orElse(0);
    }

    private static List<String> traced(
            Class<?> main, Path folder, String calls, String also, String into, Object... arguments)
            throws IOException {
        Path data = Files.createDirectories(folder);
        List<Object> all = new ArrayList<>(List.of(main == Chronicle.class ? data : data.resolve("dragoman.db")));
        all.addAll(List.of(arguments));
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "--seccomp-bpf", "-o", into));
        FILES.forEach(file -> command.addAll(List.of("-P", data.resolve(file).toString())));
        command.addAll(List.of("-e", "trace=" + calls, "-e", "signal=none", "-e", also));
        command.addAll(ChildJvm.command(main, List.of("-DDRAGOMAN_LOG=OFF"), all.toArray()));
        return command;
    }

    private Outcome judge(int exit, Path data, Path said, String word, String query) throws IOException {
        Set<String> acknowledged = new HashSet<>();
        for (String line : Files.readAllLines(said)) {
            if (line.startsWith(word)) {
                acknowledged.add(line.substring(word.length()));
            }
        }
        Set<String> lost = new HashSet<>(acknowledged);
        Path file = data.resolve("dragoman.db");
        try {
            Store.sqlite(file, 0, failure -> {}).close(); // the restart
            try (StoreFacts store = StoreFacts.open(StoreFacts.sqlite(file))) {
                lost.removeAll(store.column(query));
                String whole = store.column("PRAGMA integrity_check").get(0);
                return new Outcome(this, exit, acknowledged.size(), lost, whole.equals("ok") ? "" : whole);
            }
        } catch (RuntimeException | SQLException e) {
            return new Outcome(this, exit, acknowledged.size(), lost, "no restart: " + e.getMessage());
        }
    }
}
