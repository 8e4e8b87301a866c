// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of a benchmark, which ends with it, whatever happens. */
public final class Child implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader output;
    private final Thread ending;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
        ending = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /**
     * Starts a program of the benchmarks in a Java of its own; what it prints is for {@link #readLine()}.
     *
     * @param options for Java, such as the size of the heap
     */
    public static Child java(Class<?> main, List<String> options, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(javaCommand(), "-Djava.awt.headless=true"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        return new Child(main.getSimpleName(), builder.start());
    }

    /**
     * Starts any program.
     *
     * @param log the file that takes what it prints
     */
    public static Child program(
            String name, List<String> command, Path folder, Map<String, String> environment, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new Child(name, builder.start());
    }

    /** Runs a program to its end and shows what it prints; another status than 0 is an error. */
    public static void run(Path folder, String... command) throws IOException {
        try {
            int status = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + status);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Java that this one runs on. */
    public static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A port of this machine that nobody uses now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line it prints. */
    public String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException(name + " has ended");
        }
        return line;
    }

    /** Gives it a line to read. */
    public void writeLine(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    /** Waits until it answers this path with any status below 300; where it does not, it is ended. */
    public Child awaitAnswer(int port, String path, Duration atMost) throws IOException {
        try {
            Http.await(process, port, path, atMost);
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** How long it has kept a processor busy so far, in seconds. */
    public double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** The memory that is resident, in MB, as Linux tells. */
    public double residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Asks it to end, and waits; what does not end within half a minute is ended. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // the benchmark is ending itself, and its hook does the same
        }
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
