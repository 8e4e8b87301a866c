// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.LoadProcess.Crowd;
import io.dragoman.bench.process.LoadProcess.Plan;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How throughput holds as conversations, channels and rules become many. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = "Throughput with many conversations, channels and rules.")
final class Growth extends Benchmark {
    private static final int FEW = 10;

    @Option(
            names = "--conversations",
            split = ",",
            defaultValue = "100000,1000000",
            paramLabel = "N",
            description =
                    "How many conversations there are besides those that are measured (default: ${DEFAULT-VALUE}).")
    private List<Integer> conversations = List.of();

    @Option(
            names = "--many",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How many channels and rules many are (default: ${DEFAULT-VALUE}).")
    private int many;

    @Override
    Table measure() throws IOException {
        Table table = new Table("growth: messages a second at the desk, ratio to the smallest");
        double empty = conversations(0);
        table.add("0 conversations", empty, "/s", empty);
        for (int count : conversations) {
            table.add(count + " conversations", conversations(count), "/s", empty);
        }
        double channels = throughput((home, desk) -> options.gateway(home, desk).channels(FEW));
        table.add(FEW + " channels", channels, "/s", channels);
        table.add(
                many + " channels",
                throughput((home, desk) -> options.gateway(home, desk).channels(many)),
                "/s",
                channels);
        double rules = throughput((home, desk) -> options.gateway(home, desk).rules(FEW));
        table.add(FEW + " rules", rules, "/s", rules);
        return table.add(
                many + " rules",
                throughput((home, desk) -> options.gateway(home, desk).rules(many)),
                "/s",
                rules);
    }

    private double throughput(TestBed.SetUp setUp) throws IOException {
        try (TestBed bed = TestBed.start(options.folder(), options.crowd(), setUp)) {
            bed.run(Plan.closed(options.warmUp, options.outstanding));
            return measured(bed);
        }
    }

    /** The store is filled through the gateway itself, one message a customer; others write while it is measured. */
    private double conversations(int count) throws IOException {
        Crowd all = new Crowd(options.clients, 0, count + options.customers, 1);
        try (TestBed bed = TestBed.start(options.folder(), all, options::gateway)) {
            bed.run(Plan.all(count, options.outstanding));
            bed.run(Plan.closed(options.warmUp, options.outstanding));
            return measured(bed);
        }
    }

    private double measured(TestBed bed) throws IOException {
        double rate = bed.throughput(Plan.closed(options.seconds, options.outstanding));
        bed.check();
        return rate;
    }
}
