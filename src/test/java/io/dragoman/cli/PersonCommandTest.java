// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a person, and the measures, on the command line: beside a running gateway and without one. */
final class PersonCommandTest {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;

    PersonCommandTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder)
                .write("channels", "channels:\n  polly: {kind: parrot, token: \"${env:NOT_AT_HAND}\"}\n")
                .write("hours", "hours: {default: {zone: UTC, week: {mon-sun: [\"00:00-24:00\"]}}}\n");
    }

    @Test
    void personIsExportedByAddressAndErasedByTheGatewayOrWithoutOne() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            for (String who : List.of("anastasia", "bernadette", "cornelia")) {
                test.post("[{\"id\":\"" + who + "1\",\"from\":\"" + who + "\",\"text\":\"words of " + who + "\"}]");
            }
            TestGateway.await("all notices", () -> test.desk.sent.size() == 3);
            assertThat(run(
                            "person",
                            "export",
                            "anastasia",
                            "--out",
                            folder.resolve("ana").toString()))
                    .isZero();
            assertThat(Files.readString(folder.resolve("ana/person.json")))
                    .contains("words of anastasia", "\"address\":\"anastasia\"")
                    .doesNotContain("bernadette");
            assertThat(run(
                            "person",
                            "export",
                            "anastasia",
                            "--out",
                            folder.resolve("ana").toString()))
                    .isEqualTo(1);
            assertThat(run("person", "erase", "anastasia")).isZero();
            assertThat(out.toString()).contains("1 conversations would be erased for good");
            assertThat(run("person", "erase", "anastasia", "--yes")).isZero();
            assertThat(out.toString()).contains("Erased: ", "1 messages", "1 contacts");
            assertThat(run("person", "export", "anastasia")).isEqualTo(1);
            assertThat(err.toString()).contains("There is no contact with this id or address.");
        }
        assertThat(run("person", "erase", "bernadette", "--yes")).isZero();
        assertThat(out.toString()).contains("Erased: ", "1 messages", "1 contacts");
        assertThat(run("conversations")).isZero();
        assertThat(out.toString()).contains("cornelia").doesNotContain("anastasia", "bernadette");

        assertThat(run("report", "--by", "channel")).isZero();
        assertThat(out.toString()).contains("channel shop\n  1 conversations", "open now 1", "in business hours - / -");
        assertThat(run("report", "--by", "hour", "--csv", "--zone", "Europe/Berlin"))
                .isZero();
        assertThat(out.toString().lines().toList()).hasSize(2);
        assertThat(run("report", "--by", "mood")).isEqualTo(2);
        assertThat(run("report")).isZero();
        assertThat(out.toString()).contains("Measures from ", "all\n  1 conversations");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.toString()));
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all.toArray(new String[0]));
    }
}
