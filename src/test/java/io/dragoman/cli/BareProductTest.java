// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The product as it is packaged: without the libraries of the demo. */
@DisabledOnOs(OS.WINDOWS)
final class BareProductTest {
    private static final long SECONDS = 60;

    @TempDir
    private Path home;

    @Test
    void checkShouldWorkAndTouchNothingOfTheDemo() throws Exception {
        configure();
        Path loaded = home.resolve("loaded");
        Said said = run(List.of("-Xlog:class+load:file=" + loaded + ":none"), "check");
        assertThat(said.code).as(said.text).isZero();
        assertThat(ours(loaded))
                .contains("io.dragoman.cli.Check")
                .noneMatch(name -> name.startsWith("io.dragoman.demo."))
                .noneMatch(name -> name.matches("io\\.dragoman\\.simulator\\.\\w+\\.\\w+Simulator"));
    }

    @Test
    void runShouldServe() throws Exception {
        int port = configure();
        Path loaded = home.resolve("loaded");
        Process process = start(List.of("-Xlog:class+load:file=" + loaded + ":none"), "run");
        try {
            assertThat(answers(process, port))
                    .as(Files.readString(home.resolve("said")))
                    .isTrue();
        } finally {
            process.destroy();
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ours(loaded))
                .contains("io.dragoman.cli.Run")
                .noneMatch(name -> name.startsWith("io.dragoman.demo."))
                .noneMatch(name -> name.startsWith("io.dragoman.intake.kafka."));
        assertThat(Files.readAllLines(loaded)).noneMatch(line -> line.startsWith("org.apache.kafka."));
    }

    @Test
    void demoShouldSayWhatIsMissing() throws Exception {
        Said said = run(List.of(), "demo", "--exit");
        assertThat(said.code).isEqualTo(2);
        assertThat(said.text)
                .startsWith("demo: The mail server of the demo, GreenMail, is not in the class path.")
                .contains("target/demo-lib", "mvn package");
        assertThat(home.resolve("config")).doesNotExist();
    }

    @Test
    void onlyTheSimulatorOfMailShouldBeMissing() throws Exception {
        Said mail = run(List.of(), "simulate", "mail");
        assertThat(mail.code).isEqualTo(2);
        assertThat(mail.text).startsWith("simulate mail: The mail server of the demo, GreenMail, is not");
        Said desk = run(List.of(), "simulate", "desk");
        assertThat(desk.code).isZero();
        assertThat(desk.text).contains("simulated-desk:");
    }

    /** The names of our classes that were loaded. */
    private static List<String> ours(Path loaded) throws IOException {
        return Files.readAllLines(loaded).stream()
                .filter(line -> line.startsWith("io.dragoman."))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private int configure() throws IOException {
        Files.createDirectories(home.resolve("config"));
        int port = FreePort.find();
        Files.writeString(home.resolve("config/gateway.yaml"), """
                http: {host: 127.0.0.1, port: %d}
                admin: {port: 0}
                """.formatted(port));
        Files.writeString(home.resolve("config/channels.yaml"), "channels:\n  own: {kind: route}\n");
        return port;
    }

    /** Whether somebody listens on the port before the process ends. */
    private static boolean answers(Process process, int port) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        return false;
    }

    private Said run(List<String> options, String... arguments) throws IOException, InterruptedException {
        Process process = start(options, arguments);
        process.getOutputStream().write("quit\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), Files.readString(home.resolve("said")));
    }

    private Process start(List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), Dragoman.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", home.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile())
                .start();
    }

    /** That of the tests without what the package keeps apart. */
    private static String classPath() {
        List<String> all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        assertThat(all).anyMatch(BareProductTest::demoOnly);
        return all.stream().filter(entry -> !demoOnly(entry)).collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean demoOnly(String entry) {
        return Path.of(entry).getFileName().toString().startsWith("greenmail-");
    }

    private record Said(int code, String text) {}
}
