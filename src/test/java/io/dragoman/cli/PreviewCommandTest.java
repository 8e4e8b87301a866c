// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How messages will look, on the command line. */
final class PreviewCommandTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("the command counts short messages, and needs no gateway")
    void commandShouldCountShortMessages() throws Exception {
        Home home = new Home(folder)
                .write(
                        "channels",
                        "channels:\n  texts: {kind: sms-http, username: shop, password: \"${env:TOKEN}\","
                                + " token: \"${env:TOKEN}\", from: Shop}\n")
                .variable("TOKEN", "a-word-for-kannel");
        StringWriter out = new StringWriter();
        assertThat(run(home, out, "--channel", "texts", "ready ✔ " + "x".repeat(70)))
                .isZero();
        assertThat(out.toString())
                .contains("On texts (sms-http) it is one message:", "short messages: 2, ucs-2")
                .doesNotContain("lost");
        Path file = Files.writeString(folder.resolve("message.json"), "{\"text\":\"Shall we call?\"}");
        assertThat(run(home, out, "--channel", "texts", "--message", file.toString(), "--json"))
                .isZero();
        assertThat(out.toString()).contains("\"shortMessages\":1,\"alphabet\":\"gsm\"", "Shall we call?");
        assertThat(run(home, out, "--channel", "text", "hello")).isEqualTo(Dragoman.WRONG);
        assertThat(out.toString()).contains("Did you mean 'texts'?");
        assertThat(run(home, out, "--channel", "texts")).isEqualTo(Dragoman.WRONG);
        assertThat(run(home, out, "--channel", "texts", "--message", folder + "/none"))
                .isEqualTo(Dragoman.WRONG);
        assertThat(out.toString()).contains("none cannot be read.");
    }

    @Test
    @DisplayName("a channel that a profile describes has that profile's limits, though desks have its kind too")
    void profileShouldBeHeeded() {
        Home home = new Home(folder)
                .write(
                        "channels",
                        "channels:\n  texts: {kind: http, profile: telnyx, apiKey: \"${env:TOKEN}\","
                                + " publicKey: \"${env:TOKEN}\", from: \"+15550100\"}\n")
                .variable("TOKEN", "a-word-for-telnyx");
        StringWriter out = new StringWriter();
        assertThat(run(home, out, "--channel", "texts", "hello"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("On texts (http) it is one message:", "short messages: 1, gsm");
    }

    private int run(Home home, StringWriter out, String... arguments) {
        List<String> all = new ArrayList<>(List.of("preview", "--home", folder.toString()));
        all.addAll(List.of(arguments));
        return new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(out))
                .execute(all.toArray(String[]::new));
    }
}
