// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestAuthority;
import io.dragoman.connector.PemFile;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong comes out all at once, with its place and its remedy, and never with a secret. */
final class ProblemsOfConfigurationTest {
    private final Path folder;
    private final Home home;

    ProblemsOfConfigurationTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder).write("gateway", "http: {publicUrl: https://chat.example.com}\n");
    }

    @Test
    void anAuthoritysFileIsReadAndABadOneHasItsPlace() {
        home.file("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                .write("channels", """
                        channels:
                          one: {kind: parrot, token: "${env:TOKEN}", tls: {ca: nowhere.pem}}
                          two: {kind: parrot, token: "${env:TOKEN}", tls: {ca: broken.pem}}
                          three: {kind: parrot, token: "${env:TOKEN}", tls: {only: true}}
                          four: {kind: parrot, token: "${env:TOKEN}", tls: /etc/ca.pem}
                        """)
                .variable("TOKEN", "s3cret-word");
        assertThat(home.load()).isInstanceOf(Loaded.Broken.class);
        assertThat(home.problems())
                .containsExactly(
                        "config/channels.yaml:2:56 channels.one.tls.ca is 'nowhere.pem' but must be a PEM file with the"
                                + " certificate of an authority: there is no such file (a relative name starts at the home"
                                + " folder).",
                        "config/channels.yaml:3:56 channels.two.tls.ca is 'broken.pem' but must be a PEM file with the"
                                + " certificate of an authority: its certificate number 1 is damaged.",
                        "config/channels.yaml:4:48 channels.three.tls.ca is missing. " + Trust.CA.description(),
                        "config/channels.yaml:5:52 channels.four.tls is '/etc/ca.pem' but must be a map. Write tls: {ca: …, only: …}, or take"
                                + " the line out.");
    }

    @Test
    void anAccountTrustsTheAuthorityThatItNames() {
        TestAuthority authority = new TestAuthority(folder, "Shop Root");
        home.write("channels", """
                        channels:
                          one: {kind: parrot, token: "${env:TOKEN}", tls: {ca: Shop-Root.pem, only: true}}
                          two: {kind: parrot, token: "${env:TOKEN}"}
                        """).variable("TOKEN", "s3cret-word");
        Configuration read = ((Loaded.Usable<?>) home.load()).configuration();
        assertThat(read.channel("one").orElseThrow().trust())
                .isEqualTo(new Trust(
                        PemFile.read(authority.pem().toString(), folder).certificates(), true));
        assertThat(read.channel("two").orElseThrow().trust()).isEqualTo(Trust.SYSTEM);
    }

    @Test
    void tenMistakesInFourFilesAreAllTold() {
        home.write("gateway", """
                        htpp: {port: 8080}
                        http: {port: 80800, publicUrl: https://chat.example.com}
                        desk: helpdsk
                        """)
                .write("channels", """
                        channels:
                          polly:
                            kind: parot
                          rita:
                            kind: parrot
                            tokn: "${env:TOKEN}"
                            timeout: soon
                          Gray_One: {kind: parrot, token: "${env:NOT_SET}"}
                          helpdesk: {kind: parrot, token: "${env:TOKEN}", mode: webhok}
                        """)
                .write("desks", """
                        desks:
                          helpdesk: {kind: local}
                        """)
                .write("rules", """
                        rules:
                          - name: To billing
                            temm: billing
                        """)
                .variable("TOKEN", "s3cret-word");
        assertThat(home.load()).isInstanceOf(Loaded.Broken.class);
        assertThat(home.problems())
                .containsExactly(
                        "config/channels.yaml:3:11 channels.polly.kind is 'parot', which is no kind of channel. Did you"
                                + " mean 'parrot'? Known: parrot.",
                        "config/channels.yaml:4:3 channels.rita.token is missing. The word that the parrot knows you by."
                                + " Add: token: \"${env:RITA_TOKEN}\"",
                        "config/channels.yaml:6:5 channels.rita.tokn is not a known key. Did you mean 'token'? Known:"
                                + " baseUrl, cage, closedWindow, count, enabled, insecure, kind, loud, mode, name, timeout, tls, token.",
                        "config/channels.yaml:7:14 channels.rita.timeout is 'soon' but must be a length of time such as"
                                + " 90s, 10m, 36h or 7d.",
                        "config/channels.yaml:8:3 channels.Gray_One is not a valid id: it becomes part of an address, so it"
                                + " must be small letters, digits and hyphens, at most 64. Write 'gray-one'.",
                        "config/channels.yaml:8:35 channels.Gray_One.token takes the environment variable NOT_SET, which"
                                + " is not set. Set it before the start, for example: export NOT_SET=…",
                        "config/channels.yaml:9:57 channels.helpdesk.mode is 'webhok' but must be one of webhook,"
                                + " long-poll. Did you mean 'webhook'?",
                        "config/desks.yaml:2:3 desks.helpdesk is an id that config/channels.yaml:9 has already; ids are"
                                + " unique across channels and desks. Rename one of the two.",
                        "config/gateway.yaml:1:1 htpp is not a known key. Did you mean 'http'? Known: admin, delivery, desk, http,"
                                + " inbox, mediaMaxSize, mediaWait, outbound, reopenWithin, retention, store, traces.",
                        "config/gateway.yaml:2:14 http.port is '80800' but must be a whole number from 0 to 65535.",
                        "config/gateway.yaml:3:7 desk is 'helpdsk', but config/desks.yaml has no such desk. Did you mean"
                                + " 'helpdesk'? Known: helpdesk.",
                        "config/rules.yaml:3:5 rules[0].temm is not a known key. Did you mean 'team'? Known: desk, name,"
                                + " note, team, when.");
    }

    @Test
    void noProblemAndNoTextShowsASecret() {
        String secret = "hunter2-s3cret";
        home.variable("SECRET", secret)
                .file("secret", secret + "\n")
                .write("gateway", """
                        http: {port: "${env:SECRET}", publicUrl: "ftp://me:hunter2-s3cret@host"}
                        admin: {token: hunter2-s3cret}
                        store: {url: "postgresql://me:hunter2-s3cret@db/x", password: "${env:SECRET}"}
                        """)
                .write("channels", """
                        channels:
                          a: {kind: parrot, name: nobody, token: hunter2-s3cret}
                          b: {kind: parrot, name: nobody, token: "${file:secret}"}
                          c: {kind: parrot, token: "${env:SECRET}", mode: "${env:SECRET}", count: "x${env:SECRET}"}
                          d: {kind: "${env:SECRET}"}
                        """)
                .write("rules", "rules:\n  - {name: x, desk: \"${env:SECRET}\"}\n");
        Loaded<?> broken = home.load();
        assertThat(broken.errors()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(broken.toString()).doesNotContain(secret).contains("***");
        assertThat(home.problems()).noneMatch(problem -> problem.contains(secret));

        home.write("gateway", "admin: {token: hunter2-s3cret}\n")
                .write("channels", "channels:\n  b: {kind: parrot, token: \"${file:secret}\"}\n")
                .write("rules", "rules:\n  - {name: x, note: \"${env:SECRET}\"}\n");
        Configuration configuration = home.usable();
        assertThat(configuration.toString()
                        + configuration.channels()
                        + configuration.channels().get(0).values())
                .doesNotContain(secret);
    }

    @Test
    void whatNoSingleSettingShowsIsToldTogetherWithSettingsThatAreWrong() {
        home.variable("T", "token-token")
                .write("channels", "channels:\n  x: {kind: parrot, token: \"${env:T}\", name: nobody, count: 77}\n");
        assertThat(home.problems())
                .anyMatch(problem -> problem.contains("x.count is '77' but must be a whole number"))
                .anyMatch(problem -> problem.contains("channels.x is called nobody"));
    }

    @Test
    void connectorsProblemsSayWhereWhatAndWhatToDo() {
        home.write("channels", """
                channels:
                  chat:
                    kind: webchat
                    origins: https://shop.example
                    survey: 5
                    form: [name]
                    unreadMail: ["x"]
                  jab: {kind: xmpp, jid: shop@example.org, password: "${env:T}", rooms: "r@rooms.example.org, nobody, a@b@c"}
                  sms: {kind: messente, username: u, password: "${env:T}", from: "+37255501"}
                  mail: {kind: email, address: "no address"}
                  tg: {kind: telegram, token: "${env:T}"}
                """).variable("T", "1:a-token");
        assertThat(real().stream().filter(problem -> problem.startsWith("config/channels.yaml:")))
                .containsExactly(
                        "config/channels.yaml:5:13 channels.chat.survey is '5' but must be a map. Write survey: {question:"
                                + " {en: …}, scale: …, comment: …}, or take the line out.",
                        "config/channels.yaml:6:11 channels.chat.form is a list but must be a single value. What visitors"
                                + " are asked before they write: some of name, email, phone, with a ? behind what may be"
                                + " empty.",
                        "config/channels.yaml:7:17 channels.chat.unreadMail is a list but must be a map. Write unreadMail:"
                                + " {by: …, after: …}, or take the line out.",
                        "config/channels.yaml:8:73 channels.jab.rooms has 'nobody', which is no address of a room. Write"
                                + " addresses such as support@rooms.example.org, with commas between.",
                        "config/channels.yaml:8:73 channels.jab.rooms has 'a@b@c', which is no address of a room. Write"
                                + " addresses such as support@rooms.example.org, with commas between.",
                        "config/channels.yaml:9:3 channels.sms.webhookSecret is missing. The shared secret with which"
                                + " Messente signs what it posts. Add: webhookSecret: \"${env:SMS_WEBHOOK_SECRET}\"",
                        "config/channels.yaml:10:3 channels.mail.imap is missing: without imap (or pop3) no mail can be"
                                + " read. Add: imap: {host: …, port: 993, user: …, password: …}.",
                        "config/channels.yaml:10:3 channels.mail.smtp is missing: without it no mail can be sent. Add:"
                                + " smtp: {host: …, port: 587, user: …, password: …}.",
                        "config/channels.yaml:10:32 channels.mail.address must be a plain mail address such as"
                                + " support@example.com.",
                        "config/channels.yaml:11:3 channels.tg.secretToken is missing; without it no update can be trusted."
                                + " Choose one and give it to Telegram as secret_token of setWebhook, or set intake: poll.");
    }

    @Test
    void whatFollowsFromASettingThatIsWrongIsNotToldTwice() {
        home.write("channels", """
                channels:
                  wa: {kind: whatsapp, phoneNumberId: "1", accessToken: a, verifyToken: b, baseUrl: nowhere}
                  sms: {kind: twilio, accountSid: AC1, authToken: "${env:GONE}", from: "+15550100", apiKey: SK1}
                  mail: {kind: email, address: "no address", imap: {port: 1}, smtp: {host: localhost, tls: no}}
                """);
        List<String> told = real();
        assertThat(told)
                .anyMatch(problem -> problem.contains("wa.baseUrl is 'nowhere'"))
                .anyMatch(problem -> problem.contains("channels.wa.appSecret is missing"))
                .anyMatch(problem -> problem.contains("sms.authToken"))
                .noneMatch(problem -> problem.contains("sms.authToken is missing"))
                .anyMatch(problem -> problem.contains("sms.apiKey and apiSecret go together"))
                .anyMatch(problem -> problem.contains("mail.address must be a plain mail address"))
                .anyMatch(problem -> problem.contains("mail.imap.host is missing"))
                .noneMatch(problem -> problem.contains("mail.imap is missing"));
    }

    private List<String> real() {
        return Configuration.load(
                        home.folder(),
                        Connectors.installed(),
                        home.environment()::get,
                        new Secret("k"),
                        (files, channels, desks, problems) -> "none")
                .problems()
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void portsAreComparedOnlyWhereBothAreKnown() {
        home.write("gateway", "http: {port: many}\nadmin: {port: 8080}\n");
        assertThat(home.problems())
                .anyMatch(problem -> problem.contains("http.port is 'many'"))
                .noneMatch(problem -> problem.contains("admin.port"));
    }

    @Test
    void secretWrittenOutIsAWarningWithTheRemedy() {
        home.write("channels", "channels:\n  shop-1: {kind: parrot, token: abcdef}\n");
        assertThat(home.load()).isInstanceOf(Loaded.Usable.class);
        assertThat(home.problems())
                .containsExactly(
                        "warning config/channels.yaml:2:33 channels.shop-1.token is a secret written out in the"
                                + " file. Keep it in the environment instead: token: \"${env:SHOP_1_TOKEN}\"");
    }

    @Test
    void kindOfTheOtherSideSaysWhereItBelongs() {
        home.write("channels", "channels:\n  x: {kind: local}\n  y: {token: a}\n  z: word\n");
        assertThat(home.problems())
                .anyMatch(problem -> problem.contains(
                        "channels.x.kind is 'local', which is a kind of desk. Move this to" + " config/desks.yaml"))
                .anyMatch(problem -> problem.contains("3:3 channels.y.kind is missing"))
                .anyMatch(problem -> problem.contains("channels.z is 'word' but must be a map with its kind"));
    }

    @Test
    void shapesThatDoNotFitAreTold() {
        home.variable("T", "token-token").write("channels", """
                        channels:
                          a: {kind: parrot, token: "${env:T}", cage: host}
                          b: {kind: parrot, token: "${env:T}", name: [x, y]}
                          c: {kind: parrot, token: }
                          d: {kind: parrot, token: "${env:T}", cage.host: x}
                          e: {kind: [parrot]}
                          f: {kind: parrot, token: "${T}"}
                          g: {kind: parrot, token: "${env:T"}
                        """);
        assertThat(home.problems())
                .anyMatch(problem ->
                        problem.contains("a.cage is 'host' but must be a map. Write cage: {host: …, port: …, key: …}"))
                .anyMatch(problem -> problem.contains("b.name is a list but must be a single value"))
                .anyMatch(problem -> problem.contains("4:21 channels.c.token is empty"))
                .anyMatch(problem -> problem.contains("is written with a dot. Write it as a map: cage: {host: …}"))
                .anyMatch(problem -> problem.contains("e.kind is a list"))
                .anyMatch(problem -> problem.contains("f.token has ${T}, which means nothing here. Write \"${env:T}\""))
                .anyMatch(problem -> problem.contains("g.token has ${env: without its closing brace"))
                .hasSize(7);
    }

    @Test
    void filesThatAreNoYamlOrNoTextAreTold() throws IOException {
        home.write("channels", "channels: [\n").write("rules", "rules:\n  - {name: x, unknown: 1}\n");
        Files.write(folder.resolve("config/hours.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(home.problems())
                .anyMatch(problem -> problem.startsWith("config/channels.yaml:2:1 is not YAML"))
                .anyMatch(problem -> problem.equals("config/hours.yaml is not UTF-8 text. Save it as UTF-8."))
                .as("what depends on a broken file is not judged")
                .hasSize(2);
    }

    @Test
    void connectorsOwnProblemsStandAtTheAccount() {
        home.variable("T", "token-token")
                .write("channels", "channels:\n  a: {kind: parrot, name: nobody, token: \"${env:T}\"}\n");
        assertThat(home.problems())
                .containsExactly(
                        "config/channels.yaml:2:3 channels.a is called nobody and holds ***. Call it something.");
    }

    @Test
    void aListWhereTextIsExpectedIsToldHowSeveralAreWritten() {
        for (String name : List.of("http.trustedProxies", "outbound.allowPrivate", "outbound.allowPlainHttp")) {
            home.write("gateway", name.replace(".", ": {") + ": [10.1.0.5]}\n");
            assertThat(home.problems().toString())
                    .contains(name + " is a list but must be a single value.", "with commas between");
        }
    }
}
