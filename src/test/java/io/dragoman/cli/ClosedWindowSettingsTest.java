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

/** What {@code check} says of a channel's closed window. */
final class ClosedWindowSettingsTest {
    private static final String CHANNELS = "channels:\n"
            + "  wa: {kind: whatsapp, phoneNumberId: \"1\", accessToken: \"${env:T}\", appSecret: \"${env:T}\","
            + " verifyToken: \"${env:T}\", closedWindow: {%s}}\n"
            + "  texts: {kind: sms-http, username: shop, password: \"${env:T}\", token: \"${env:T}\", from: Shop}\n"
            + "  post: {kind: email, address: a@b.example, imap: {host: localhost, user: a, password: \"${env:T}\"}, smtp: {host: localhost}}\n"
            + "  later: {kind: sms-http, enabled: false}\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "then: hold | No problems",
                "then: template, template: write_to_us, language: de | No problems",
                "then: fallback, fallback: texts, quiet: 21:00-08:00 Europe/Berlin, consentTag: sms-ok | No problems",
                "then: fallback, fallback: later | No problems",
                "then: fallback, fallback: text | closedWindow.fallback is 'text', but there is no such channel. Did you mean 'texts'?",
                "then: fallback, fallback: wa | closedWindow.fallback is 'wa', which has a reply window",
                "then: fallback, fallback: post | closedWindow.fallback is 'post', which has a reply window or subjects",
                "then: fallback | closedWindow.fallback is missing",
                "then: template | closedWindow.template is missing",
                "then: forget | closedWindow.then is 'forget' but must be one of refuse, hold, template, fallback",
                "quiet: 21:00 | closedWindow.quiet is '21:00' but must be two times and a time zone",
                "quiet: 21:00-21:00 Europe/Berlin | closedWindow.quiet is '21:00-21:00 Europe/Berlin' but must be two times and a time zone",
                "quiet: 21:00-08:00 Berlin | closedWindow.quiet is '21:00-08:00 Berlin' but must be two times and a time zone",
            })
    void whatIsWrongShouldBeSaid(String window, String said) {
        Home home = new Home(folder)
                .write("channels", CHANNELS.formatted(window))
                .write("gateway", "http: {publicUrl: \"https://chat.example.com\"}\n")
                .variable("T", "a-word-of-the-shop");
        StringWriter out = new StringWriter();
        int code = new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(out))
                .execute("check", "--home", folder.toString());
        if (said.startsWith("No")) {
            assertThat(code).as(out.toString()).isZero();
        } else {
            assertThat(code).as(out.toString()).isNotZero();
            assertThat(out.toString()).containsPattern("channels\\.wa[. ]" + Pattern.quote(said));
        }
    }
}
