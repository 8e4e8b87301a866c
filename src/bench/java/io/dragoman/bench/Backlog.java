// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.LoadProcess;
import io.dragoman.bench.process.LoadProcess.Plan;
import io.dragoman.bench.process.OutsideProcess;
import io.dragoman.bench.process.Server;
import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What has queued while the desk was down, and how fast it drains when the desk is back. */
@Command(
        name = "backlog",
        mixinStandardHelpOptions = true,
        description = "Messages queued while the desk is down, and the rate at which they drain.")
final class Backlog extends Benchmark {
    @Option(
            names = "--messages",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "How many messages queue (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Override
    Table measure() throws IOException {
        int port = Child.freePort();
        Server gateway = options.gateway(options.folder(), port);
        try (LoadProcess load = LoadProcess.start(gateway.target(), options.crowd(), 0);
                Child process = gateway.start()) {
            load.begin(Plan.all(messages, Long.MAX_VALUE));
            Figures queued = load.end();
            System.out.println("  the load: " + queued);
            try (OutsideProcess desk = OutsideProcess.desk(port, options.customers)) {
                double drained = drain(process, desk);
                System.out.println("  the desk: " + desk.check((long) queued.get("acknowledged")));
                return new Table("backlog of " + messages + ": ratio to the rate at which it queued")
                        .add("acknowledged while the desk was down", queued.get("rate"), "/s", queued.get("rate"))
                        .add("drained", drained, "/s", queued.get("rate"))
                        .add("memory resident afterwards", process.residentMegabytes(), "MB");
            }
        }
    }

    /** From the first message at the desk to the last: an open circuit breaker may make it wait half a minute. */
    private double drain(Child gateway, OutsideProcess desk) throws IOException {
        long before = desk.await(1);
        long begun = System.nanoTime();
        new Sampler(gateway, desk).until(messages);
        return (messages - before) * 1e9 / (System.nanoTime() - begun);
    }
}
