// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.LoadProcess.Plan;
import io.dragoman.bench.rival.BareServer;
import io.dragoman.bench.rival.NodeRed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole journey, from a customer's webhook to the desk, in messages a second at the desk. */
@Command(
        name = "journey",
        mixinStandardHelpOptions = true,
        description = "Webhook to desk: the gateway against Node-RED and a bare program of the same durability.")
final class Journey extends Benchmark {
    @Option(
            names = "--cold",
            defaultValue = "10",
            paramLabel = "N",
            description = "Seconds of the first measurement, which begins when the server is ready (${DEFAULT-VALUE}).")
    private double cold;

    /** What one server did: messages a second at the desk, and the most memory it had, in MB. */
    private record Throughput(double cold, double warm, double peak) {}

    @Override
    Table measure() throws IOException {
        Optional<Path> nodeRed = options.measures("node-red") ? NodeRed.install() : Optional.empty();
        Throughput other = nodeRed.isEmpty()
                ? null
                : measure("node-red", (home, desk) -> NodeRed.write(nodeRed.get(), home, desk));
        Throughput bare = measure("bare", BareServer::journey);
        Throughput gateway = measure("gateway", options::gateway);
        Table table = new Table("journey: ratio to Node-RED");
        add(table, "Node-RED", other, other);
        add(table, "bare durable journey", bare, other);
        add(table, "gateway", gateway, other);
        return table;
    }

    private @Nullable Throughput measure(String name, TestBed.SetUp setUp) throws IOException {
        if (!options.measures(name)) {
            return null;
        }
        System.out.println(name);
        try (TestBed bed = TestBed.start(options.folder(), options.crowd(), setUp)) {
            bed.begin(Plan.closed(Math.max(cold, options.warmUp) + options.seconds, options.outstanding));
            Sampler sampler = new Sampler(bed.server(), bed.desk());
            double first = sampler.rate(cold);
            sampler.rate(options.warmUp - cold);
            double second = sampler.rate(options.seconds);
            bed.end();
            bed.check();
            return new Throughput(first, second, sampler.peak());
        }
    }

    private static void add(Table table, String name, @Nullable Throughput one, @Nullable Throughput other) {
        if (one != null) {
            table.add(name + ", cold", one.cold, "/s", other == null ? 0 : other.cold);
            table.add(name + ", warm", one.warm, "/s", other == null ? 0 : other.warm);
            table.add(name + ", most memory resident", one.peak, "MB", other == null ? 0 : other.peak);
        }
    }
}
