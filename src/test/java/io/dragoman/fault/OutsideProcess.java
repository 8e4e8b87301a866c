// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Outside}, as a test has it. */
final class OutsideProcess implements AutoCloseable {
    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    OutsideProcess(Path home, String storeUrl, long seed) throws IOException {
        this(home, storeUrl, seed, 1);
    }

    /** @param gateways how many take what is posted; the home of each is {@link Fleet#home} */
    OutsideProcess(Path home, String storeUrl, long seed, int gateways) throws IOException {
        process = new ProcessBuilder(ChildJvm.command(
                        Outside.class,
                        List.of("-Xmx1g", "-XX:TieredStopAtLevel=4", "-DDRAGOMAN_LOG=ERROR"),
                        home,
                        storeUrl,
                        seed,
                        gateways))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        out = process.inputReader(StandardCharsets.UTF_8);
        answer();
    }

    /** Lets the customers write. */
    void write() throws IOException {
        ask("write");
    }

    /** How many webhooks and mails were taken so far. */
    long taken() throws IOException {
        return Long.parseLong(ask("taken").get(0));
    }

    /** Lets the customers end, each when its last text was taken. */
    void stop() throws IOException {
        ask("stop");
    }

    /** Waits until nothing moves any more and gives the figures. */
    Map<String, String> judge(String jdbcUrl) throws IOException {
        Map<String, String> figures = new LinkedHashMap<>();
        for (String line : ask("judge " + jdbcUrl)) {
            String[] parts = line.split("\t", 2);
            figures.put(parts[0], parts[1]);
        }
        return figures;
    }

    private List<String> ask(String command) throws IOException {
        in.println(command);
        return answer();
    }

    private List<String> answer() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); !"end".equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the outside has ended");
            }
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
