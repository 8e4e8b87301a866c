// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dragoman.TestAuthority;
import io.dragoman.config.Connectors;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import io.dragoman.simulator.Simulators;
import io.dragoman.simulator.desk.DeskSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code simulate} finds and starts. */
final class SimulateTest {
    private final InputStream input = System.in;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String[] typed = {"quit"};

    @AfterEach
    void putBack() {
        System.setIn(input);
        Thread.currentThread().setContextClassLoader(loader);
    }

    @Test
    void everyFactoryShouldHaveItsLineAndItsFolder() {
        List<String> written = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.dragoman.simulator").stream()
                        .filter(type -> type.isAssignableTo(SimulatorFactory.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(type -> type.getName())
                        .toList();
        assertThat(written).isNotEmpty();
        assertThat(Simulators.installed().values())
                .extracting(factory -> factory.getClass().getName())
                .containsExactlyInAnyOrderElementsOf(written);
        assertThat(Simulators.installed().values()).allSatisfy(factory -> {
            assertThat(factory.getClass().getPackageName())
                    .isEqualTo("io.dragoman.simulator." + factory.kind().replace("-", ""));
            assertThat(factory.description()).endsWith(".").hasSizeGreaterThan(15);
        });
    }

    @Test
    void everyKindShouldBeListedAndExplained() {
        assertThat(run("simulate")).isZero();
        String list = out.toString();
        Simulators.installed().forEach((kind, factory) -> {
            assertThat(list).contains(kind, factory.description());
            out.getBuffer().setLength(0);
            assertThat(run("simulate", kind, "--help")).isZero();
            assertThat(out.toString()).contains("simulate " + kind, "--port=PORT", "--callback=URL");
        });
        out.getBuffer().setLength(0);
        assertThat(run("simulate", "twilio", "--help")).isZero();
        assertThat(out.toString()).contains("--from=SENDER");
    }

    @Test
    void unknownKindShouldBeRefusedWithTheKnownOnes() {
        assertThat(run("simulate", "whatsap")).isEqualTo(2);
        assertThat(out.toString()).contains("no command whatsap", "Did you mean whatsapp?", "discord, facebook, ");
    }

    @Test
    void optionsShouldReachTheSimulator() {
        assertThat(run("simulate", "twilio", "--from", "whatsapp:+15550199")).isZero();
        assertThat(out.toString()).contains("from: \"whatsapp:+15550199\"");
        out.getBuffer().setLength(0);
        assertThat(run("simulate", "twilio")).isZero();
        assertThat(out.toString()).contains("from: \"+15550100\"");
    }

    @Test
    void callbackShouldBeAskedForWhereOneIsNeeded() {
        type("write +49301 hi", "quit");
        assertThat(run("simulate", "whatsapp")).isZero();
        assertThat(out.toString()).contains("--callback http://localhost:8080/channels/simulated-whatsapp");
        type("write 17 hi", "quit");
        assertThat(run("simulate", "desk")).isZero();
        assertThat(out.toString()).contains("--callback http://localhost:8080/desks/simulated-desk");
        type("write Ana hi", "quit");
        out.getBuffer().setLength(0);
        assertThat(run("simulate", "telegram")).isZero();
        assertThat(out.toString()).contains("the gateway answered 200");
    }

    @Test
    void customerOfAPhoneKindShouldBeANumber() throws IOException {
        for (String kind :
                List.of("whatsapp", "twilio", "sms-http", "vonage", "bird", "messente", "smsgate", "voice")) {
            out.getBuffer().setLength(0);
            type("write ana hi", "quit");
            assertThat(run("simulate", kind, "--callback", "http://127.0.0.1:1/channels/x"))
                    .isZero();
            assertThat(out.toString())
                    .contains("'ana' is no telephone number: a customer of " + kind + " is one, such as +4915550101")
                    .doesNotContain("answered");
            type("write +4915550101 hi", "quit");
            assertThat(run("simulate", kind, "--callback", "http://127.0.0.1:1/channels/x"))
                    .isZero();
            assertThat(out.toString()).contains("answered nothing");
        }
    }

    @Test
    void refusedCertificateShouldBeNamed(@TempDir Path folder) throws IOException {
        HttpsServer proxy = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setHttpsConfigurator(new HttpsConfigurator(new TestAuthority(folder, "Shop Root")
                .issue("proxy", "localhost", -1)
                .context()));
        proxy.start();
        try {
            type("write +49301 hi", "quit");
            assertThat(run(
                            "simulate",
                            "whatsapp",
                            "--callback",
                            "https://127.0.0.1:" + proxy.getAddress().getPort() + "/channels/shop"))
                    .isZero();
            assertThat(out.toString())
                    .contains("answered nothing: TLS failed (", "certification path", "javax.net.ssl.trustStore")
                    .doesNotContain("does it run?");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void simulatorOfAnotherJarShouldNeedOneLine(@TempDir Path jar) throws IOException {
        install(jar, PigeonFactory.class);
        assertThat(run("simulate")).isZero();
        assertThat(out.toString()).contains("pigeon", "A pigeon that carries notes.", "whatsapp");
        out.getBuffer().setLength(0);
        type("write Ana coo", "quit");
        assertThat(run("simulate", "pigeon", "--loft", "roof", "--callback", "http://127.0.0.1:1/x"))
                .isZero();
        assertThat(out.toString()).contains("  x:", "kind: pigeon", "loft: \"roof\"", "the gateway answered 204");
    }

    @Test
    void whatIsMissingShouldBeSaid(@TempDir Path jar) throws IOException {
        install(jar, DodoFactory.class);
        assertThat(run("simulate", "dodo")).isEqualTo(2);
        assertThat(out.toString()).contains("simulate dodo: There are no more dodos.");
    }

    @Test
    void deskShouldPrintWholeEvents() throws IOException {
        try (DeskSimulator desk = new DeskSimulator(0)) {
            List<String> told = new ArrayList<>();
            desk.receive(told::add);
            String event =
                    "{\"type\":\"conversation.updated\",\"data\":{\"conversation\":{\"id\":\"c\",\"team\":null}}}";
            for (int i = 0; i < 2; i++) {
                assertThat(desk.tell(desk.baseUrl().resolve("/hook"), "same", event))
                        .isEqualTo(200);
            }
            assertThat(told).containsExactly(event);
        }
    }

    @Test
    void deskShouldPrintNothingButEventsAsJson() {
        assertThat(run("--json", "simulate", "desk")).isZero();
        assertThat(out.toString()).isEqualTo("");
        assertThat(err.toString()).contains("kind: webhook", "secret: \"whsec_");
    }

    /** Types at the next simulators; without a quit at the end they would run on. */
    private void type(String... lines) {
        typed = lines;
        System.setIn(new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private void install(Path jar, Class<? extends SimulatorFactory> factory) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(SimulatorFactory.class.getName()), factory.getName() + "\n");
        Thread.currentThread()
                .setContextClassLoader(new URLClassLoader(new URL[] {jar.toUri().toURL()}, loader));
    }

    private int run(String... arguments) {
        type(typed);
        boolean apart = arguments[0].equals("--json");
        return new Dragoman(Connectors.installed(), name -> null)
                .commandLine(new PrintWriter(out, true), new PrintWriter(apart ? err : out, true))
                .execute(arguments);
    }

    /** A simulator that is not part of the product. */
    public static class PigeonFactory implements SimulatorFactory {
        @Override
        public String kind() {
            return "pigeon";
        }

        @Override
        public String description() {
            return "A pigeon that carries notes.";
        }

        @Override
        public List<Option> options() {
            return List.of(new Option("loft", "PLACE", "tower", "Where it lives."));
        }

        @Override
        public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
            return new Pigeon(options);
        }
    }

    /** One that cannot be started. */
    public static final class DodoFactory extends PigeonFactory {
        @Override
        public String kind() {
            return "dodo";
        }

        @Override
        public Optional<String> missing() {
            return Optional.of("There are no more dodos.");
        }
    }

    private record Pigeon(Map<String, String> settings) implements Simulator {
        @Override
        public String kind() {
            return "pigeon";
        }

        @Override
        public int customerWrites(URI callback, String customer, String text) {
            return 204;
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
