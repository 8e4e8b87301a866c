// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.FreePort;
import io.dragoman.config.Connectors;
import io.dragoman.config.SharedSettings;
import io.dragoman.tenant.Tenants;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants as the command line adds, lists, stops and names them. */
final class TenantsCommandTest {
    private final Path top;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    TenantsCommandTest(@TempDir Path top) {
        this.top = top;
    }

    @Test
    @DisplayName("a newcomer adds two, checks and starts them, and every command is told which by --tenant")
    void newcomerShouldRunTwo() throws Exception {
        assertThat(run("tenants")).isEqualTo(Dragoman.FAILED);
        assertThat(err.toString()).contains("./dragoman tenants add NAME");
        assertThat(run("tenants", "add", "Acme")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("'Acme' is no name of a tenant");
        for (String name : List.of("acme", "my-shop")) {
            assertThat(run("tenants", "add", name)).as(err.toString()).isZero();
        }
        assertThat(run("tenants", "add", "acme")).isEqualTo(Dragoman.FAILED);
        assertThat(run("tenants")).as("stopped at first: nothing is wrong").isZero();
        assertThat(out.toString()).containsPattern("acme +stopped").containsPattern("my-shop +stopped");
        Files.writeString(
                top.resolve("config/gateway.yaml"),
                "http: {host: 127.0.0.1, port: " + FreePort.find() + "}\nadmin: {port: " + FreePort.find() + "}\n");
        assertThat(run("check")).as(out.toString() + err).isZero();
        assertThat(out.toString()).contains("Tenant       acme", "Tenant       my-shop", "/t/my-shop");
        assertThat(run("tenants", "start", "acme")).isZero();
        assertThat(run("tenants")).isEqualTo(Dragoman.FAILED);
        assertThat(out.toString()).containsPattern("acme +not running");

        try (Tenants tenants = Tenants.start(
                new Tenants.Place(top, home -> Connectors.installed(), name -> null),
                SharedSettings.read(top, name -> null),
                Clock.systemUTC(),
                new SecureRandom())) {
            assertThat(run("tenants")).as(out.toString() + err).isZero();
            assertThat(out.toString()).containsPattern("acme +running\n").containsPattern("my-shop +stopped");
            assertThat(run("status", "--tenant", "acme")).as(err.toString()).isZero();
            assertThat(out.toString()).contains(" is ready, up ");
            assertThat(run("--tenant=acme", "conversations", "--json"))
                    .as(err.toString())
                    .isZero();
            assertThat(run("tenants", "start", "my-shop")).isZero();
            tenants.look();
            assertThat(run("status", "--tenant", "my-shop")).as(err.toString()).isZero();
            assertThat(run("tenants", "stop", "my-shop")).isZero();
            tenants.look();
            assertThat(run("status", "--tenant", "my-shop")).isEqualTo(Dragoman.FAILED);
        }
    }

    @Test
    @DisplayName("a command that is for one tenant asks which; one that names none that is there is told who is")
    void commandsShouldAskWhich() throws Exception {
        run("tenants", "add", "acme");
        run("tenants", "add", "my-shop");
        for (String command : List.of("status", "conversations", "ledger", "dead list", "report", "audit")) {
            assertThat(run(command.split(" "))).as(command).isEqualTo(Dragoman.WRONG);
            assertThat(err.toString()).contains("Add --tenant NAME: acme, my-shop.");
        }
        assertThat(run("status", "--tenant", "amce")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("There is no tenant amce", "Known: acme, my-shop.");
        assertThat(run("status", "--tenant", "../acme")).isEqualTo(Dragoman.WRONG);
        assertThat(run("run", "--tenant", "acme")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("acme is a tenant of").contains("./dragoman run --home " + top);
        assertThat(run("run", "--home", top.resolve("tenants/acme").toString())).isEqualTo(Dragoman.WRONG);
        assertThat(run("connectors", "telegram")).isZero();
        assertThat(run("tenants", "stop", "acm")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("There is no tenant acm");
    }

    @Test
    @DisplayName("the home of a gateway that stands alone is not made one with tenants by the way")
    void ownHomeShouldStay() throws Exception {
        assertThat(run("init")).isZero();
        assertThat(run("tenants", "add", "acme")).isEqualTo(Dragoman.FAILED);
        assertThat(err.toString()).contains("stands alone, and nothing was written");
        assertThat(top.resolve("tenants")).doesNotExist();
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return new Dragoman(Connectors.installed(), Map.of("DRAGOMAN_HOME", top.toString())::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
    }
}
