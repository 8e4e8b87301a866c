// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.Connectors;
import io.dragoman.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors that others wrote, in jars that are compiled here. */
final class ConnectorCommandTest {
    private static final String SERVICE = "META-INF/services/io.dragoman.connector.Connector";

    private static final String PIGEON = """
            package org.example.%1$s;
            import io.dragoman.connector.*;
            import io.dragoman.model.CustomerEvent;
            import java.util.List;
            public final class %2$s implements Channel {
                static final Setting<Secret> KEY = Setting.secret("loftKey", "What opens the loft at home.").need();
                public String kind() { return "%1$s"; }
                public String description() { return "%3$s"; }
                public List<Setting<?>> settings() { return List.of(KEY); }
                public RetrySafety retrySafety() { return RetrySafety.NEITHER; }
                public List<CustomerEvent> read(Account account, Verified verified) { return List.of(); }
                public Outcome send(Account account, Outbound.ToCustomer message, Transport transport) {
                    return new Outcome.Sent(null);
                }
                public Limits limits(Account account) { return Limits.text(20, Limits.Unit.CHARACTERS).build(); }
            }
            """;

    private static final String LOFT = """
            package org.example.pigeon;
            import io.dragoman.simulator.*;
            import java.net.URI;
            import java.util.*;
            import java.util.function.Consumer;
            public final class Loft implements SimulatorFactory {
                public String kind() { return "pigeon"; }
                public String description() { return "A loft that pigeons come home to."; }
                public Simulator start(int port, URI callback, Map<String, String> options) {
                    return new Simulator() {
                        public String kind() { return "pigeon"; }
                        public Map<String, String> settings() { return Map.of("loftKey", "under the mat"); }
                        public int customerWrites(URI target, String customer, String text) { return 204; }
                        public List<Delivered> delivered() { return List.of(); }
                        public void listen(Consumer<String> listener) {}
                        public void close() {}
                    };
                }
            }
            """;

    @TempDir
    private static Path made;

    private static Path pigeon;
    private static Path mumbling;
    private static Path telegram;

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", made.toString(), "-cp"));
        arguments.add(System.getProperty("java.class.path"));
        arguments.add(source("pigeon", "Pigeon", "Carries a text on its leg, one at a time."));
        arguments.add(source("mumbling", "Mumbling", "says little"));
        arguments.add(source("telegram", "Telegram", "Calls itself what somebody else is called."));
        arguments.add(Files.writeString(made.resolve("Loft.java"), LOFT).toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        pigeon = jar("pigeon", "Pigeon");
        mumbling = jar("mumbling", "Mumbling");
        telegram = jar("telegram", "Telegram");
    }

    @Test
    void jarOfTheHomeFolderIsListedAndConfigured() throws IOException {
        Path there = Files.createDirectories(home.resolve("connectors")).resolve("pigeon.jar");
        Files.copy(pigeon, there);
        assertThat(run("connectors")).isZero();
        assertThat(out.toString())
                .contains("channel  pigeon       Carries a text on its leg, one at a time. (" + there + ")")
                .contains("channel  telegram ");
        assertThat(run("connectors", "pigeon", "--json")).isZero();
        assertThat(json().path(0).path("jar").asText()).isEqualTo(there.toString());
        assertThat(run("connectors", "telegram", "--json")).isZero();
        assertThat(json().path(0).has("kind")).isTrue();
        assertThat(json().path(0).has("jar")).isFalse();
    }

    @Test
    void goodOnePasses() throws IOException {
        assertThat(run("connector", "test", "pigeon", "--jar", pigeon.toString(), "--json", "--accept-untried"))
                .isZero();
        JsonNode card = json();
        assertThat(card.path("tried").asBoolean()).isFalse();
        assertThat(card.path("good").asBoolean()).isTrue();
        assertThat(card.path("passed").asInt()).isGreaterThanOrEqualTo(8);
        assertThat(card.path("failed").asInt()).isZero();
        assertThat(card.path("checks"))
                .filteredOn(check -> check.path("state").asText().equals("not-applicable"))
                .hasSize(card.path("notApplicable").asInt())
                .allSatisfy(check -> assertThat(check.path("reason").asText()).isNotBlank());
    }

