// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes or grows the kept corpus: what is kept already, the seeds, changes of them, and what {@link Fuzzing} found and
 * left in {@code .cifuzz-corpus}. {@code --unpack} puts what is kept there instead, for the fuzzer to start from.
 */
final class CorpusMaker {
    private static final Path FOUND = Path.of(".cifuzz-corpus/io.dragoman.fuzz.Fuzzing");
    private static final int CHANGED = 140;
    private static final int MOST_FOUND = 120;
    private static final int LARGEST_FOUND = 4_096;

    private CorpusMaker() {}

    public static void main(String[] arguments) throws IOException {
        boolean unpack = List.of(arguments).contains("--unpack");
        for (String target : Targets.ALL.keySet()) {
            if (unpack) {
                unpack(target);
            } else {
                make(target);
            }
        }
    }

    private static Path found(String target) {
        StringBuilder method = new StringBuilder();
        for (String word : target.split("-", -1)) {
            method.append(method.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return FOUND.resolve(method.toString());
    }

    private static void unpack(String target) throws IOException {
        Path folder = found(target);
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> input : Corpus.read(target).entrySet()) {
            Files.write(folder.resolve(input.getKey()), input.getValue());
        }
        int seed = 0;
        for (byte[] bytes : Seeds.of(target)) {
            Files.write(folder.resolve("seed-" + seed++), bytes);
        }
    }

    private static void make(String target) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        Corpus.read(target).values().forEach(input -> put(all, input));
        if (all.isEmpty()) {
            List<byte[]> seeds = Seeds.of(target);
            Hostile hostile = new Hostile(target.hashCode());
            // recorded cases are in the repository as they are, and have tests of their own
            Random random = new Random(7);
            while (all.size() < CHANGED) {
                put(all, hostile.change(seeds.get(random.nextInt(seeds.size()))));
            }
        }
        int before = all.size();
        if (Files.isDirectory(found(target))) {
            try (Stream<Path> files = Files.list(found(target))) {
                Set<String> seeds = new HashSet<>();
                for (byte[] seed : Seeds.of(target)) {
                    seeds.add(java.util.Arrays.toString(seed));
                }
                for (Path file : files.sorted().toList()) {
                    if (Files.size(file) <= LARGEST_FOUND && all.size() < before + MOST_FOUND) {
                        byte[] input = Files.readAllBytes(file);
                        if (!seeds.contains(java.util.Arrays.toString(input))) {
                            put(all, input);
                        }
                    }
                }
            }
        }
        Corpus.write(target, all.values());
        System.out.printf("%-16s %4d kept, %4d of them found by fuzzing%n", target, all.size(), all.size() - before);
    }

    private static void put(Map<String, byte[]> all, byte[] input) {
        all.put(java.util.Arrays.toString(input), input);
    }
}
