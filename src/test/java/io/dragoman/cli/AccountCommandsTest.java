// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.FiledGateway;
import io.dragoman.FreePort;
import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels, desks, rules and secrets changed from the command line, with no gateway running. */
final class AccountCommandsTest {
    private static final String CHANNELS = """
            # ours
            channels:
              sms: {kind: messente, username: u, password: "written-out", from: "+15550100", insecure: true} # the shop
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;

    AccountCommandsTest(@TempDir Path folder) {
        home = new Home(folder)
                .write("gateway", "http: {publicUrl: https://chat.example.com}\n")
                .write("channels", CHANNELS)
                .write("rules", "rules:\n  - name: All\n    team: first\n    stop: true\n");
    }

    private int run(String... arguments) {
        return run(home, arguments);
    }

    private int run(Home home, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.folder().toString();
        return new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all);
    }

    private String channels() throws Exception {
        return Files.readString(home.folder().resolve("config/channels.yaml"));
    }

    @Test
    void aChannelIsShownSetAndRemoved() throws Exception {
        assertThat(run("channel", "list")).isZero();
        assertThat(out.toString()).isEqualTo("sms  messente  config/channels.yaml:3\n");
        assertThat(run("channel", "show", "sms")).isZero();
        assertThat(out.toString())
                .contains("username: u", "password: (written out, not shown)")
                .doesNotContain("written-out");
        assertThat(run("channel", "set", "sms", "from=+15550199", "--dry-run")).isZero();
        assertThat(out.toString()).contains("config/channels.yaml:3 would be changed; nothing was.");
        assertThat(channels()).isEqualTo(CHANNELS);
        assertThat(run("channel", "set", "sms", "from=+15550199")).isZero();
        assertThat(channels()).isEqualTo(CHANNELS.replace("+15550100", "+15550199"));
        assertThat(run("channel", "set", "sms", "from=+15550199")).isZero();
        assertThat(out.toString()).contains("says so already");
        assertThat(run("channel", "set", "sms", "frm=1")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("frm is not a known key", "nothing was changed");
        assertThat(run("channel", "set", "new", "from=1")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("--kind KIND");
        assertThat(run("channel", "remove", "sms")).isZero();
        assertThat(channels()).isEqualTo("# ours\nchannels:\n");
        assertThat(run("channel", "remove", "sms")).isEqualTo(Dragoman.WRONG);
        assertThat(run("channel", "show", "sms")).isEqualTo(Dragoman.WRONG);
        assertThat(run("channel", "test", "sms")).isEqualTo(Dragoman.FAILED);
        assertThat(err.toString()).contains("does not run here");
    }

    private void plainSecretsAreRefusedByTheirArguments(Home at) throws Exception {
        for (String[] given : new String[][] {
            {"channel", "sms", "--kind", "messente", "username=u", "password"},
            {"desk", "zammad", "--kind", "http", "profile=zammad", "baseUrl=https://zammad.example.com", "token"}
        }) {
            String name = given[given.length - 1];
            given[given.length - 1] = name + "=s3cret-word";
            List<String> all = new ArrayList<>(List.of(given));
            all.add(1, "set");
            all.add("--dry-run");
            assertThat(run(at, all.toArray(String[]::new))).isEqualTo(Dragoman.WRONG);
            assertThat(err.toString())
                    .contains(
                            "the argument '" + name + "=…' is a secret and must be a reference: ${file:secrets/NAME}",
                            "`./dragoman secret NAME`",
                            "nothing was changed")
                    .doesNotContain(":0", "s3cret-word");
        }
        assertThat(run(at, "desk", "set", "own", "--kind", "local", "1 2=3")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString())
                .startsWith("config/desks.yaml has no setting of such a name")
                .doesNotContain(":0");
    }

    @Test
    void aPlainSecretIsRefusedByItsArgument() throws Exception {
        plainSecretsAreRefusedByTheirArguments(home);
    }

    @Test
    void aDeskAndASecretAreAdded() throws Exception {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("s3cret-word\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("secret", "desk")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).isEqualTo("${file:secrets/desk}\n");
        assertThat(Files.readString(home.folder().resolve("secrets/desk"))).isEqualTo("s3cret-word");
        assertThat(run("desk", "set", "own", "--kind", "local")).isZero();
        assertThat(run("desk", "list", "--json")).isZero();
        assertThat(out.toString()).contains("\"id\":\"own\"", "\"kind\":\"local\"");
    }

    @Test
    void rulesAreListedAndReplaced(@TempDir Path other) throws Exception {
        assertThat(run("rules", "list")).isZero();
        assertThat(out.toString()).contains("All\n", "sets team to 'first'", "stops here");
        Path bad = Files.writeString(other.resolve("bad.yaml"), "rules:\n  - nme: x\n");
        assertThat(run("rules", "set", bad.toString())).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("nme is not a known key");
        Path good = Files.writeString(other.resolve("good.yaml"), "rules: []\n");
        assertThat(run("rules", "set", good.toString())).isZero();
        assertThat(Files.readString(home.folder().resolve("config/rules.yaml"))).isEqualTo("rules: []\n");
        assertThat(run("rules", "shadow", good.toString())).isEqualTo(Dragoman.FAILED);
        assertThat(run("rules", "shadow", "--end", good.toString())).isEqualTo(Dragoman.WRONG);
    }

    @Test
    void aRunningGatewayMakesTheChange(@TempDir Path running) throws Exception {
        Home other = new Home(running);
        int port = FreePort.find();
        try (FiledGateway test =
                new FiledGateway(running, Map.of("channels", CHANNELS, "gateway", "admin: {port: " + port + "}\n"))) {
            plainSecretsAreRefusedByTheirArguments(other);
            assertThat(run(other, "channel", "list")).isZero();
            assertThat(out.toString()).contains("sms  messente  waiting", "    nothing was posted yet");
            assertThat(run(other, "channel", "set", "sms", "from=+15550199"))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).isEqualTo("config/channels.yaml:3 was changed and is in force.\n");
            assertThat(run(other, "channel", "set", "sms", "frm=1")).isEqualTo(Dragoman.WRONG);
            assertThat(err.toString()).contains("frm is not a known key", "nothing was changed");
            assertThat(run(other, "channel", "show", "sms")).isZero();
            assertThat(out.toString()).contains("posts to https://chat.example.com/channels/sms", "from: +15550199");
            assertThat(run(other, "channel", "test", "sms")).isZero();
            assertThat(out.toString()).contains("not-checked  the channel");
            assertThat(run(other, "desk", "set", "own", "--kind", "local", "--json"))
                    .isZero();
            assertThat(out.toString()).contains("\"reloaded\":true");
            assertThat(run(other, "rules", "list")).isZero();
            assertThat(out.toString()).isEqualTo("There are no rules.\n");
            Path rules = Files.writeString(running.resolve("other.yaml"), "rules:\n  - name: A\n    team: a\n");
            assertThat(run(other, "rules", "shadow", rules.toString())).isZero();
            assertThat(out.toString()).startsWith("0 of 0 messages since ");
            assertThat(run(other, "rules", "set", rules.toString())).isZero();
            assertThat(run(other, "rules", "shadow", "--end")).isZero();
            assertThat(run(other, "channel", "remove", "sms")).isZero();
            assertThat(test.get("channels")).isEmpty();
        }
        assertThat(run(other, "desk", "set", "own", "onUncertain=hold", "--dry-run"))
                .isEqualTo(Dragoman.WRONG);
        assertThat(run(other, "desk", "set", "second", "--kind", "local")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("There are several desks");
        assertThat(run(other, "desk", "set", "own", "enabled=true"))
                .as(err.toString())
                .isZero();
        assertThat(run(other, "audit", "--json")).isZero();
        assertThat(out.toString())
                .contains("\"actor\":\"cli:", "\"from\":\"local\",\"action\":\"desk.configured\",\"target\":\"own\"")
                .contains("\"action\":\"channel.removed\",\"target\":\"sms\"");
    }

    @Test
    void inReadOnlyModeNothingIsChanged() throws Exception {
        home.write("gateway", "admin: {readOnlyConfig: true}\n");
        assertThat(run("channel", "set", "sms", "from=1")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("admin.readOnlyConfig");
        assertThat(channels()).isEqualTo(CHANNELS);
    }
}
