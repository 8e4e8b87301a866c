// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.Gateway;
import io.dragoman.bench.process.LoadProcess;
import io.dragoman.bench.process.LoadProcess.Plan;
import io.dragoman.bench.process.OutsideProcess;
import io.dragoman.bench.process.Postgres;
import io.dragoman.bench.process.Share;
import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gateways that share one PostgreSQL: what two and four of them take in and bring to the desk, against one. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = {
            "1, 2 and 4 gateways as processes on one PostgreSQL: webhooks acknowledged and messages at the desk a second.",
            "All share this machine's processors with the load, the desk and the database: --share gives each gateway a part"
                    + " of one, as a machine of its own would be, so that the ratios are theirs. The warm-up takes as many"
                    + " times longer as there are gateways."
        })
final class Scale extends Benchmark {
    /** By which part what is taken in and what arrives may differ over the whole window. */
    private static final double EVEN = 0.1;

    @Option(
            names = "--gateways",
            defaultValue = "1,2,4",
            split = ",",
            paramLabel = "N",
            description = "How many gateways (${DEFAULT-VALUE}).")
    private List<Integer> counts = List.of();

    @Option(
            names = "--share",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description =
                    "How much of one processor each gateway may have while it is measured; needs root (0: no limit).")
    private int share;

    @Option(
            names = "--settle",
            defaultValue = "180",
            paramLabel = "N",
            description = {
                "How many seconds it may take until as many messages arrive at the desk as are taken in, over five seconds"
                        + " within 5 %%; the journey is measured from then on (default: ${DEFAULT-VALUE}).",
                "Where it does not settle, the table says so. A smaller --outstanding settles sooner."
            })
    private double settle;

    /** What so many gateways did a second, how much of the machine was at work, and what the whole cost. */
    private record Measured(double accepted, double acceptBusy, Arrivals journey, Cost cost) {}

    /**
     * What came to the desk in a window.
     *
     * @param steady whether as much was taken in meanwhile: else it is no figure of the journey's
     */
    private record Arrivals(double arrived, double busy, boolean steady) {}

    /** What a message costs, from its webhook to the desk, whatever else the machine does. */
    private record Cost(double gatewayMillis, double databaseMillis, double commits, double logKilobytes) {}

    @Override
    Table measure() throws IOException {
        if (options.postgres == null) {
            throw new IOException("several gateways need a PostgreSQL: --postgres");
        }
        Table table = new Table("scale: ratio to " + counts.get(0) + " gateway(s)"
                + (share == 0 ? "" : ", each with " + share + " % of a processor"));
        List<Measured> all = new ArrayList<>();
        for (int count : counts) {
            System.out.println(count + " gateway(s)");
            all.add(measure(count));
        }
        Measured first = all.get(0);
        for (int i = 0; i < all.size(); i++) {
            Measured one = all.get(i);
            String of = counts.get(i) + " gateway(s), ";
            table.add(of + "acknowledged", one.accepted, "/s", first.accepted);
            table.add(of + "processors busy meanwhile", one.acceptBusy * 100, "%");
            String unlike = one.journey.steady ? "" : " (NOT STEADY)";
            table.add(of + "at the desk" + unlike, one.journey.arrived, "/s", first.journey.arrived);
            table.add(of + "processors busy meanwhile", one.journey.busy * 100, "%");
            table.add(of + "processor of gateways, a message", one.cost.gatewayMillis, "ms", first.cost.gatewayMillis);
            table.add(
                    of + "processor of database, a message", one.cost.databaseMillis, "ms", first.cost.databaseMillis);
            table.add(of + "commits, a message", one.cost.commits, "", first.cost.commits);
            table.add(of + "log of the database, a message", one.cost.logKilobytes, "KB", first.cost.logKilobytes);
        }
        return table;
    }

    private Measured measure(int count) throws IOException {
        Path home = options.folder();
        String store = options.store();
        List<Gateway> gateways = new ArrayList<>();
        List<Child> processes = new ArrayList<>();
        List<Share> shares = new ArrayList<>();
        try (OutsideProcess desk = OutsideProcess.desk(0, options.customers)) {
            for (int i = 0; i < count; i++) {
                Path own = Files.createDirectories(home.resolve("gateway-" + i));
                gateways.add(options.gateway(own, desk.port(), store, home.resolve("shared")));
                processes.add(gateways.get(i).start());
            }
            List<Integer> ports =
                    gateways.stream().map(one -> one.target().port()).toList();
            try (LoadProcess load = LoadProcess.start(gateways.get(0).target(), ports, options.crowd(), desk.port())) {
                for (Child process : share == 0 ? List.<Child>of() : processes) {
                    shares.add(Share.of(process.pid()));
                }
                return measure(desk, load, shares, processes);
            }
        } finally {
            processes.forEach(Child::close);
            shares.forEach(Share::close);
        }
    }

