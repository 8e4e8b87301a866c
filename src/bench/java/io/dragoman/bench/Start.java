// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.LoadProcess.Plan;
import io.dragoman.bench.process.OutsideProcess;
import io.dragoman.bench.process.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From the start of the process to ready. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Process start to ready: empty, with many messages, with many channels.")
final class Start extends Benchmark {
    private static final int TIMES = 5;

    @Option(
            names = "--messages",
            defaultValue = "200000",
            paramLabel = "N",
            description = "How many messages the full store holds, each several rows (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = "--channels",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How many channels many are (default: ${DEFAULT-VALUE}).")
    private int channels;

    @Override
    Table measure() throws IOException {
        int noDesk = Child.freePort();
        double empty = median(options.gateway(options.folder(), noDesk));
        double full = median(filled());
        double many = median(options.gateway(options.folder(), noDesk).channels(channels));
        return new Table("start to ready, median of " + TIMES + ": ratio to the empty store")
                .add("empty store", empty, "s", empty)
                .add(messages + " messages", full, "s", empty)
                .add(channels + " channels", many, "s", empty);
    }

    /** One whose store was filled through itself. */
    private Server filled() throws IOException {
        Path home = options.folder();
        OutsideProcess desk = OutsideProcess.desk(0, options.customers);
        Server gateway = options.gateway(home, desk.port());
        try (TestBed bed = TestBed.start(home, options.crowd(), (folder, port) -> gateway, desk)) {
            bed.run(Plan.all(messages, options.outstanding));
            bed.check();
        }
        return gateway;
    }

    private static double median(Server server) throws IOException {
        double[] seconds = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            try (Child process = server.start()) {
                seconds[i] = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        Locale.ROOT, "  ready after %.2f s, %.0f MB%n", seconds[i], process.residentMegabytes());
            }
        }
        Arrays.sort(seconds);
        return seconds[TIMES / 2];
    }
}
