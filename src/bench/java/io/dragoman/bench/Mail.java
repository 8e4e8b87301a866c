// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.mailbox.MailReaderMain;
import io.dragoman.bench.mailbox.MailboxMain;
import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.Gateway;
import io.dragoman.bench.process.OutsideProcess;
import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A full mailbox is taken in. */
@Command(
        name = "mail",
        mixinStandardHelpOptions = true,
        description = "A full mailbox taken in by IMAP up to the desk, against reading it raw with Angus Mail.")
final class Mail extends Benchmark {
    private static final List<String> HEAP = List.of("-Xmx1g", "-XX:+UseSerialGC");
    private static final List<String> SMALL_HEAP = List.of("-Xmx256m", "-XX:+UseSerialGC");

    @Option(
            names = "--mails",
            defaultValue = "10000",
            paramLabel = "N",
            description = "How many there are, each from another customer (default: ${DEFAULT-VALUE}).")
    private int mails;

    @Override
    Table measure() throws IOException {
        try (Child mailbox = Child.java(MailboxMain.class, HEAP, Gateway.ADDRESS, Gateway.TOKEN, mails);
                OutsideProcess desk = OutsideProcess.desk(0, mails)) {
            String[] ports = mailbox.readLine().split(" ");
            int imap = Integer.parseInt(ports[1]);
            double raw = raw(imap);
            Gateway gateway = options.gateway(options.folder(), desk.port()).mailbox(imap, Integer.parseInt(ports[2]));
            double taken = taken(gateway, desk);
            return new Table("mail: mails a second, ratio to reading them raw")
                    .add("Angus Mail, each mail whole, nothing stored", raw, "/s", raw)
                    .add("gateway, from ready to the last one at the desk", taken, "/s", raw);
        }
    }

    private static double raw(int port) throws IOException {
        try (Child reader = Child.java(MailReaderMain.class, SMALL_HEAP, port, Gateway.ADDRESS, Gateway.TOKEN)) {
            Figures figures = Figures.parse(reader.readLine());
            System.out.println("  raw: " + figures);
            return figures.get("mails") / figures.get("seconds");
        }
    }

    private double taken(Gateway gateway, OutsideProcess desk) throws IOException {
        try (Child process = gateway.start()) {
            long before = desk.count();
            long begun = System.nanoTime();
            new Sampler(process, desk).until(mails);
            double rate = (desk.count() - before) * 1e9 / (System.nanoTime() - begun);
            System.out.println("  the desk: " + desk.check(mails));
            return rate;
        }
    }
}
