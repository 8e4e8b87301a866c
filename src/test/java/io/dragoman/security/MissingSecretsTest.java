// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Configuration;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Secret;
import io.dragoman.fuzz.Accounts;
import io.dragoman.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checklist 3: a configuration without one of its secrets, or with an empty one, does not start. */
final class MissingSecretsTest {
    private static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry("ga4", "measurementId: G-ABC123XYZ9\napiSecret: SECRET\n"),
            Map.entry("line", "channelSecret: SECRET\naccessToken: SECRET\n"),
            Map.entry("viber", "authToken: SECRET\nsender: Shop\n"),
            Map.entry("discord", "botToken: SECRET\n"),
            Map.entry("matrix", "baseUrl: https://m.example.org\naccessToken: SECRET\ninvites: all\n"),
            Map.entry(
                    "x",
                    "userId: \"111\"\nconsumerKey: SECRET\nconsumerSecret: SECRET\naccessToken: SECRET\n"
                            + "accessTokenSecret: SECRET\n"),
            Map.entry(
                    "wechat", "appId: wx0123456789abcdef\nappSecret: SECRET\ntoken: SECRET\nencodingAesKey: SECRET\n"),
            Map.entry("slack", "signingSecret: SECRET\nbotToken: SECRET\n"),
            Map.entry("teams", "appId: 11111111-2222\ntenantId: shop.example\nclientSecret: SECRET\n"),
            Map.entry(
                    "whatsapp",
                    "phoneNumberId: \"778\"\naccessToken: SECRET\nappSecret: SECRET\nverifyToken: SECRET\n"),
            Map.entry("messenger", "pageId: \"778\"\naccessToken: SECRET\nappSecret: SECRET\nverifyToken: SECRET\n"),
            Map.entry(
                    "instagram", "instagramId: \"778\"\naccessToken: SECRET\nappSecret: SECRET\nverifyToken: SECRET\n"),
            Map.entry("facebook", "pageId: \"778\"\naccessToken: SECRET\nappSecret: SECRET\nverifyToken: SECRET\n"),
            Map.entry("twilio", "accountSid: AC01\nauthToken: SECRET\nfrom: \"+15550100\"\n"),
            Map.entry("voice", "accountSid: AC01\nauthToken: SECRET\n"),
            Map.entry("linkedin", "organizationId: \"42\"\nclientSecret: SECRET\naccessToken: SECRET\n"),
            Map.entry("messente", "username: shop\npassword: SECRET\nwebhookSecret: SECRET\nfrom: \"+37251000\"\n"),
            Map.entry(
                    "http",
                    "profile: 46elks\nusername: shop\npassword: SECRET\nurlSecret: SECRET\nfrom: \"+46700000000\"\n"),
            Map.entry("telegram", "token: SECRET\nsecretToken: SECRET\n"),
            Map.entry("vonage", "apiKey: SECRET\napiSecret: SECRET\nsignatureSecret: SECRET\nfrom: \"+4930111\"\n"),
            Map.entry("sms-http", "username: shop\npassword: SECRET\ntoken: SECRET\nfrom: \"+4930111\"\n"),
            Map.entry("smpp", "host: h\nsystemId: shop\npassword: SECRET\nfrom: \"+4930111\"\n"),
            Map.entry("xmpp", "jid: shop@example.org\npassword: SECRET\n"),
            Map.entry("bird", "accessKey: SECRET\nsigningKey: SECRET\nworkspaceId: w\nchannelId: c\n"),
            Map.entry(
                    "email",
                    "address: a@shop.example\nimap: {host: h, user: u, password: SECRET}\n"
                            + "smtp: {host: h, user: u, password: SECRET}\n"),
            Map.entry("webhook", "url: https://desk.example.com\nsecret: SECRET\n"));

    /** What may stand for a secret that is none. */
    private static final List<String> NOTHING =
            List.of("\"\"", "\"   \"", "", "\"${env:NOT_SET}\"", "\"${env:BLANK}\"", "\"${file:/no/such/file}\"", "{}");

    @TempDir
    private Path home;

    @Test
    void wholeConfigurationsStart() throws Exception {
        for (String kind : GOOD.keySet()) {
            assertThat(problems(kind, GOOD.get(kind))).as(kind).isEmpty();
        }
    }

    @Test
    void everySecretThatIsEmptyIsRefused() throws Exception {
        int refused = 0;
        for (Map.Entry<String, String> good : GOOD.entrySet()) {
            for (int at = good.getValue().indexOf("SECRET");
                    at >= 0;
                    at = good.getValue().indexOf("SECRET", at + 1)) {
                for (String nothing : NOTHING) {
                    String settings = good.getValue().substring(0, at)
                            + nothing
                            + good.getValue().substring(at + "SECRET".length());
                    assertThat(problems(good.getKey(), settings))
                            .as(good.getKey() + ":\n" + settings)
                            .isNotEmpty();
                    refused++;
                }
            }
        }
        System.out.println("empty secrets refused: " + refused);
        assertThat(refused).isEqualTo(50 * NOTHING.size());
    }

    @Test
    void whoOnlyLooksNeedsNone() throws Exception {
        for (String kind : GOOD.keySet()) {
            write(kind, GOOD.get(kind).replace("SECRET", "\"${env:NOT_SET}\""));
            Loaded<RuleBook> loaded =
                    Configuration.look(home, Connectors.installed(), name -> null, new Secret("k"), RuleBook::read);
            assertThat(loaded.errors()).as(kind).isEmpty();
            assertThat(loaded.leftOpen()).as(kind).isNotEmpty();
        }
    }

    @Test
    void everySecretThatIsLeftOutIsRefused() throws Exception {
        int left = 0;
        for (Map.Entry<String, String> good : GOOD.entrySet()) {
            Matcher secret =
                    Pattern.compile("(?m)(^|, )(\\w+: SECRET)(\n|(?=}))").matcher(good.getValue());
            while (secret.find()) {
                String settings = new StringBuilder(good.getValue())
                        .delete(secret.start(), secret.end())
                        .toString();
                assertThat(problems(good.getKey(), settings))
                        .as(good.getKey() + ":\n" + settings)
                        .isNotEmpty();
                left++;
            }
        }
        assertThat(left).isEqualTo(50);
    }

    @Test
    void insecureMustBeWrittenAndIsWarnedOf() throws Exception {
        String unsigned = GOOD.get("telegram").replace("secretToken: SECRET\n", "");
        assertThat(load("telegram", unsigned + "insecure: true\n")).isInstanceOf(Loaded.Usable.class);
        for (String almost : List.of("insecure: false\n", "insecure: \"yes\"\n", "insecure: \"\"\n", "insecure: 1\n")) {
            assertThat(problems("telegram", unsigned + almost)).as(almost).isNotEmpty();
        }
    }

    private List<String> problems(String kind, String settings) throws IOException {
        Loaded<RuleBook> loaded = load(kind, settings);
        return loaded instanceof Loaded.Usable
                ? List.of()
                : loaded.problems().stream().map(Object::toString).toList();
    }

    private void write(String kind, String settings) throws IOException {
        boolean desk = kind.equals("webhook");
        Map<String, String> files = new LinkedHashMap<>();
        files.put("channels", desk ? "channels: {}\n" : yaml("channels", kind, settings));
        files.put("desks", desk ? yaml("desks", kind, settings) : "desks: {inbox: {kind: local}}\n");
        Files.createDirectories(home.resolve("config"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(home.resolve("config/" + file.getKey() + ".yaml"), file.getValue());
        }
    }

    private Loaded<RuleBook> load(String kind, String settings) throws IOException {
        write(kind, settings);
        Map<String, String> environment = Map.of(
                "GOOD",
                Accounts.DESK_SECRET,
                "TOKEN",
                "123456789:" + "A".repeat(35),
                "WORD",
                "a-word-of-ours",
                "SHORT",
                "short-pw",
                "AES_KEY",
                "A".repeat(43),
                "BLANK",
                " ");
        return Configuration.load(home, Connectors.installed(), environment::get, new Secret("k"), RuleBook::read);
    }

    private static String yaml(String section, String kind, String settings) {
        List<String> lines = new ArrayList<>(List.of(section + ":", "  one:", "    kind: " + kind));
        settings.lines()
                .map(line -> line.replace("SECRET", "\"${env:" + variable(kind, line) + "}\""))
                .forEach(line -> lines.add("    " + line));
        return String.join("\n", lines) + "\n";
    }

    private static String variable(String kind, String line) {
        if (kind.equals("smpp")) {
            return "SHORT";
        }
        if (line.startsWith("encodingAesKey:")) {
            return "AES_KEY";
        }
        return line.startsWith("token:") ? "TOKEN" : line.startsWith("secretToken:") ? "WORD" : "GOOD";
    }
}
