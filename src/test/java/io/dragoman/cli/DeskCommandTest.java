// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk is tried before anybody writes. */
final class DeskCommandTest {
    private static final String SECRET = "whsec_dGhlIG5ldyBjYW5hcnkga2V5IGhhcyAzMiBieXRlcy4=";

    private final Path folder;
    private final Home home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicInteger status = new AtomicInteger(405);
    private final AtomicInteger posts = new AtomicInteger();
    private HttpServer desk;

    DeskCommandTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder);
    }

    @BeforeEach
    void start() throws IOException {
        desk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        desk.createContext("/hook", exchange -> {
            try (exchange) {
                posts.addAndGet(exchange.getRequestMethod().equals("GET") ? 0 : 1);
                exchange.sendResponseHeaders(status.get(), -1);
            }
        });
        desk.start();
        home.write("channels", "channels: {}\n")
                .write("gateway", "desk: helpdesk\n")
                .write(
                        "desks",
                        "desks:\n  inbox: {kind: local}\n  helpdesk: {kind: webhook, secret: " + SECRET
                                + ", url: \"http://127.0.0.1:"
                                + desk.getAddress().getPort() + "/hook\"}\n");
    }

    @AfterEach
    void stop() {
        desk.stop(0);
    }

    @Test
    @DisplayName("a webhook desk that answers is good; nothing is posted, and what is not known is said")
    void answeringDeskShouldBeGood() {
        assertThat(run("desk", "test", "helpdesk")).isZero();
        assertThat(out.toString())
                .contains("ok          the address answers: GET is answered with 405")
                .contains("ok          the clocks agree")
                .contains("not checked both sides have the same secret");
        assertThat(run("desk", "test", "helpdesk", "--json")).isZero();
        assertThat(out.toString())
                .contains("\"good\":true", "\"result\":\"not-checked\"")
                .doesNotContain(SECRET);
        assertThat(posts).hasValue(0);
    }

    @Test
    @DisplayName("a server that knows no GET at all answers too")
    void serverWithoutGetShouldBeGood() {
        status.set(501);
        assertThat(run("desk", "test", "helpdesk")).isZero();
        assertThat(out.toString()).contains("ok          the address answers: GET is answered with 501");
    }

    @Test
    @DisplayName("one that fails or is not there ends with 1 and says what to do")
    void failingDeskShouldBeSaidWithItsRemedy() {
        status.set(502);
        assertThat(run("desk", "test", "helpdesk")).isEqualTo(1);
        assertThat(out.toString()).contains("failed      the address answers: GET is answered with 502", "its log");
        status.set(301);
        assertThat(run("desk", "test", "helpdesk")).isEqualTo(1);
        assertThat(out.toString()).contains("configure the final address");
        desk.stop(0);
        assertThat(run("desk", "test", "helpdesk", "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"good\":false", "Compare url with the desk's address");
    }

    @Test
    @DisplayName("a local desk has nothing to reach, and an unknown one is an error of the command line")
    void otherDesksShouldBeAnswered() {
        assertThat(run("desk", "test", "inbox")).isZero();
        assertThat(out.toString()).contains("ok          the desk");
        assertThat(run("desk", "test", "helpdsk")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no desk helpdsk. Did you mean 'helpdesk'?");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = folder.toString();
        return new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }
}
