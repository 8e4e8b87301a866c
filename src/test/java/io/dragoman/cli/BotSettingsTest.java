// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To whom a bot hands over is checked with the rest of the configuration. */
final class BotSettingsTest {
    private static final String SECRET = "secret: \"${env:S}\"";

    /** The bot of the test stands in the second line. */
    private static final String DESKS = "desks:\n" + "  bot: {kind: webhook, url: \"https://b.example\", " + SECRET
            + ", %s}\n" + "  other: {kind: webhook, url: \"https://o.example\", " + SECRET
            + ", holds: true, next: back}\n" + "  back: {kind: webhook, url: \"https://b.example\", " + SECRET
            + ", holds: true, next: %s}\n" + "  people: {kind: local}\n" + "  later: {kind: local, enabled: false}\n"
            + "  copies: {kind: local, archive: true}\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "holds: true, next: people | No problems",
                "holds: true, next: later | No problems",
                "holds: true, next: other | No problems",
                "holds: true, next: pepole | next is 'pepole', but config/desks.yaml has no such desk. Did you mean 'people'?",
                "holds: true, next: copies | next is 'copies', which is an archive and has no conversations.",
                "holds: true, next: bot | next makes a circle of bots: bot, bot. The last one",
                "holds: true | next is missing; a bot (holds: true) hands its conversations over to that desk.",
                "next: people | next is there, but the desk is no bot.",
                "holds: true, next: people, archive: true | is both an archive and a bot",
                "holds: true, next: people, botLimit: 0 | botLimit is '0'",
                "holds: true, next: people, holdTimeout: 25h | holdTimeout must be more than nothing and at most 1d",
                "holds: true, next: people, holdTimeout: 0s | holdTimeout must be more than nothing and at most 1d",
            })
    void whatIsWrongShouldBeSaid(String settings, String said) {
        String out = check(DESKS.formatted(settings, "people"), said.startsWith("No"));
        if (!said.startsWith("No")) {
            assertThat(out).containsPattern("config/desks.yaml:2:\\d+ desks\\.bot[. ]" + Pattern.quote(said));
        }
    }

    @ParameterizedTest
    @CsvSource({"bot, 'bot, other, back, bot'", "other, 'other, back, other'"})
    void circleOfSeveralShouldBeRefused(String next, String circle) {
        assertThat(check(DESKS.formatted("holds: true, next: other", next), false))
                .contains("next makes a circle of bots: " + circle + ". The last one");
    }

    private String check(String desks, boolean right) {
        Home home = new Home(folder)
                .write("channels", "channels:\n  chat: {kind: webchat, origins: \"https://shop.example\"}\n")
                .write("desks", desks)
                .write("gateway", "desk: people\nhttp: {publicUrl: \"https://chat.example.com\"}\n")
                .variable("S", "whsec_YSBzaW11bGF0ZWQgZGVzaydzIGtleSwgMzIgYnl0ZXM=");
        StringWriter out = new StringWriter();
        int code = new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(out))
                .execute("check", "--home", folder.toString());
        assertThat(code).as(out.toString()).isEqualTo(right ? Dragoman.OK : Dragoman.WRONG);
        return out.toString();
    }
}
