// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.TestAuthority;
import io.dragoman.TestClock;
import io.dragoman.TestKeys;
import io.dragoman.connector.Account;
import io.dragoman.connector.AssertionCheck;
import io.dragoman.connector.KeyFile;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.TokenServer;
import io.dragoman.connector.TransportFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail whose application proves itself by a key: a service account of Google's, a certificate at Microsoft's. */
final class ApplicationKeyTest {
    private static final String ACCOUNT = "gateway@shop.iam.gserviceaccount.example";
    private static final String MAILBOX = "support@shop.example";
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private static KeyPair keys;
    private static TestAuthority.Issued issued;

    @TempDir
    private static Path folder;

    private final TokenServer server = new TokenServer();
    private final TestClock clock = TestClock.at(NOW);
    private final PlainTransport transport = new PlainTransport() {
        @Override
        public Clock clock() {
            return clock;
        }
    };

    @BeforeAll
    static void keys() throws GeneralSecurityException {
        keys = TestKeys.FIRST;
        issued = new TestAuthority(folder, "Shop Authority").issue("gateway", keys, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String key() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static String json() {
        return "{\"type\":\"service_account\",\"client_email\":\"" + ACCOUNT
                + "\",\"private_key_id\":\"k-1\",\"private_key\":\"" + key().replace("\n", "\\n") + "\"}";
    }

    private static String certified() throws GeneralSecurityException {
        return key() + "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(issued.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static Path file(String name, String text, String permissions) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Account account(String... settings) {
        Map<String, String> texts = new HashMap<>(
                Map.of("address", MAILBOX, "imap.host", "imap.shop.example", "imap.user", MAILBOX, "start", "all"));
        texts.put("smtp.host", "smtp.shop.example");
        texts.put("smtp.user", MAILBOX);
        texts.put("oauth.flow", "client-credentials");
        texts.put("oauth.tokenUrl", server.url("/token").toString());
        for (int i = 0; i < settings.length; i += 2) {
            texts.put(settings[i], settings[i + 1]);
        }
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Email().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.at(folder).parser().apply(text));
            }
        }
        Account.Installation home =
                new Account.Installation(URI.create("https://chat.shop.example"), new Secret("a test key"));
        return new Account(Side.CHANNEL, "support-mail", "email", values, false, home);
    }

    private Account google() throws IOException {
        file("google.json", json(), "rw-------");
        return account("oauth.provider", "google", "oauth.keyFile", "google.json");
    }

    private Account microsoft() throws IOException, GeneralSecurityException {
        file("gateway.pem", certified(), "r--------");
        return account(
                "oauth.provider",
                "microsoft",
                "oauth.tenant",
                "shop.example",
                "oauth.clientId",
                TokenServer.CLIENT,
                "oauth.keyFile",
                "gateway.pem");
    }

    private static TokenGrant grant(Account account) {
        assertThat(new Email().problems(account)).isEmpty();
        return new Email().oauth(account).orElseThrow().grants().get(0);
    }

    private Secret token(Account account) throws TransportFailure {
        return transport.tokens().token(grant(account), transport);
    }

    @Test
    void serviceAccountShouldGetTheTokenOfTheMailboxThatWasDelegated() throws Exception {
        server.knows(new AssertionCheck()
                .account(ACCOUNT, "k-1", keys.getPublic(), MAILBOX)
                .at(NOW.plusSeconds(3)));
        assertThat(server.isGood(token(google()).value())).isTrue();
    }

    @Test
    void serviceAccountShouldBeToldWhatToDoWhenItIsRefused() throws Exception {
        server.knows(new AssertionCheck()
                .account(ACCOUNT, "k-1", keys.getPublic(), "somebody@shop.example")
                .at(NOW));
        assertThatThrownBy(() -> token(google()))
                .isInstanceOf(TransportFailure.class)
                .hasMessageContaining("invalid_grant")
                .hasMessageContaining("oauth.subject");
        server.refuses("{\"error\":\"unauthorized_client\"}");
        assertThatThrownBy(() -> token(google())).hasMessageContaining("Domain-wide delegation");
    }

    @Test
    void subjectShouldBeTheOneThatIsWritten() throws Exception {
        server.knows(new AssertionCheck()
                .account(ACCOUNT, "k-1", keys.getPublic(), "info@shop.example")
                .at(NOW));
        file("google.json", json(), "rw-------");
        Account account = account(
                "oauth.provider", "google", "oauth.keyFile", "google.json", "oauth.subject", "info@shop.example");
        assertThat(server.isGood(token(account).value())).isTrue();
    }

    @Test
    @DisplayName("a certificate gets a token by what it signs, again with another id, and no secret leaves")
    void certificateShouldGetTokens() throws Exception {
        AssertionCheck check =
                new AssertionCheck().certificate(issued.certificate()).at(NOW);
        server.knows(check);
        Secret first = token(microsoft());
        clock.move(Duration.ofHours(2));
        check.at(clock.instant());
        Secret second = token(microsoft());
        assertThat(second).isNotEqualTo(first);
        assertThat(server.forms()).hasSize(2).noneMatch(form -> form.containsKey("client_secret"));
    }

    @Test
    void anotherCertificateShouldBeRefused() throws Exception {
        server.knows(new AssertionCheck()
                .certificate(new TestAuthority(folder, "Other")
                        .issue("other", keys, 0)
                        .certificate())
                .at(NOW));
        assertThatThrownBy(() -> token(microsoft())).hasMessageContaining("oauth.keyFile");
    }

    @Test
    void endOfTheCertificateShouldBeKnown() throws Exception {
        assertThat(new Email().oauth(microsoft()).orElseThrow().expiresAt())
                .isEqualTo(
                        ((X509Certificate) issued.certificate()).getNotAfter().toInstant());
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--", "rw----r--", "rw-r-----", "rw--w----"})
    void fileThatOthersCanReadShouldBeRefused(String permissions) throws Exception {
        file("open.pem", certified(), permissions);
        assertThatThrownBy(() -> KeyFile.read("open.pem", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(permissions)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void whatIsNoKeyShouldBeRefusedWithoutAWordOfIt() throws Exception {
        String inside = key().replaceAll("-----[^-]+-----", "");
        Map<String, String> files = Map.of(
                "nothing",
                "no line",
                "{\"type\":\"authorized_user\"}",
                "service account",
                "{broken",
                "no JSON",
                "-----BEGIN RSA PRIVATE KEY-----" + inside + "-----END RSA PRIVATE KEY-----",
                "openssl pkcs8",
                key().replace('B', 'C').replace("-----CEGIN", "-----BEGIN"),
                "damaged",
                key() + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "certificate is damaged",
                key() + Files.readString(new TestAuthority(folder, "Stranger").pem()),
                "not that of the key");
        for (Map.Entry<String, String> one : files.entrySet()) {
            file("odd", one.getKey(), "rw-------");
            assertThatThrownBy(() -> KeyFile.read("odd", folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(one.getValue())
                    .hasMessageNotContaining(inside.strip().substring(0, 20));
        }
        assertThatThrownBy(() -> KeyFile.read("missing", folder)).hasMessageContaining("no such file");
    }

    @Test
    void noTextShouldShowTheKey() throws Exception {
        String inside = key().lines().skip(1).findFirst().orElseThrow();
        for (Account account : new Account[] {google(), microsoft()}) {
            assertThat(account.values().toString() + grant(account) + account).doesNotContain(inside);
        }
    }

    @Test
    void whatDoesNotGoTogetherShouldBeTold() throws Exception {
        file("google.json", json(), "rw-------");
        file("gateway.pem", certified(), "rw-------");
        file("key.pem", key(), "rw-------");
        problem("oauth.keyFile is missing", "oauth.provider", "google", "oauth.clientId", "c");
        problem("must be the JSON", "oauth.provider", "google", "oauth.keyFile", "gateway.pem");
        problem(
                "must hold the certificate",
                "oauth.provider",
                "custom",
                "oauth.clientId",
                "c",
                "oauth.keyFile",
                "key.pem");
        problem("oauth.clientId is missing", "oauth.provider", "custom", "oauth.keyFile", "gateway.pem");
        problem(
                "are both there",
                "oauth.provider",
                "custom",
                "oauth.clientId",
                "c",
                "oauth.keyFile",
                "gateway.pem",
                "oauth.clientSecret",
                "s");
        problem(
                "need oauth.flow client-credentials",
                "oauth.provider",
                "google",
                "oauth.clientId",
                "c",
                "oauth.keyFile",
                "google.json",
                "oauth.flow",
                "refresh");
        problem("oauth.clientSecret or oauth.keyFile", "oauth.provider", "custom", "oauth.clientId", "c");
    }

    private void problem(String words, String... settings) {
        assertThat(new Email().problems(account(settings))).anyMatch(problem -> problem.contains(words));
    }
}
