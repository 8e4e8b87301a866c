// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.Gateway;
import io.dragoman.bench.process.LoadProcess.Plan;
import io.dragoman.bench.process.OutsideProcess;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Customers write and agents answer every second message: both directions at once. */
@Command(
        name = "two-way",
        mixinStandardHelpOptions = true,
        description = "Webhook to desk while agents answer every second message, against the same without answers.")
final class TwoWays extends Benchmark {
    @Override
    Table measure() throws IOException {
        Table table = new Table("two-way: messages a second, ratio to one way alone");
        double alone;
        try (TestBed bed = TestBed.start(options.folder(), options.crowd(), options::gateway)) {
            bed.run(Plan.closed(options.warmUp, options.outstanding));
            alone = bed.throughput(Plan.closed(options.seconds, options.outstanding));
            bed.check();
        }
        table.add("one way, at the desk", alone, "/s", alone);
        try (TestBed bed = answered()) {
            bed.run(Plan.closed(options.warmUp, options.outstanding));
            double before = bed.desk().figures().get("replies");
            double in = bed.throughput(Plan.closed(options.seconds, options.outstanding));
            double out = (bed.desk().figures().get("replies") - before) / options.seconds;
            bed.check();
            table.add("two ways, at the desk", in, "/s", alone).add("two ways, answers at WhatsApp", out, "/s", alone);
            return table.add("two ways, both", in + out, "/s", alone);
        }
    }

    /** Both ports are chosen first: the gateway has to know its desk, and the desk its gateway. */
    private TestBed answered() throws IOException {
        Path home = options.folder();
        int port = Child.freePort();
        Gateway gateway = options.gateway(home, port).sendingTo(port);
        OutsideProcess desk = OutsideProcess.answeringDesk(
                port, options.customers, gateway.target().port());
        return TestBed.start(home, options.crowd(), (folder, any) -> gateway, desk);
    }
}
