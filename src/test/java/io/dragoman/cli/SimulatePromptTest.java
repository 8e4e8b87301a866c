// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import io.dragoman.simulator.Simulators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What simulators print of the account that leads to them, and what they say to the lines that are typed. */
final class SimulatePromptTest {
    /** Nobody listens there. */
    private static final String NOWHERE = "http://127.0.0.1:1/desks/x";

    private static final String STILL_THERE =
            "write <customer> <text>, fail <how> [times], copies <times>, swap, close <customer>, or quit";

    private final InputStream input = System.in;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final StringWriter out = new StringWriter();

    @AfterEach
    void putBack() {
        System.setIn(input);
        Thread.currentThread().setContextClassLoader(loader);
    }

    @Test
    void mistypedTicketShouldBeNamedAndEndNothing() {
        List<String> helpdesks = Simulators.installed().values().stream()
                .filter(factory -> factory.desk() && !factory.kind().equals("desk"))
                .map(SimulatorFactory::kind)
                .toList();
        assertThat(helpdesks).hasSizeGreaterThan(10);
        for (String kind : helpdesks) {
            assertThat(typed(List.of("write 17 hi", "nonsense"), "simulate", kind, "--callback", NOWHERE))
                    .as(kind)
                    .contains("that failed: there is no ticket '17'; none was opened yet\n" + STILL_THERE);
        }
    }

    @Test
    void whateverFailsShouldBeOneLineAndEndNothing(@TempDir Path jar) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(SimulatorFactory.class.getName()), OstrichFactory.class.getName() + "\n");
        Thread.currentThread()
                .setContextClassLoader(new URLClassLoader(new URL[] {jar.toUri().toURL()}, loader));
        assertThat(typed(
                        List.of("write Ana coo", "write Ben coo", "nonsense"),
                        "simulate",
                        "ostrich",
                        "--callback",
                        NOWHERE))
                .contains("that failed: nobody writes to an ostrich\n"
                        + "that failed, and the simulator of ostrich does not say why (NoSuchElementException)\n"
                        + STILL_THERE);
    }

    @Test
    void troubleShouldBeToldToItAndWhatMakesNoSenseExplained() {
        String words =
                "fail takes one of throttled, busy, refused, expired, failed, silent, cut, odd, and how many calls end"
                        + " so, 1 to 1000\n";
        assertThat(typed(
                        List.of("fail throttled 2", "fail cut", "copies 3", "copies 1", "swap", "close 4915550101"),
                        "simulate",
                        "whatsapp"))
                .contains("""
                        the next 2 calls end so: throttled
                        the next call ends so: cut
                        every webhook comes 3 times from now on
                        every webhook comes once from now on
                        the next webhook comes behind the one after it
                        the time in which that customer can be answered freely is over, until they write again
                        """);
        assertThat(typed(List.of("fail", "fail often", "fail busy 0", "copies", "close"), "simulate", "whatsapp"))
                .contains(
                        words.repeat(3) + "copies takes how many times every webhook comes, 1 to 1000\n" + STILL_THERE);
        assertThat(typed(List.of("fail busy", "fail expired", "copies 2", "swap", "close 17"), "simulate", "smpp"))
                .contains("""
                        the next call ends so: busy
                        it cannot: its protocol knows no access tokens
                        it cannot: smpp has no webhooks
                        it cannot: smpp has no webhooks
                        it cannot: the simulator of smpp knows no such time
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "zammad, http://localhost:8080/desks/zammad, zammad",
        "desk, https://chat.example.com/desks/helpdesk/, helpdesk",
        "whatsapp, https://chat.example.com/gateway/channels/shop-wa, shop-wa",
        "whatsapp, https://chat.example.com/channels/shop-wa/more, shop-wa",
        "whatsapp, https://proxy.example.com/wa, wa",
        "whatsapp, https://proxy.example.com/Not%20An%20Id, simulated-whatsapp",
        "whatsapp, https://proxy.example.com, simulated-whatsapp"
    })
    void accountShouldHaveTheIdOfTheCallback(String kind, String callback, String id) {
        assertThat(typed(List.of(), "simulate", kind, "--callback", callback)).contains("\n  " + id + ":\n    kind: ");
    }

    /** What it said when these lines were typed, and then {@code quit}. */
    private String typed(List<String> lines, String... arguments) {
        out.getBuffer().setLength(0);
        System.setIn(
                new ByteArrayInputStream((String.join("\n", lines) + "\nquit\n").getBytes(StandardCharsets.UTF_8)));
        int code = new Dragoman(Connectors.installed(), name -> null)
                .commandLine(new PrintWriter(out, true), new PrintWriter(out, true))
                .execute(arguments);
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    /** A simulator of another jar. */
    public static final class OstrichFactory implements SimulatorFactory {
        @Override
        public String kind() {
            return "ostrich";
        }

        @Override
        public String description() {
            return "An ostrich that carries nothing.";
        }

        @Override
        public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
            return new Ostrich(options);
        }
    }

    private record Ostrich(Map<String, String> settings) implements Simulator {
        @Override
        public String kind() {
            return "ostrich";
        }

        @Override
        public int customerWrites(URI callback, String customer, String text) {
            if (customer.equals("Ana")) {
                throw new UnsupportedOperationException("nobody writes to an ostrich");
            }
            return Optional.<Integer>empty().orElseThrow();
        }

        @Override
        public List<Delivered> delivered() {
            return List.of();
        }

        @Override
        public void listen(Consumer<String> listener) {}

        @Override
        public void close() {}
    }
}
