// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.LoadProcess.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it takes up: bytes a message in the store, and memory. */
@Command(
        name = "size",
        mixinStandardHelpOptions = true,
        description = "Bytes a message in the store, resident memory idle and loaded.")
final class Size extends Benchmark {
    @Option(
            names = "--messages",
            defaultValue = "100000",
            paramLabel = "N",
            description = "How many messages are stored (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Override
    Table measure() throws IOException {
        Path home = options.folder();
        double idle;
        double loaded;
        try (TestBed bed = TestBed.start(home, options.crowd(), options::gateway)) {
            idle = bed.server().residentMegabytes();
            bed.begin(Plan.all(messages, options.outstanding));
            Sampler sampler = new Sampler(bed.server(), bed.desk());
            sampler.until(messages);
            loaded = sampler.peak();
            bed.end();
            bed.check();
        }
        // it has stopped, and with it SQLite has moved its log into the file
        return new Table("size, after " + messages + " messages")
                .add("memory resident when ready", idle, "MB")
                .add("most memory resident under load", loaded, "MB", idle)
                .add("store, a message", bytes(home.resolve("data")) / (double) messages, "B");
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
