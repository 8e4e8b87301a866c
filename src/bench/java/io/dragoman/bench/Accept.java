// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.LoadProcess;
import io.dragoman.bench.process.LoadProcess.Plan;
import io.dragoman.bench.process.Server;
import io.dragoman.bench.rival.BareServer;
import io.dragoman.bench.rival.PlatformHttp;
import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import picocli.CommandLine.Command;

/** The acknowledgement, which comes after the commit: how many a second, and how long it takes. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = "The durable acknowledgement against servers that store nothing, and its latency.")
final class Accept extends Benchmark {
    private static final int[] SHARES = {25, 50, 75};
    private static final double JOURNEY_RATE = 1000;

    @Override
    Table measure() throws IOException {
        Table table = new Table("accept: ratio of rates to platform-http");
        double camel =
                options.measures("platform-http") ? rate("platform-http", PlatformHttp.write(options.folder())) : 0;
        double vertx = options.measures("vertx") ? rate("vertx", BareServer.handler()) : 0;
        table.add("platform-http route, nothing stored", camel, "/s", camel);
        table.add("Vert.x handler, nothing stored", vertx, "/s", camel);
        if (options.measures("gateway")) {
            gateway(table, camel);
        }
        return table;
    }

    private void gateway(Table table, double camel) throws IOException {
        System.out.println("gateway");
        try (TestBed bed = TestBed.start(options.folder(), options.crowd(), options::gateway)) {
            bed.run(Plan.closed(options.warmUp, options.outstanding));
            double rate = bed.run(Plan.closed(options.seconds, Long.MAX_VALUE)).get("rate");
            table.add("gateway, durable", rate, "/s", camel);
            for (int share : SHARES) {
                Figures figures = bed.run(Plan.atRate(rate * share / 100, options.seconds));
                String name = "acknowledgement at " + share + " % of that";
                table.add(name + ", reached", figures.get("rate"), "/s").latency(name, figures);
            }
            bed.desk().latency();
            bed.run(Plan.atRate(JOURNEY_RATE, options.seconds));
            table.latency("webhook to desk at 1,000/s", bed.desk().latency());
            bed.check();
        }
    }

    private double rate(String name, Server server) throws IOException {
        System.out.println(name);
        try (LoadProcess load = LoadProcess.start(server.target(), options.crowd(), 0);
                Child process = server.start()) {
            load.begin(Plan.closed(options.warmUp, Long.MAX_VALUE));
            load.end();
            load.begin(Plan.closed(options.seconds, Long.MAX_VALUE));
            Figures figures = load.end();
            System.out.printf("  the load: %s%n  most memory: %.0f MB%n", figures, process.residentMegabytes());
            return figures.get("rate");
        }
    }
}
