// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.FreePort;
import io.dragoman.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker in a process of its own, to be killed. */
final class BrokerProcess implements AutoCloseable {
    private final Path folder;
    private final int port = FreePort.find();
    private final int controller = FreePort.find();
    private Process process;

    BrokerProcess(Path folder) throws IOException {
        this.folder = folder;
        start();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it on what it left on disk; returns when it is there. */
    void start() throws IOException {
        process = new ProcessBuilder(ChildJvm.command(
                        KafkaBroker.class, List.of("-Xmx512m", "-DDRAGOMAN_LOG=OFF"), folder, port, controller))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the broker ended before it was there");
            }
        }
    }

    /** SIGKILL; it is gone when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
