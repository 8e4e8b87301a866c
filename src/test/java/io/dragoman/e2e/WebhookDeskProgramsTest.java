// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.FreePort;
import io.dragoman.model.Conversation;
import io.dragoman.simulator.YamlText;
import io.dragoman.store.Conversations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
    @DisplayName("the desk in Python answers an event before it works on it; it knows no GET, which 501 says")
    void pythonDeskShouldAnswerFirst() throws Exception {
        needs("python3");
        int port = FreePort.find();
        CompletableFuture<Void> released = new CompletableFuture<>();
        CountDownLatch posted = new CountDownLatch(1);
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            try (exchange) {
                released.join();
                exchange.sendResponseHeaders(200, -1);
                posted.countDown();
            }
        });
        gateway.start();
        String address = "http://127.0.0.1:" + gateway.getAddress().getPort() + "/";
        Path program = home.resolve("first.py");
        Files.writeString(program, PAGE.blocks("Verify, and sign", "", "python").get(0));
        Process python = start(
                List.of("python3", program.toString()), Map.of("PORT", Integer.toString(port), "GATEWAY", address));
        try {
            World.await("the desk in Python", () -> listens(port));
            URI hook = URI.create("http://127.0.0.1:" + port + "/hook");
            byte[] event = "{\"type\":\"message.received\",\"data\":{\"conversation\":{\"id\":\"c-1\"}}}"
                    .getBytes(StandardCharsets.UTF_8);
            HttpRequest.Builder post = HttpRequest.newBuilder(hook)
                    .timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(event));
            world.desk.signed("first-1", Instant.now(), event).forEach(post::header);
            assertThat(status(post.build())).isEqualTo(200);
            assertThat(posted.getCount()).as("the reply waits for the gateway").isEqualTo(1);
            released.complete(null);
            assertThat(posted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(status(HttpRequest.newBuilder(hook).build())).isEqualTo(501);
        } finally {
            released.complete(null);
            python.destroy();
            gateway.stop(0);
        }
    }

    private static int status(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
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
