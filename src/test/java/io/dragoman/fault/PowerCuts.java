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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Cuts the power at random moments of one trace and looks what the disk has left. */
final class PowerCuts {
    private static final int JUDGES = 2;
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

        private void add(Found found) {
            cuts++;
            damaged += found.damaged() ? 1 : 0;
            lossy += found.lost() > 0 ? 1 : 0;
            lostRows += found.lost();
            starts += found.started() ? 1 : 0;
            if (first.isEmpty() && (found.damaged() || found.lost() > 0)) {
                first = found.which();
            }
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
    Result often(int cuts, int starts) throws IOException, InterruptedException {
        Random random = new Random(seed);
        int[] moments = random.ints(cuts, 1, steps.size() + 1).sorted().toArray();
        Disk disk = new Disk();
        List<String> said = new ArrayList<>();
        ExecutorService judges = Executors.newFixedThreadPool(JUDGES);
        Semaphore few = new Semaphore(4 * JUDGES); // each holds a whole disk in memory
        List<Future<Found>> verdicts = new ArrayList<>();
        int at = 0;
        for (int moment : moments) {
            for (; at < moment; at++) {
                disk.apply(steps.get(at));
                if (steps.get(at) instanceof Step.Said word) {
                    said.add(word.word());
                }
            }
            Cut cut = WAYS.get(random.nextInt(WAYS.size()));
            Map<String, byte[]> left = disk.cut(cut, random);
            List<String> promised = List.copyOf(said);
            boolean start = starts > 0 && verdicts.size() % Math.max(1, cuts / starts) == 0;
            String which = "first at step " + moment + " by " + cut + " seed " + seed;
            few.acquire();
            verdicts.add(judges.submit(() -> {
                try {
                    return judge(left, promised, start, which);
                } finally {
                    few.release();
                }
            }));
        }
        judges.shutdown();
        Result result = new Result(name);
        for (Future<Found> verdict : verdicts) {
            try {
                result.add(verdict.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        result.acknowledged = (int)
                steps.stream().filter(Step.Said.class::isInstance).distinct().count();
        return result;
    }

    /** What one cut left. */
    private record Found(boolean damaged, int lost, boolean started, String which) {}

    private Found judge(Map<String, byte[]> files, List<String> promised, boolean start, String which)
            throws IOException {
        Path left = Files.createTempDirectory(folder, "left");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(left.resolve(file.getKey()), file.getValue());
        }
        try {
            // the product's own start: migrations that were cut short included
            String trouble = start ? start(left.resolve("dragoman.db")) : "";
            Set<String> lost = new HashSet<>(promised);
            boolean whole = look(left.resolve("dragoman.db"), lost);
            return new Found(!whole || !trouble.isEmpty(), lost.size(), start, which + trouble);
        } finally {
            remove(left);
        }
    }

    private static String start(Path file) {
        try {
            Store.sqlite(file, 0, failure -> {}).close();
            return "";
        } catch (RuntimeException e) {
            return ", no start: " + e.getMessage();
        }
    }

    /** Takes what is there out of what was promised; whether the file is whole. */
    private boolean look(Path file, Set<String> promised) {
        try (StoreFacts store = new StoreFacts(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            boolean whole = store.column("PRAGMA integrity_check").equals(List.of("ok"));
            if (!store.column("SELECT name FROM sqlite_master WHERE name='attempt'")
                    .isEmpty()) {
                for (String query : queries) {
                    store.column(query).forEach(promised::remove);
                }
            }
            return whole;
        } catch (SQLException e) {
            return false;
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
