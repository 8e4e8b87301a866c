// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.FreePort;
import io.dragoman.model.Conversation;
import io.dragoman.simulator.YamlText;
import io.dragoman.store.Conversations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/webhook-desk.md work with a gateway. */
final class WebhookDeskProgramsTest {
    private static final Page PAGE = Page.read(Path.of("docs/webhook-desk.md"));

    @TempDir
    private static Path home;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(home);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @DisplayName("the desk in Python verifies events and answers customers")
    void pythonDeskShouldAnswer() throws Exception {
        needs("python3");
        int port = FreePort.find();
        Path program = home.resolve("desk.py");
        Files.writeString(program, PAGE.blocks("Verify, and sign", "", "python").get(0));
        Process python = start(List.of("python3", program.toString()), Map.of("PORT", Integer.toString(port)));
        try {
            World.await("the desk in Python", () -> listens(port));
            Map<String, String> settings =
                    Map.of("url", "http://127.0.0.1:" + port + "/hook", "secret", world.desk.secret());
            Files.writeString(
                    home.resolve("config/desks.yaml"), "desks:\n" + YamlText.account("helpdesk", "webhook", settings));
            world.restart();
            world.writes("sms", "+49300200", "is anybody there?");
            World.await("the answer from Python", () -> world.delivered("sms", "+49300200")
                    .contains("We have it."));
            World.await("its reference", () -> ("T-" + conversation("+49300200").id())
                    .equals(conversation("+49300200").deskReference()));
        } finally {
            python.destroy();
        }
    }

    @Test
    @DisplayName("the lines for the shell answer a customer")
    void shellShouldAnswer() throws Exception {
        needs("sh");
        needs("curl");
        needs("openssl");
        world.writes("sms", "+49300201", "and from a shell?");
        World.await("the conversation", () -> world
                .gateway()
                .store()
                .read(tx -> tx.conversations()
                        .recent(new Conversations.Filter("sms", null, null, null), Long.MAX_VALUE, "", 50))
                .stream()
                .anyMatch(found -> found.address().equals("+49300201")));
        Path script = home.resolve("reply.sh");
        Files.writeString(script, PAGE.blocks("Verify, and sign", "", "sh").get(0));
        Process shell = start(
                List.of("sh", script.toString()),
                Map.of("CONVERSATION", conversation("+49300201").id()));
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(out).isEqualTo("200\n");
        World.await("the answer from the shell", () -> world.delivered("sms", "+49300201")
                .contains("On its way."));
    }

    private static Conversation conversation(String address) {
        return world
                .gateway()
                .store()
                .read(tx -> tx.conversations()
                        .recent(new Conversations.Filter("sms", null, null, null), Long.MAX_VALUE, "", 50))
                .stream()
                .filter(found -> found.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "DESK_SECRET",
                        world.desk.secret(),
                        "GATEWAY",
                        world.callback("helpdesk").toString()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Skips, and says so, on a machine without a program that the page uses. */
    private static void needs(String program) throws IOException, InterruptedException {
        boolean there = new ProcessBuilder("sh", "-c", "command -v " + program)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        if (!there) {
            System.err.println("SKIPPED: " + program + " is not installed, so docs/webhook-desk.md is not tried");
        }
        Assumptions.assumeTrue(there, program + " is not installed");
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
