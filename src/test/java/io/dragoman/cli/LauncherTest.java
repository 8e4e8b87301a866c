// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher, with a Java and a Maven that only say what they were asked. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
    private final Path temporary;
    private final Path project;
    private final Path jdk;
    private final Path tools;
    private final Map<String, String> environment = new HashMap<>();

    LauncherTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        project = Files.createDirectories(temporary.resolve("a project"));
        jdk = temporary.resolve("jdk");
        tools = Files.createDirectories(temporary.resolve("tools"));
        Files.createDirectories(project.resolve("src/main"));
        Files.writeString(project.resolve("src/main/A.java"), "");
        Files.writeString(project.resolve("pom.xml"), "");
        Files.copy(Path.of("dragoman"), project.resolve("dragoman"));
        program(project.resolve("dragoman"), Files.readString(Path.of("dragoman")));
        program(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '[%s]' \"$PWD\" \"$@\"\n");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        program(
                tools.resolve("mvn"),
                "#!/bin/sh\necho \"mvn $* in $PWD\"\nmkdir -p target/lib\n: >target/dragoman.jar\n");
    }

    @Test
    void buildsOnceThenJustRuns() throws Exception {
        Said first = run(temporary, project.resolve("dragoman"), "check", "--home", "my home");
        assertThat(first.code).isZero();
        assertThat(first.err)
                .contains(
                        "building in " + project.toRealPath() + ", about 2 minutes, once",
                        "mvn -q -Dmaven.test.skip=true -Dassembly.skipAssembly=true package in "
                                + project.toRealPath());
        assertThat(first.out)
                .as("relative folders are those of the caller")
                .startsWith("[" + temporary.toRealPath() + "]")
                .contains("[-cp][" + project.toRealPath() + "/target/dragoman.jar:" + project.toRealPath()
                        + "/target/lib/*][io.dragoman.cli.Dragoman][check][--home][my home]");
        assertThat(run(temporary, project.resolve("dragoman")).err).isEmpty();

        Files.setLastModifiedTime(
                project.resolve("src/main/A.java"), FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        assertThat(run(temporary, project.resolve("dragoman")).err).contains("were changed: building again");
    }

    @Test
    void jarsOfTheHomeFolderAreOnTheClassPathBehindOurs() throws Exception {
        Path home = temporary.resolve("my home");
        Path launcher = project.resolve("dragoman");
        assertThat(run(temporary, launcher, "run", "--home", home.toString()).out)
                .as("no folder, nothing added")
                .contains("/target/lib/*][");
        Files.createDirectories(home.resolve("lib"));
        String added = "/target/lib/*:" + home + "/lib/*][io.dragoman.cli.Dragoman]";
        assertThat(run(temporary, launcher, "run", "--home", home.toString()).out)
                .contains(added);
        assertThat(run(temporary, launcher, "--home=" + home, "run").out).contains(added);
        assertThat(run(home, launcher, "run").out).contains("/target/lib/*:./lib/*][");
        environment.put("DRAGOMAN_HOME", home.toString());
        assertThat(run(temporary, launcher, "run").out).contains(added);
        assertThat(run(temporary, launcher, "run", "--home", ".").out)
                .as("the command line's word counts")
                .contains("/target/lib/*][");
    }

    @Test
    void onlyTheDemoAndSimulatorsGetTheirLibraries() throws Exception {
        String folder = ":" + project.resolve("target/demo-lib/*");
        assertThat(run(temporary, project.resolve("dragoman"), "demo", "--exit").out)
                .contains("/target/lib/*" + folder);
        assertThat(run(temporary, project.resolve("dragoman"), "--home", "x", "simulate", "mail").out)
                .contains("/target/lib/*" + folder);
        assertThat(run(temporary, project.resolve("dragoman"), "run", "--home", "demo-home").out)
                .contains("/target/lib/*]")
                .doesNotContain("demo-lib");
    }

    @Test
    void programKnowsHowItWasCalled() throws Exception {
        Path archive = archive();
        program(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s' \"$DRAGOMAN_LAUNCHER\"\n");
        environment.put("DRAGOMAN_LAUNCHER", "another");
        assertThat(run(archive, Path.of("./dragoman"), "init", "home").out).isEqualTo("./dragoman");
        assertThat(run(temporary, archive.resolve("dragoman"), "init", "home").out)
                .isEqualTo(archive.resolve("dragoman").toString());
    }

    @Test
    void worksThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("relative"), Path.of("a project/dragoman"));
        Path other = Files.createSymbolicLink(tools.resolve("dragoman"), link);
        assertThat(run(tools, other, "check").out).contains(project.toRealPath() + "/target/dragoman.jar");
    }

    @Test
    void theArchiveRunsAsItIsAndNothingIsWrittenThere() throws Exception {
        Path archive = archive();
        Said said = run(temporary, archive.resolve("dragoman"), "run", "--home", "elsewhere");
        assertThat(said.code).as(said.err).isZero();
        assertThat(said.out)
                .contains("[-cp][" + archive + "/dragoman.jar:" + archive + "/lib/*][io.dragoman.cli.Dragoman]");
        assertThat(run(archive, archive.resolve("dragoman"), "demo").out)
                .as("its own libraries once, although its folder is the home")
                .contains(archive + "/lib/*:" + archive + "/demo-lib/*][");
        try (Stream<Path> files = Files.list(archive)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("dragoman", "dragoman.jar", "lib", "demo-lib");
        }
    }

    @Test
    void anIncompleteArchiveSaysSo() throws Exception {
        Path archive = archive();
        Files.delete(archive.resolve("dragoman.jar"));
        Said said = run(temporary, archive.resolve("dragoman"));
        assertThat(said.code).isEqualTo(2);
        assertThat(said.err).contains("there is no " + archive + "/dragoman.jar", "Unpack the archive again");
    }

    @Test
    void whoMayNotBuildIsToldWhoMay() throws Exception {
        Files.writeString(project.resolve("target"), "even root cannot make a folder of it");
        Said said = run(temporary, project.resolve("dragoman"), "check");
        assertThat(said.code).isEqualTo(2);
        assertThat(said.err)
                .contains("are not built yet", "you may not write there", "dragoman --version", "docs/install.md")
                .doesNotContain("mkdir");
        assertThat(said.out).isEmpty();
    }

    @Test
    void optionsComeAfterOursSoThatTheyCount() throws Exception {
        Path launcher = project.resolve("dragoman");
        assertThat(run(temporary, launcher).out)
                .contains("[-Xmx256m]", "[-XX:+UseSerialGC]", "[-XX:+ExitOnOutOfMemoryError]");
        environment.put("DRAGOMAN_JAVA_OPTS", "-Xmx1g -Dsome=thing");
        assertThat(run(temporary, launcher).out)
                .containsSubsequence("[-Xmx256m]", "[-XX:+ExitOnOutOfMemoryError]", "[-Xmx1g][-Dsome=thing][-cp]");
        environment.put("DRAGOMAN_JAVA_OPTS", "-XX:+UseG1GC");
        assertThat(run(temporary, launcher).out)
                .as("Java does not start with two collectors")
                .contains("[-XX:+UseG1GC][-cp]")
                .doesNotContain("UseSerialGC");
    }

    @Test
    void aRunLeavesAnArchiveOfItsClassesForLaterStarts() throws Exception {
        Path archive = archive();
        Path home = temporary.resolve("my home");
        String[] run = {"run", "--home", home.toString()};
        Path launcher = archive.resolve("dragoman");
        assertThat(run(temporary, launcher, run).out)
                .as("no data folder to leave it in")
                .doesNotContain(".jsa", "-Xlog");
        Path data = Files.createDirectories(home.resolve("data"));
        String leave = "[-XX:ArchiveClassesAtExit=" + data + "/classes-";
        String first = run(temporary, launcher, run).out;
        assertThat(first).contains(leave, ".jsa][-Xlog:cds*=off]");
        assertThat(run(temporary, launcher, "status", "--home", home.toString()).out)
                .as("only a run loads the classes of one")
                .doesNotContain(".jsa");

        Path classes = Path.of(first.substring(first.indexOf(data.toString()), first.indexOf(".jsa]") + 4));
        Files.write(classes, new byte[1_000]);
        assertThat(run(temporary, launcher, run).out).as("a start that failed").contains(leave);
        Files.write(classes, new byte[21_000_000]);
        String use = "[-XX:SharedArchiveFile=" + classes + "][-Xlog:cds*=off]";
        assertThat(run(temporary, launcher, run).out).contains(use);
        assertThat(run(temporary, launcher, "status", "--home", home.toString()).out)
                .contains(use);

        Files.writeString(archive.resolve("dragoman.jar"), "another version");
        assertThat(run(temporary, launcher, run).out).contains(leave).doesNotContain(classes.toString());
        assertThat(classes).as("of the version before").doesNotExist();
    }

    @Test
    void besideTheSourcesTheArchiveOfClassesIsTheirs() throws Exception {
        Path home = Files.createDirectories(temporary.resolve("my home/data")).getParent();
        assertThat(run(temporary, project.resolve("dragoman"), "run", "--home", home.toString()).out)
                .contains("[-XX:ArchiveClassesAtExit=" + project.toRealPath() + "/target/classes-");
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Said said = run(temporary, project.resolve("dragoman"));
        assertThat(said.code).isEqualTo(2);
        assertThat(said.err).contains("Java 17 or newer is needed", "is version 11");
    }

    @ParameterizedTest
    @CsvSource({
        "17.0.1, false, false",
        "23.0.2, false, false",
        "24, true, true",
        "25.0.3, true, true",
        "26, true, false"
    })
    void aJavaThatWarnsIsToldThatItIsMeant(String version, boolean nativeCode, boolean unsafe) throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        String out = run(temporary, project.resolve("dragoman"), "check").out;
        assertThat(out.contains("[--enable-native-access=ALL-UNNAMED]")).isEqualTo(nativeCode);
        assertThat(out.contains("[--sun-misc-unsafe-memory-access=allow]")).isEqualTo(unsafe);
        assertThat(out).contains("[-Djdk.serialFilter=!*]");
    }

    @Test
    void aFailedBuildSaysSo() throws Exception {
        program(tools.resolve("mvn"), "#!/bin/sh\necho 'does not compile'\nexit 1\n");
        Said said = run(temporary, project.resolve("dragoman"));
        assertThat(said.code).isEqualTo(1);
        assertThat(said.out).isEmpty();
        assertThat(said.err).contains("does not compile", "the build failed");
    }

    /** What the launcher stands in when it was unpacked from the archive. */
    private Path archive() throws IOException {
        Path archive = Files.createDirectories(temporary.resolve("an archive")).toRealPath();
        program(archive.resolve("dragoman"), Files.readString(Path.of("dragoman")));
        Files.writeString(archive.resolve("dragoman.jar"), "");
        Files.createDirectory(archive.resolve("lib"));
        Files.createDirectory(archive.resolve("demo-lib"));
        return archive;
    }

    private Said run(Path folder, Path launcher, String... arguments) throws IOException, InterruptedException {
        Path err = temporary.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(launcher.toString()), Arrays.stream(arguments))
                                .toList())
                .directory(folder.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("DRAGOMAN_JAVA_OPTS");
        builder.environment().remove("DRAGOMAN_HOME");
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", tools.toString(), (path, ours) -> ours + ":" + path);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), out, Files.readString(err));
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Said(int code, String out, String err) {}
}
