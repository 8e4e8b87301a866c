// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's smsd (SMS Server Tools 3) with files of its own and a modem in the network. */
public final class Smsd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/smsd");

    private final Path root;
    private Process process;

    /** Starts it; its folders are in {@code spool} below the folder. */
    public Smsd(Path root, int modem) throws IOException {
        this.root = root;
        for (String folder : List.of("outgoing", "checked", "incoming", "report", "sent", "failed", "saved")) {
            Files.createDirectories(root.resolve("spool").resolve(folder));
        }
        Files.writeString(root.resolve("smsd.conf"), """
                devices = GSM1
                outgoing = %1$s/spool/outgoing
                checked = %1$s/spool/checked
                incoming = %1$s/spool/incoming
                report = %1$s/spool/report
                sent = %1$s/spool/sent
                failed = %1$s/spool/failed
                saved = %1$s/spool/saved
                logfile = %1$s/smsd.log
                infofile = %1$s/smsd.working
                pidfile = %1$s/smsd.pid
                delaytime = 1
                errorsleeptime = 0
                blocktime = 1
                loglevel = 7
                [GSM1]
                device = @127.0.0.1:%2$d
                incoming = yes
                report = yes
                send_retries = 0
                startsleeptime = 0
                pinsleeptime = 0
                """.formatted(root, modem));
        process = start();
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(PROGRAM.toString(), "-c" + root.resolve("smsd.conf"))
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("smsd.out").toFile())
                .start();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
