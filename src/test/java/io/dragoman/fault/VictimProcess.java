// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link Victim}, as a test has it. */
final class VictimProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private int adminPort = -1;

    private VictimProcess(List<String> before, Path home, List<String> properties) throws IOException {
        List<String> options =
                new ArrayList<>(List.of("-DDRAGOMAN_LOG=" + System.getProperty("dragoman.fault.log", "OFF")));
        options.addAll(properties);
        List<String> command = new ArrayList<>(before);
        command.addAll(ChildJvm.command(Victim.class, options, home));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    static VictimProcess start(Path home, String... properties) throws IOException {
        return new VictimProcess(List.of(), home, List.of(properties));
    }

    /** With a command such as strace in front. */
    static VictimProcess startUnder(List<String> before, Path home, String... properties) throws IOException {
        return new VictimProcess(before, home, List.of(properties));
    }

    /** Waits until it is ready, or looks that it was; false when it ended first. */
    boolean awaitReady() throws IOException {
        if (adminPort >= 0) {
            return true;
        }
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready ")) {
                adminPort = Integer.parseInt(line.split(" ")[2]);
                return true;
            }
        }
        return false;
    }

    int adminPort() {
        return adminPort;
    }

    /** Waits for its end; false when it goes on. */
    boolean ends(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** How many files and connections it has open, as Linux tells. */
    long descriptors() {
        return entries("fd");
    }

    /** How many threads it has, as Linux tells. */
    long threads() {
        return entries("task");
    }

    private long entries(String folder) {
        String[] names =
                Path.of("/proc", Long.toString(process.pid()), folder).toFile().list();
        return names == null ? 0 : names.length;
    }

    int exitValue() {
        return process.exitValue();
    }

    /** SIGKILL; the process is gone when this returns. */
    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    long pid() {
        return process.pid();
    }

    /** Sends it any signal, such as STOP. */
    void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " ended with " + status);
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
