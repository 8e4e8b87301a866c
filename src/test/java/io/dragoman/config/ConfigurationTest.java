// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.ConversationPolicy;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.delivery.DeliveryPolicy;
import io.dragoman.http.server.PortLimits;
import io.dragoman.store.RetentionPolicy;
import io.dragoman.store.StoreUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
    private static final String EVERY_SETTING = """
            http: {host: 127.0.0.1, port: 7, publicUrl: https://chat.example.com, maxBody: 1 MB, maxRate: 1,
                   maxRefused: 2, maxTenantRate: 3, maxHeld: 8 MB, maxConnections: 16, trustedProxies: "127.0.0.1/32, fd00::/8"}
            admin: {host: 127.0.0.1, port: 8, token: "${env:ADMIN}", sessionIdle: 5m, readOnlyConfig: true,
                    tokens: {anna: {role: agent, hash: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}},
                    oidc: {issuer: https://id.example.com, clientId: console, clientSecret: "${env:PASSWORD}",
                           consoleUrl: https://console.example.com, scope: openid, roleClaim: groups,
                           roles: {operator: [admins], agent: support}}}
            inbox: {kafka: {brokers: "localhost:9092", topic: shop, group: shop, client: "${env:CLIENT}"}}
            store: {url: "postgresql://me@localhost:5432/chat", password: "${env:PASSWORD}", folder: data,
                    key: "${env:ADMIN}",
                    s3: {endpoint: https://s3.example.com, bucket: chat-media, prefix: shop/, region: eu-central-1,
                         accessKey: AKIA1, secretKey: "${env:PASSWORD}"}}
            retention: {requests: 30d, media: 90d, conversations: 730d, contacts: 1095d}
            traces: {endpoint: "http://127.0.0.1:4318/v1/traces", sample: 0.5, headers: "${env:HEADERS}"}
            delivery: {giveUpAfter: 1d, giveUpAutomaticAfter: 1m, onGiveUp: pause, atOnce: 2}
            desk: inbox
            reopenWithin: 1d
            mediaWait: 1s
            mediaMaxSize: 1 MB
            outbound: {allowPrivate: "10.1.0.0/16, fd00::1", allowPlainHttp: "files.internal, 10.1.0.5:8065"}
            """;

    private final Path folder;
    private final Home home;

    ConfigurationTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder)
                .write("channels", "channels:\n  polly: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .write("gateway", "http: {publicUrl: https://chat.example.com/}\n")
                .variable("TOKEN", "s3cret-word");
    }

    @Test
    void emptyGatewayHasDefaults() {
        home.write("gateway", "");
        Configuration configuration = home.usable();
        GatewaySettings gateway = configuration.gateway();
        assertThat(gateway.http())
                .isEqualTo(new HttpSettings(
                        "0.0.0.0",
                        8080,
                        URI.create("http://localhost:8080"),
                        new PortLimits(4 * 1024 * 1024, 5000, 60, 32 * 1024 * 1024, 4000, List.of())));
        assertThat(gateway.admin())
                .isEqualTo(new AdminSettings("127.0.0.1", 8081, null, List.of(), Duration.ofMinutes(30), false, null));
        Path data = configuration.home().resolve("data");
        assertThat(gateway.store())
                .isEqualTo(new StoreSettings(new StoreUrl.Sqlite(data.resolve("dragoman.db")), data));
        assertThat(gateway.delivery())
                .isEqualTo(
                        new DeliveryPolicy(Duration.ofDays(3), Duration.ofHours(1), DeliveryPolicy.OnGiveUp.DEAD, 64));
        assertThat(gateway.conversations())
                .isEqualTo(new ConversationPolicy("inbox", Duration.ofDays(7), Duration.ofSeconds(10)));
        assertThat(gateway.mediaMaxSize()).isEqualTo(32L * 1024 * 1024);
        assertThat(gateway.allowPrivate()).isEmpty();
        assertThat(gateway.allowPlainHttp()).isEmpty();
        assertThat(configuration.rules()).isNull();
    }

    @Test
    void everythingWrittenIsRead() {
        home.write("gateway", """
                        http: {host: 127.0.0.1, port: 0, publicUrl: https://chat.example.com/, maxBody: 512 KB}
                        admin: {host: 0.0.0.0, port: 9, token: "${env:TOKEN}"}
                        store: {url: "postgresql://me@db:5432/chat", password: "${file:secrets/db}"}
                        desk: helpdesk
                        reopenWithin: 36h
                        mediaWait: 5s
                        mediaMaxSize: 1 MB
                        outbound: {allowPlainHttp: "Files.internal, 10.1.0.5:8065, [fd00::1]:81"}
                        """).write("desks", """
                        desks:
                          helpdesk: {kind: hook, url: https://desk.example.com, secret: "${env:TOKEN}"}
                          inbox: {kind: local}
                        """).file("secrets/db", "p4ss word\n");
        Configuration configuration = home.usable();
        GatewaySettings gateway = configuration.gateway();
        assertThat(gateway.http().publicUrl()).isEqualTo(URI.create("https://chat.example.com"));
        assertThat(gateway.http().limits().body()).isEqualTo(512 * 1024);
        assertThat(gateway.admin().token()).isEqualTo(new Secret("s3cret-word"));
        assertThat(gateway.store().url())
                .isEqualTo(new StoreUrl.Postgres(URI.create("postgresql://me@db:5432/chat"), new Secret("p4ss word")));
        assertThat(gateway.store().data()).isEqualTo(configuration.home().resolve("data"));
        assertThat(gateway.conversations())
                .isEqualTo(new ConversationPolicy("helpdesk", Duration.ofHours(36), Duration.ofSeconds(5)));
        assertThat(gateway.mediaMaxSize()).isEqualTo(1024 * 1024);
        assertThat(gateway.allowPlainHttp())
                .containsExactlyInAnyOrder("files.internal:80", "10.1.0.5:8065", "[fd00::1]:81");
        assertThat(configuration.desk()).isEqualTo("helpdesk");
        assertThat(configuration.desks()).extracting(Account::id).containsExactly("helpdesk", "inbox");
        assertThat(configuration.channel("polly").orElseThrow().callback())
                .isEqualTo(URI.create("https://chat.example.com/channels/polly"));
        assertThat(configuration.desk("helpdesk").orElseThrow().callback())
                .isEqualTo(URI.create("https://chat.example.com/desks/helpdesk"));
        assertThat(home.problems()).isEmpty();
    }

    @Test
    void hostThatIsNoneIsAProblem() {
        for (String wrong : List.of("http://files.internal", "files.internal/a", "a b", "user@host", "host:port")) {
            home.write("gateway", "outbound: {allowPlainHttp: \"" + wrong + "\"}\n");
            assertThat(home.problems().toString()).as(wrong).contains("outbound.allowPlainHttp", "must be hosts");
        }
        home.write("gateway", "outbound: {allowPlainHttp: \"\"}\n");
        assertThat(home.problems().toString()).contains("outbound.allowPlainHttp is empty");
    }

    @Test
    void accountsHaveTheirDefaultsButGroupsOnlyWhereTheyAreWritten() {
        Account polly = home.usable().channel("polly").orElseThrow();
        assertThat(polly.get(TestConnector.MODE)).isEqualTo(TestConnector.Mode.WEBHOOK);
        assertThat(polly.get(TestConnector.TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(polly.insecure()).isFalse();
        assertThat(polly.has("cage")).isFalse();
        assertThat(polly.values()).doesNotContainKeys("kind", "insecure", "enabled");

        home.write("channels", """
                channels:
                  polly:
                    kind: parrot
                    insecure: true
                    token: "${env:TOKEN}"
                    mode: long-poll
                    cage: {host: h, key: "${env:TOKEN}"}
                """);
        Account caged = home.usable().channel("polly").orElseThrow();
        assertThat(caged.get(TestConnector.CAGE_PORT)).isEqualTo(993);
        assertThat(caged.get(TestConnector.MODE)).isEqualTo(TestConnector.Mode.LONG_POLL);
        assertThat(caged.insecure()).isTrue();
    }

    @Test
    void whatIsRequiredInAGroupIsRequiredOnlyThere() {
        home.write(
                "channels",
                "channels:\n  polly:\n    kind: parrot\n    token: \"${env:TOKEN}\"\n    cage: {port: 1}\n");
        assertThat(home.problems())
                .containsExactly(
                        "config/channels.yaml:5:5 channels.polly.cage.host is missing. Host of the cage.",
                        "config/channels.yaml:5:5 channels.polly.cage.key is missing. Key of the cage. Add: key:"
                                + " \"${env:POLLY_CAGE_KEY}\"");
    }

    @Test
    void withoutDesksThereIsALocalOne() {
        Configuration configuration = home.usable();
        assertThat(configuration.desk()).isEqualTo("inbox");
        assertThat(configuration.desks()).extracting(Account::kind).containsExactly("local");
    }

    @Test
    void withSeveralDesksOneMustBeNamed() {
        home.write("desks", "desks:\n  a: {kind: local}\n  b: {kind: local}\n");
        assertThat(home.problems()).singleElement().asString().contains("gateway.yaml:1:1 desk is missing", "a or b");
    }

    @Test
    void whatIsSwitchedOffNeedsNoSecretsButKeepsItsName() {
        home.write("channels", """
                        channels:
                          polly: {kind: parrot, token: "${env:TOKEN}"}
                          old: {kind: parrot, enabled: false, token: "${env:GONE}"}
                        """).write("desks", "desks:\n  a: {kind: local}\n  b: {kind: local, enabled: false}\n");
        assertThat(home.usable().channels()).extracting(Account::id).containsExactly("polly");
        assertThat(home.usable().desk()).isEqualTo("a");
        home.write("gateway", "desk: b\n");
        assertThat(home.problems()).anyMatch(problem -> problem.contains("desk is 'b', a desk that is switched off"));
    }

    @Test
    void archiveHasNoConversations() {
        home.write("channels", "channels:\n  polly: {kind: parrot, token: t}\n")
                .write("desks", "desks:\n  a: {kind: local}\n  b: {kind: local, archive: true}\n");
        assertThat(home.usable().desk()).as("the only other one").isEqualTo("a");
        home.write("gateway", "desk: b\n");
        assertThat(home.problems()).anyMatch(problem -> problem.contains("desk is 'b', which is an archive"));
        home.write("gateway", "{}\n").write("desks", "desks:\n  b: {kind: local, archive: true}\n");
        assertThat(home.problems()).anyMatch(problem -> problem.contains("has archives alone"));
    }

    @Test
    void missingOptionalFilesAreFineButNotChannels() {
        assertThat(home.problems()).isEmpty();
        assertThat(new Home(folder.resolve("nowhere")).problems())
                .singleElement()
                .asString()
                .contains("nowhere/config does not exist", "--home");
        assertThat(new Home(folder.resolve("other")).write("gateway", "").problems())
                .singleElement()
                .asString()
                .contains("config/channels.yaml does not exist");
    }

    @Test
    void emptyChannelsAreAWarning() {
        for (String text : List.of("", "# nothing\n", "channels:\n", "channels: {}\n")) {
            home.write("channels", text);
            assertThat(home.load()).isInstanceOf(Loaded.Usable.class);
            assertThat(home.problems())
                    .singleElement()
                    .asString()
                    .startsWith("warning config/channels.yaml has no channels yet");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://desk.example.com,      true",
        "HTTP://desk.example.com:8080, true",
        "http://93.184.216.34/hook,    true",
        "https://desk.example.com,     false",
        "http://127.0.0.1:3000,        false",
        "http://10.4.0.9,              false",
        "http://desk,                  false",
        "http://desk.svc,              false",
        "http://desk.Internal,         false",
        "http://[2001:db8::1]/hook,    false",
        "http://[2606:4700::1111]/hook, true"
    })
    void anAccountsAddressThatOthersCanReadAlongIsAWarning(String address, boolean warned) {
        home.write(
                "channels",
                "channels:\n  polly: {kind: parrot, token: \"${env:TOKEN}\", baseUrl: \"" + address + "\"}\n");
        assertThat(home.problems().stream().map(Object::toString).filter(text -> text.contains("is http: whoever")))
                .hasSize(warned ? 1 : 0)
                .allMatch(text -> text.startsWith("warning config/channels.yaml:2:"));
    }

    @Test
    void publicAddressThatIsNotSafeIsAWarning() {
        home.write("gateway", "http: {publicUrl: \"http://chat.example.com\"}\n");
        assertThat(home.problems())
                .singleElement()
                .asString()
                .startsWith("warning")
                .contains("is not https");
        home.write("gateway", "http: {publicUrl: \"http://127.0.0.1:8080\"}\n");
        assertThat(home.problems()).isEmpty();
        home.write("gateway", "");
        assertThat(home.problems())
                .singleElement()
                .asString()
                .startsWith("warning")
                .contains("http.publicUrl is not set", "polly");
        home.write(
                        "channels",
                        "channels:\n  polly: {kind: parrot, token: \"${env:T}\"}\n"
                                + "  molly: {kind: parrot, token: \"${env:T}\"}\n")
                .variable("T", "s3cret-word");
        assertThat(home.problems()).singleElement().asString().contains("so providers cannot post to polly, molly.");
        StringBuilder many = new StringBuilder("channels:\n");
        for (int i = 1; i <= 12; i++) {
            many.append("  c").append(i).append(": {kind: parrot, token: \"${env:T}\"}\n");
        }
        home.write("channels", many.toString());
        assertThat(home.problems())
                .singleElement()
                .asString()
                .contains("so providers cannot post to c1, c2, c3, c4, c5 and 7 more.");
    }

    @Test
    void adminPortOpenToOthersNeedsAToken() {
        home.write("gateway", "http: {publicUrl: https://x.example}\nadmin: {host: 0.0.0.0}\n");
        assertThat(home.problems())
                .singleElement()
                .asString()
                .startsWith("config/gateway.yaml:2:1 admin.token is missing");
    }

    @Test
    void sourcesOfOneNameAreListedWithTheRightOne() {
        home.write("rule", "rules: []\n").file("config/desks.yml", "desks: {}\n");
        assertThat(home.problems())
                .allMatch(problem -> problem.startsWith("warning"))
                .anyMatch(problem -> problem.contains("rule.yaml is not read. Did you mean 'rules.yaml'?"))
                .anyMatch(problem -> problem.contains("desks.yml is not read. Did you mean 'desks.yaml'?"));
    }

    @Test
    void changedPartsThatNeedARestartAreNamed() {
        Configuration before = home.usable();
        assertThat(before.restartFor(home.usable())).isEmpty();
        home.write("gateway", "http: {port: 1, publicUrl: https://chat.example.com/}\n")
                .write("channels", "channels:\n  rita: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .variable("TOKEN", "another-word");
        assertThat(before.restartFor(home.usable())).containsExactly("http");
    }

    /** Else a reload of any other file would ask for a restart. */
    @Test
    void theSameFileReadTwiceIsEqual() {
        home.variable("ADMIN", "0123456789abcdef0123456789abcdef")
                .variable("PASSWORD", "p")
                .variable("HEADERS", "api-key=p")
                .variable("CLIENT", "security.protocol=SSL")
                .write("gateway", EVERY_SETTING);
        for (Setting<?> setting : GatewaySettings.ALL) {
            String name = setting.name().substring(setting.name().lastIndexOf('.') + 1);
            assertThat(EVERY_SETTING).as("has a value for each").contains(name + ": ");
        }
        GatewaySettings running = home.usable().gateway();
        GatewaySettings next = home.usable().gateway();
        assertThat(running.restartFor(next)).isEmpty();
        assertThat(running).isEqualTo(next).hasSameHashCodeAs(next);
    }

    @Test
    void conversationsShouldBeKeptForAsLongAsAMessageMayReopenThem() {
        for (String wrong : List.of(
                "retention: {conversations: 6d} | is less than reopenWithin",
                "retention: {requests: 1h} | must be a day (1d) or more",
                "retention: {contacts: soon} | must be a length of time")) {
            String[] pair = wrong.split(" \\| ");
            home.write("gateway", pair[0] + "\n");
            assertThat(home.problems()).as(wrong).anyMatch(problem -> problem.contains(pair[1]));
        }
        home.write("gateway", "retention: {conversations: 7d, requests: 30d}\n");
        assertThat(home.usable().gateway().retention())
                .isEqualTo(new RetentionPolicy(Duration.ofDays(30), null, Duration.ofDays(7), null))
                .satisfies(policy -> assertThat(policy.requests()).isEqualTo(Duration.ofDays(7)));
        home.write("gateway", "");
        assertThat(home.usable().gateway().retention().erases()).isFalse();
    }

    @Test
    void callsOfADeskShouldLeaveSomeForNews() {
        home.write("channels", "channels: {}\n").write("gateway", "desk: a\n");
        for (String wrong : List.of(
                "reserve: 3 | callsPerMinute is not",
                "callsPerMinute: 10, reserve: 10 | must be less than callsPerMinute",
                "callsPerMinute: 1 | callsPerMinute is '1'")) {
            String[] pair = wrong.split(" \\| ");
            home.write("desks", "desks:\n  a: {kind: local, " + pair[0] + "}\n");
            assertThat(home.problems()).as(wrong).anyMatch(problem -> problem.contains(pair[1]));
        }
        home.write("desks", "desks:\n  a: {kind: local, callsPerMinute: 10, reserve: 3}\n");
        assertThat(home.problems()).noneMatch(problem -> problem.contains("callsPerMinute"));
    }
}
