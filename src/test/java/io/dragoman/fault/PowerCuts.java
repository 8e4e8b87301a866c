// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.fault.Disk.Cut;
import io.dragoman.fault.SystemCalls.Step;
import io.dragoman.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Cuts the power at random moments of one trace and looks what the disk has left. */
final class PowerCuts {
    private static final List<Cut> WAYS = List.of(Cut.values());

    private final String name;
    private final List<Step> steps;
    private final List<String> queries;
    private final Path folder;
    private final long seed;

    /**
     * Prepares.
     *
     * @param queries each gives words that were found, as the process said them
     * @param folder an empty one to work in
     */
    PowerCuts(String name, List<Step> steps, List<String> queries, Path folder, long seed) {
        this.name = name;
        this.steps = steps;
        this.queries = queries;
        this.folder = folder;
        this.seed = seed;
    }

    /** What came of many cuts. */
    static final class Result {
        final String name;
        int cuts;
        int damaged;
        int lossy;
        int lostRows;
        int starts;
        int acknowledged;
        String first = "";

        private Result(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name + ": " + cuts + " cuts, " + starts + " followed by a start, " + damaged + " damaged, " + lossy
                    + " with losses, " + lostRows + " promised rows lost (of up to " + acknowledged + ") " + first;
        }
    }

    /**
     * Cuts so many times.
     *
     * @param starts how many of the states the product itself is started on
     */
    Result often(int cuts, int starts) throws IOException {
        Random random = new Random(seed);
        int[] moments = random.ints(cuts, 1, steps.size() + 1).sorted().toArray();
        Disk disk = new Disk();
        Set<String> said = new HashSet<>();
        Result result = new Result(name);
        int at = 0;
        for (int moment : moments) {
            for (; at < moment; at++) {
                disk.apply(steps.get(at));
                if (steps.get(at) instanceof Step.Said word) {
                    said.add(word.word());
                }
            }
            Cut cut = WAYS.get(random.nextInt(WAYS.size()));
            Path left = Files.createDirectory(folder.resolve("left"));
            disk.cut(cut, random, left);
            String which = "first at step " + moment + " by " + cut + " seed " + seed;
            if (starts > 0 && result.cuts % Math.max(1, cuts / starts) == 0) {
                start(left, result, which);
            }
            judge(left, said, result, which);
            remove(left);
        }
        steps.forEach(step -> said.addAll(step instanceof Step.Said word ? Set.of(word.word()) : Set.of()));
        result.acknowledged = said.size();
        return result;
    }

    /** The product's own start: migrations that were cut short included. */
    private static void start(Path left, Result result, String which) {
        result.starts++;
        try {
            Store.sqlite(left.resolve("dragoman.db"), 0, failure -> {}).close();
        } catch (RuntimeException e) {
            result.damaged++;
            result.first = result.first.isEmpty() ? which + ", no start: " + e.getMessage() : result.first;
        }
    }

    private void judge(Path left, Set<String> said, Result result, String which) {
        result.cuts++;
        Set<String> found = new HashSet<>();
        try (StoreFacts store =
                new StoreFacts(DriverManager.getConnection("jdbc:sqlite:" + left.resolve("dragoman.db")))) {
            boolean whole = store.column("PRAGMA integrity_check").equals(List.of("ok"));
            if (!store.column("SELECT name FROM sqlite_master WHERE name='attempt'")
                    .isEmpty()) {
                for (String query : queries) {
                    found.addAll(store.column(query));
                }
            }
            result.damaged += whole ? 0 : 1;
        } catch (SQLException e) {
            result.damaged++;
        }
        int lost = (int) said.stream().filter(word -> !found.contains(word)).count();
        result.lostRows += lost;
        result.lossy += lost > 0 ? 1 : 0;
        if (result.first.isEmpty() && result.lossy + result.damaged > 0) {
            result.first = which;
        }
    }

    private static void remove(Path left) throws IOException {
        try (Stream<Path> files = Files.list(left)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(left);
    }
}
