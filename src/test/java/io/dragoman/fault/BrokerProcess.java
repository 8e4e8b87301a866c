// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.FreePort;
import io.dragoman.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Kafka broker in a process of its own, to be killed. */
final class BrokerProcess implements AutoCloseable {
    private final Path folder;
    private final int port = FreePort.find();
    private final List<Integer> controllers;
    private final int number;
    private Process process;

    private BrokerProcess(Path folder, List<Integer> controllers, int number) {
        this.folder = folder;
        this.controllers = controllers;
        this.number = number;
    }

    /** Starts so many as one cluster, each with a folder below this one; returns when all are there. */
    static List<BrokerProcess> cluster(Path folder, int count) throws IOException {
        List<Integer> controllers = Stream.generate(FreePort::find).limit(count).toList();
        List<BrokerProcess> brokers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            brokers.add(new BrokerProcess(folder.resolve("broker-" + i), controllers, i));
            brokers.get(i).launch(); // none is there before most of them are
        }
        try {
            for (BrokerProcess broker : brokers) {
                broker.await();
            }
        } catch (IOException e) {
            brokers.forEach(BrokerProcess::close);
            throw e;
        }
        return List.copyOf(brokers);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it on what it left on disk; returns when it is there. */
    void start() throws IOException {
        launch();
        await();
    }

    private void launch() throws IOException {
        String all = controllers.stream().map(String::valueOf).collect(Collectors.joining(","));
        process = new ProcessBuilder(ChildJvm.command(
                        KafkaBroker.class, List.of("-Xmx512m", "-DDRAGOMAN_LOG=OFF"), folder, port, all, number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void await() throws IOException {
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
