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

/** What {@code check} says of what a web chat names elsewhere in the configuration. */
final class WebChatSettingsTest {
    private static final String CHANNELS = "channels:\n"
            + "  chat: {kind: webchat, origins: \"https://shop.example\", %s}\n"
            + "  texts: {kind: sms-http, username: shop, password: \"${env:T}\", token: \"${env:T}\", from: Shop}\n"
            + "  post: {kind: email, address: a@b.example, imap: {host: localhost, user: a, password: \"${env:T}\"}, smtp: {host: localhost}}\n"
            + "  later: {kind: email, enabled: false}\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transcriptBy: post | No problems",
                "transcriptBy: later | No problems",
                "hours: shop | No problems",
                "unreadMail: {by: post, after: 24h} | No problems",
                "transcriptBy: pots | transcriptBy is 'pots', but there is no such channel. Name one of kind email. Did you mean 'post'?",
                "transcriptBy: texts | transcriptBy is 'texts', which is of kind sms-http, but must be a channel of kind email. Known: post.",
                "transcriptBy: chat | transcriptBy is 'chat', which is of kind webchat, but must be a channel of kind email",
                "unreadMail: {by: texts} | unreadMail.by is 'texts', which is of kind sms-http, but must be a channel of kind email",
                "unreadMail: {after: 5m} | unreadMail.by is missing",
                "unreadMail: {by: post, after: 25h} | unreadMail.after must be at most 24h",
                "survey: {scale: thumbs} | survey.question is missing",
                "survey: {question: {en: How?}, scale: hearts} | survey.scale is 'hearts' but must be one of stars, thumbs",
                "hours: shp | hours is 'shp', but config/hours.yaml has no such hours. Did you mean 'shop'?",
            })
    void whatIsWrongShouldBeSaid(String settings, String said) {
        Home home = new Home(folder)
                .write("channels", CHANNELS.formatted(settings))
                .write("hours", "hours:\n  shop: {zone: Europe/Berlin, week: {mon-fri: [\"09:00-17:00\"]}}\n")
                .write("gateway", "http: {publicUrl: \"https://chat.example.com\"}\n")
                .variable("T", "a-word-of-the-shop");
        StringWriter out = new StringWriter();
        int code = new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(out))
                .execute("check", "--home", folder.toString());
        assertThat(code).as(out.toString()).isEqualTo(said.startsWith("No") ? Dragoman.OK : Dragoman.WRONG);
        if (!said.startsWith("No")) {
            assertThat(out.toString())
                    .containsPattern("config/channels.yaml:2:\\d+ channels\\.chat[. ]" + Pattern.quote(said));
        }
    }
}
