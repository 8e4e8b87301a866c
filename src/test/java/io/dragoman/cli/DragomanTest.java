// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help;

final class DragomanTest {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;

    DragomanTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder)
                .write("gateway", "http: {publicUrl: https://chat.example.com}\n")
                .write("channels", "channels:\n  polly: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .write("rules", "rules:\n  - {name: სამუშაო საათები, team: a}\n  - {name: \"${env:TOKEN}\", team: b}\n")
                .write("replies", "replies:\n  later: {en: Later}\n")
                .variable("TOKEN", "s3cret-word");
    }

    @Test
    void checkShowsWhatItUnderstood() {
        assertThat(run("check", "--home", folder.toString())).isZero();
        assertThat(out.toString())
                .contains("Public port  0.0.0.0:8080, from outside https://chat.example.com")
                .containsPattern("polly +parrot +https://chat.example.com/channels/polly")
                .contains("Desks        1, conversations go to inbox")
                .contains("Rules        2: სამუშაო საათები, ${env:TOKEN}")
                .contains("Replies      1: later")
                .contains("The configuration is valid, with no warnings.")
                .doesNotContain("s3cret-word");
    }

    @Test
    void checkOfABrokenConfigurationEndsWithTwo() {
        home.write("channels", "channels:\n  polly: {kind: parot, token: s3cret-word}\n");
        assertThat(run("--home", folder.toString(), "check")).isEqualTo(2);
        assertThat(out.toString())
                .contains("error    config/channels.yaml:2:17 channels.polly.kind is 'parot'")
                .contains("The configuration is invalid: 1 error and 0 warnings.")
                .doesNotContain("s3cret-word");
    }

    @Test
    void checkSpeaksJson() throws IOException {
        home.write("desks", "desks:\n  a: {kind: local}\n  b: {kind: hook, url: https://x.example, secret: s3cret}\n")
                .write("gateway", "desk: b\n");
        assertThat(run("check", "--json", "--home", folder.toString())).isZero();
        JsonNode report = Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(report.at("/ok").asBoolean()).isTrue();
        assertThat(report.at("/configuration/channels/0/webhook").asText())
                .isEqualTo("http://localhost:8080/channels/polly");
        assertThat(report.at("/configuration/desk").asText()).isEqualTo("b");
        assertThat(report.at("/problems/0/warning").asBoolean()).isTrue();
        assertThat(out.toString()).doesNotContain("s3cret");

        home.write("gateway", "desk: c\n");
        assertThat(run("check", "--json", "--home", folder.toString())).isEqualTo(2);
        JsonNode broken = Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(broken.at("/ok").asBoolean()).isFalse();
        assertThat(broken.findValues("line")).isNotEmpty();
    }

    @Test
    void homeComesFromTheEnvironment() {
        home.variable("DRAGOMAN_HOME", folder.toString());
        assertThat(run("check")).isZero();
        assertThat(out.toString()).contains(folder.toString());
    }

    @Test
    void connectorsAreListedAndOneIsShown() throws IOException {
        assertThat(run("connectors")).isZero();
        assertThat(out.toString()).contains("channel  parrot       Speaks to parrots.", "desk     local");
        assertThat(run("connectors", "parrot")).isZero();
        assertThat(out.toString()).containsPattern("cage.host +\\(required\\) Host of the cage");
        assertThat(run("connectors", "--json")).isZero();
        assertThat(Json.tree(out.toString().getBytes(StandardCharsets.UTF_8))
                        .at("/0/settings/0/type")
                        .asText())
                .isEqualTo("secret");
        assertThat(run("connectors", "parot")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no connector parot. Did you mean 'parrot'?");
        assertThat(run("connectors", "--docs")).isZero();
        assertThat(out.toString()).startsWith("# Configuration");
        assertThat(run("connectors", "--schema")).isZero();
        assertThat(out.toString()).startsWith("{");
    }

    @Test
    void initWritesAConfigurationThatIsValidAndOverwritesNothing(@TempDir Path empty) throws IOException {
        Path chat = empty.resolve("chat");
        assertThat(run("init", chat.toString())).isZero();
        assertThat(out.toString()).contains("./dragoman check --home " + chat);
        assertThat(run("check", "--home", chat.toString())).isZero();
        assertThat(out.toString()).contains("The configuration is valid");
        assertThat(Files.isDirectory(chat.resolve("routes"))).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(chat.resolve(".env.sample"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(chat.resolve("config/rules.yaml")).lines().filter(line -> !line.startsWith("#")))
                .as("no rule answers customers before an operator wrote one")
                .containsOnly("rules:", "");
        Files.writeString(chat.resolve("config/rules.yaml"), "rules: []\n");
        assertThat(run("init", "--home", chat.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("nothing was written", chat.resolve("config/gateway.yaml") + " and 11 more");
        assertThat(Files.readString(chat.resolve("config/rules.yaml"))).isEqualTo("rules: []\n");
        assertThat(run("init", chat.resolve(".env.sample").resolve("x").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("cannot be written").doesNotContain("Exception");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatInitPrintsWorksWhereItWasTyped(@TempDir Path empty) throws Exception {
        Path chat = empty.resolve("Ana's chat");
        home.variable("DRAGOMAN_LAUNCHER", "../unpacked here/dragoman");
        assertThat(run("init", chat.toString())).isZero();
        String there = " --home '" + chat.toString().replace("'", "'\\''") + "'\n";
        assertThat(out.toString())
                .doesNotContain("cd ")
                .contains("  '../unpacked here/dragoman' check" + there, "  '../unpacked here/dragoman' run" + there);
        Files.writeString(chat.resolve(".env.sample"), "WORD=read\n");
        String typed = out.toString()
                .lines()
                .filter(line -> line.contains(".env"))
                .skip(1)
                .map(line -> line.replaceFirst(" {5}.*", ""))
                .collect(Collectors.joining("\n"));
        Process shell = new ProcessBuilder("sh", "-c", typed + "\necho \"$WORD\"")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("read\n");
    }

    @Test
    void helpShowsWholeSentencesInEightyColumns() {
        CommandLine all = new Dragoman(Connectors.installed(), name -> null)
                .commandLine(new PrintWriter(out), new PrintWriter(err));
        commands(all).forEach(command -> {
            String[] description = command.getCommandSpec().usageMessage().description();
            // a list of commands shows the first line alone
            assertThat(description).as(command.getCommandName()).allSatisfy(line -> assertThat(line)
                    .matches("(?s).*[.:]"));
            String usage =
                    command.setUsageHelpWidth(80).setUsageHelpAutoWidth(false).getUsageMessage(Help.Ansi.OFF);
            assertThat(usage.lines()).as(command.getCommandName()).allSatisfy(line -> assertThat(line.length())
                    .isLessThanOrEqualTo(80));
            String words = usage.replaceAll("\\s+", " ");
            for (String line : description) {
                assertThat(words).contains(line.replaceAll("\\s+", " "));
            }
            command.getSubcommands().values().forEach(below -> assertThat(words)
                    .contains(below.getCommandSpec()
                            .usageMessage()
                            .description()[0]
                            .replaceAll("\\s+", " ")));
        });
    }

    @Test
    void whereTheArgumentsNameACommandItAloneIsMadeReady() {
        assertThat(Subcommands.named("check", "--json")).containsExactly(Check.class);
        assertThat(Subcommands.named("--home", "run", "--json", "check", "run")).containsExactly(Check.class);
        assertThat(Subcommands.named("--tenant", "run", "check")).containsExactly(Check.class);
        assertThat(Subcommands.named("--home=run", "check")).containsExactly(Check.class);
        assertThat(Subcommands.named("--tenant", "run", "check")).containsExactly(Check.class);
        assertThat(Subcommands.named("chek")).isEqualTo(Subcommands.ALL);
        assertThat(Subcommands.named("--help")).isEqualTo(Subcommands.ALL);
        assertThat(Subcommands.named("--home")).isEqualTo(Subcommands.ALL);
    }

    private static List<CommandLine> commands(CommandLine top) {
        List<CommandLine> all = new ArrayList<>(List.of(top));
        top.getSubcommands().values().forEach(command -> all.addAll(commands(command)));
        return all;
    }

    @Test
    void mistypedCommandsAndOptionsAreCorrected() {
        assertThat(run("chek")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no command chek in dragoman. Did you mean check?", "Commands: ");
        assertThat(run("check", "--jsn")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no option --jsn in dragoman check. Did you mean --json?");
        assertThat(run("check", "--home")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Which command?");
    }

    @Test
    void helpAndVersionHelp() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("check", "connectors", "--home=DIR", "Exit codes:");
        assertThat(run("check", "--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "--json");
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("dragoman ");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
    }
}