    private Measured measure(OutsideProcess desk, LoadProcess load, List<Share> shares, List<Child> gateways)
            throws IOException {
        // each compiles the same, which takes as many messages of each, and the processor of what is measured after
        double warmUp = options.warmUp * gateways.size();
        long acknowledged = run(load, Plan.closed(warmUp, options.outstanding), "warm-up");
        desk.await(acknowledged);
        Postgres.Work workBefore = options.server().work();
        double secondsBefore = seconds(gateways);
        long messagesBefore = acknowledged;
        limit(shares, share);
        long[] before = processors();
        long begun = System.nanoTime();
        long accepted = run(load, Plan.closed(options.seconds, Long.MAX_VALUE), "accept");
        double acceptSeconds = (System.nanoTime() - begun) / 1e9;
        double acceptBusy = busy(before);
        acknowledged += accepted;
        limit(shares, 0); // a backlog drains as fast as it can
        desk.await(acknowledged);
        limit(shares, share);
        load.begin(Plan.steady(settle, options.seconds, options.outstanding));
        Figures settled = load.settle();
        before = processors();
        Figures figures = load.end();
        Arrivals journey = arrivals(settled, figures, busy(before));
        acknowledged += (long) figures.get("acknowledged");
        limit(shares, 0);
        System.out.println("  the desk: " + desk.check(acknowledged));
        Postgres.Work work = options.server().work().since(workBefore);
        double messages = acknowledged - messagesBefore;
        return new Measured(
                accepted / acceptSeconds,
                acceptBusy,
                journey,
                new Cost(
                        (seconds(gateways) - secondsBefore) * 1_000 / messages,
                        work.cpuSeconds() * 1_000 / messages,
                        work.commits() / messages,
                        work.logBytes() / 1_024 / messages));
    }

    private static Arrivals arrivals(Figures settled, Figures figures, double busy) {
        System.out.println("  journey: " + figures);
        double taken = figures.get("takenRate");
        double arrived = figures.get("arrivedRate");
        boolean steady = settled.get("settled") == 1 && Math.abs(taken - arrived) <= EVEN * taken;
        System.out.printf(
                Locale.ROOT,
                "  %s, measured after %.0f s of load: %.1f/s taken in, %.1f/s at the desk%n",
                steady ? "steady" : "######## NOT STEADY: what arrives is not what is taken in ########",
                settled.get("after"),
                taken,
                arrived);
        return new Arrivals(arrived, busy, steady);
    }

    private static double seconds(List<Child> gateways) {
        return gateways.stream().mapToDouble(Child::cpuSeconds).sum();
    }

    private static long run(LoadProcess load, Plan plan, String name) throws IOException {
        load.begin(plan);
        return end(load, name);
    }

    private static long end(LoadProcess load, String name) throws IOException {
        Figures figures = load.end();
        System.out.println("  " + name + ": " + figures);
        return (long) figures.get("acknowledged");
    }

    private static void limit(List<Share> shares, int percent) throws IOException {
        for (Share one : shares) {
            one.limit(percent);
        }
    }

    /** The part of all processors that was at work since then. */
    private static double busy(long[] before) throws IOException {
        long[] now = processors();
        double busy = (double) (now[0] - before[0]) / Math.max(1, now[1] - before[1]);
        System.out.printf(Locale.ROOT, "  processors busy: %.0f %%%n", busy * 100);
        return busy;
    }

    /** How long all processors were at work, and how long they were there, as Linux counts. */
    private static long[] processors() throws IOException {
        long[] ticks = Stream.of(
                        Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+"))
                .skip(1)
                .limit(8)
                .mapToLong(Long::parseLong)
                .toArray();
        long all = java.util.Arrays.stream(ticks).sum();
        return new long[] {all - ticks[3] - ticks[4], all};
    }
}