    @Test
    void oneThatNothingWasTriedOfShouldNotEndAsIfItHadPassed() {
        assertThat(run("connector", "test", "pigeon", "--jar", pigeon.toString()))
                .isEqualTo(3);
        assertThat(err.toString())
                .contains("NEXT TO NOTHING IS PROVEN of pigeon", "No SimulatorFactory and no ConnectorSample");
        assertThat(run("connector", "test", "route")).isEqualTo(3);
        err.getBuffer().setLength(0);
        assertThat(run("connector", "test", "messente")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void badOneFailsWithWhatWasFound() {
        assertThat(run("connector", "test", "mumbling", "--jar", mumbling.toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("FAILED          settings: settings explain themselves")
                .contains("found:    the description: says little")
                .contains("expected: a sentence, with its full stop")
                .containsPattern("mumbling: \\d+ passed, 1 failed, \\d+ not applicable\\.");
    }

    @Test
    void kindThatIsNotThereIsRefused() {
        assertThat(run("connector", "test", "pigeo", "--jar", pigeon.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("There is no connector pigeo.", "pigeon");
    }

    @Test
    void kindThatIsTakenIsRefused() throws IOException {
        Files.copy(telegram, Files.createDirectories(home.resolve("connectors")).resolve("t.jar"));
        assertThat(run("check")).isEqualTo(2);
        assertThat(err.toString())
                .contains("t.jar: org.example.telegram.Telegram calls itself telegram, which is the kind of"
                        + " io.dragoman.channel.telegram.Telegram in the program. Give it another kind");
    }

    @Test
    void whatIsNoJarOrDeclaresNothingOrTooMuchIsRefused() throws IOException {
        Path broken = Files.writeString(home.resolve("broken.jar"), "no jar at all");
        assertThat(refusal(broken)).contains("broken.jar is no jar, or is broken");
        assertThat(refusal(home.resolve("gone.jar"))).contains("gone.jar is not there");
        assertThat(refusal(packed("silent.jar", null, List.of())))
                .contains("silent.jar declares no connector: there is no " + SERVICE)
                .contains("Write that file");
        assertThat(refusal(packed("absent.jar", "org.example.Absent", List.of())))
                .contains("absent.jar: a connector that it declares cannot be loaded", "org.example.Absent")
                .contains("Build it against this version");
        assertThat(refusal(packed("ours.jar", "io.dragoman.channel.telegram.Telegram", List.of())))
                .contains("ours.jar: the connectors that it declares are the program's own");
    }

    @Test
    void simulatorInAJarOfTheHomeFolderIsListedExplainedAndStarted() throws IOException {
        withLoft("org.example.pigeon.Loft");
        assertThat(run("simulate")).isZero();
        assertThat(out.toString()).contains("pigeon     A loft that pigeons come home to.", "whatsapp");
        assertThat(run("simulate", "pigeon", "--help")).isZero();
        assertThat(out.toString()).contains("simulate pigeon", "--callback=URL", "--home=DIR");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("quit\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("simulate", "pigeon")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).contains("simulated-pigeon:", "loftKey: \"under the mat\"");
        assertThat(run("simulate", "pigeo")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean pigeon?");
    }

    @Test
    void simulatorOfTheHomeFolderThatCannotBeLoadedIsRefused() throws IOException {
        withLoft("org.example.pigeon.Absent");
        assertThat(run("simulate")).isEqualTo(2);
        assertThat(err.toString())
                .contains("a simulator in a jar of " + home.resolve("connectors") + " cannot be loaded")
                .contains("org.example.pigeon.Absent", "META-INF/services");
        assertThat(new Dragoman(Connectors.installed(), name -> null)
                        .commandLine(new PrintWriter(out), new PrintWriter(err))
                        .execute("simulate", "--home=" + made))
                .as("another folder")
                .isZero();
    }

    private void withLoft(String factory) throws IOException {
        Path declared = Files.createDirectories(home.resolve("META-INF/services"))
                .resolve("io.dragoman.simulator.SimulatorFactory");
        Files.writeString(declared, factory);
        Path jar = Files.createDirectories(home.resolve("connectors")).resolve("pigeon.jar");
        List<Path> files = new ArrayList<>(List.of(declared));
        for (String name : List.of("Pigeon", "Loft", "Loft$1")) {
            Path compiled = Path.of("org/example/pigeon/" + name + ".class");
            Files.createDirectories(home.resolve(compiled).getParent());
            Files.copy(made.resolve(compiled), home.resolve(compiled));
            files.add(home.resolve(compiled));
        }
        packed(jar, "org.example.pigeon.Pigeon", home, files);
    }

    @Test
    void simulatorThatCannotBeLoadedIsTold() throws IOException {
        Path declared = Files.createDirectories(made.resolve("META-INF/services"))
                .resolve("io.dragoman.simulator.SimulatorFactory");
        Files.writeString(declared, "org.example.pigeon.Absent");
        Path compiled = made.resolve("org/example/pigeon/Pigeon.class");
        Path jar = packed(home.resolve("odd.jar"), "org.example.pigeon.Pigeon", made, List.of(compiled, declared));
        assertThat(run("connector", "test", "pigeon", "--jar", jar.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "what pigeon is tried with, a simulator or a sample, cannot be loaded",
                        "org.example.pigeon.Absent")
                .contains("META-INF/services");
    }

    private String refusal(Path jar) {
        err.getBuffer().setLength(0);
        assertThat(run("connector", "test", "telegram", "--jar", jar.toString()))
                .isEqualTo(2);
        return err.toString();
    }

    private static String source(String kind, String name, String description) throws IOException {
        return Files.writeString(made.resolve(name + ".java"), PIGEON.formatted(kind, name, description))
                .toString();
    }

    private static Path jar(String kind, String name) throws IOException {
        Path compiled = made.resolve("org/example/" + kind + "/" + name + ".class");
        return packed(made.resolve(kind + ".jar"), "org.example." + kind + "." + name, made, List.of(compiled));
    }

    private Path packed(String name, String service, List<Path> files) throws IOException {
        return packed(home.resolve(name), service, home, files);
    }

    private static Path packed(Path jar, String service, Path root, List<Path> files) throws IOException {
        List<Path> all = new ArrayList<>(files);
        try (OutputStream bytes = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(bytes)) {
            packed.putNextEntry(new JarEntry("readme.txt"));
            if (service != null) {
                packed.putNextEntry(new JarEntry(SERVICE));
                packed.write(service.getBytes(StandardCharsets.UTF_8));
            }
            for (Path file : all) {
                packed.putNextEntry(new JarEntry(root.relativize(file).toString()));
                packed.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private JsonNode json() throws IOException {
        return Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", home.toString()));
        return new Dragoman(Connectors.installed(), name -> null)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
