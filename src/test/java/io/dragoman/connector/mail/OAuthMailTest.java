// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.TestClock;
import io.dragoman.channel.email.Email;
import io.dragoman.channel.email.SendTest;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RefreshToken;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.TokenServer;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real Dovecot that asks a real authorization server about every token (XOAUTH2). */
@Timeout(60)
final class OAuthMailTest {
    private static final Email EMAIL = new Email();
    private static final TokenServer TOKENS = new TokenServer();

    private static @Nullable Dovecot dovecot;

    private final TestClock clock = TestClock.at(TestAccount.NOW);
    private final MailTransport transport = new MailTransport();

    @BeforeAll
    static void start() throws Exception {
        if (Dovecot.isInstalled()) {
            dovecot = new Dovecot(TOKENS.url("/introspect"));
            try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
                store.connect("127.0.0.1", dovecot.imap, TokenServer.USER, "secret");
                MimeMessage mail = GreenMailbox.mail("hello");
                store.getFolder("INBOX").appendMessages(new Message[] {mail});
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (dovecot != null) {
            dovecot.close();
        }
        TOKENS.close();
    }

    @BeforeEach
    void login() throws IOException {
        TOKENS.forms().clear();
        transport
                .tokens()
                .logins()
                .login(
                        "support-mail",
                        new RefreshToken(
                                TokenServer.CLIENT, TOKENS.refreshToken(), clock.instant(), clock.instant(), null));
    }

    /** Sends nothing, but looks at the token as a server does. */
    private final class MailTransport extends PlainTransport {
        private final List<SmtpServer> servers = new ArrayList<>();
        private @Nullable SmtpReply always;

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public SmtpReply smtp(SmtpServer server, String from, List<String> to, byte[] mail) {
            servers.add(server);
            boolean good = server.token()
                    && server.password() != null
                    && TOKENS.isGood(server.password().value());
            return always != null ? always : good ? new SmtpReply(250, "") : new SmtpReply(535, "5.7.3");
        }
    }

    private static Account account(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "oauth.provider",
                "custom",
                "oauth.tokenUrl",
                TOKENS.url("/token").toString(),
                "oauth.clientId",
                TokenServer.CLIENT,
                "oauth.clientSecret",
                TokenServer.SECRET,
                "start",
                "all",
                "interval",
                "1s"));
        all.addAll(List.of("smtp.host", "127.0.0.1", "smtp.user", TokenServer.USER));
        all.addAll(List.of(more));
        return TestAccount.with(all.toArray(String[]::new));
    }

    private static Account reading(String group, int port, String... more) {
        List<String> all = new ArrayList<>(List.of(group + ".host", "127.0.0.1", group + ".port", "" + port));
        all.addAll(List.of(group + ".tls", "false", group + ".user", TokenServer.USER));
        all.addAll(List.of(more));
        return account(all.toArray(String[]::new));
    }

    private static Dovecot server() {
        Assumptions.assumeTrue(dovecot != null, "no dovecot");
        return Objects.requireNonNull(dovecot);
    }

    private Batch poll(Account account) throws TransportFailure {
        return EMAIL.poll(account, "", transport, TestAccount.context(Duration.ofMillis(200)));
    }

    @Test
    void mailShouldBeReadByImapAndPop3WithOneToken() throws Exception {
        assertThat(poll(reading("imap", server().imap)).requests()).hasSize(1);
        assertThat(poll(reading("pop3", server().pop3)).requests()).hasSize(1);
        assertThat(TOKENS.forms()).as("fetched once for both").hasSize(1);
    }

    @Test
    void mailShouldBeReadInTheNameOfTheApplication() throws Exception {
        assertThat(poll(reading("imap", server().imap, "oauth.flow", "client-credentials"))
                        .requests())
                .hasSize(1);
        assertThat(TOKENS.forms().get(0)).containsEntry("grant_type", "client_credentials");
    }

    @Test
    void tokenShouldBeRenewedBeforeItsEnd() throws Exception {
        Account account = reading("imap", server().imap);
        poll(account);
        clock.move(Duration.ofMinutes(50));
        poll(account);
        assertThat(TOKENS.forms()).hasSize(1);
        clock.move(Duration.ofMinutes(5));
        poll(account);
        assertThat(TOKENS.forms()).hasSize(2);
    }

    @Test
    void refusedTokenShouldBeRenewedOnceAtOnce() throws Exception {
        for (Account account : List.of(reading("imap", server().imap), reading("pop3", server().pop3))) {
            poll(account);
            TOKENS.forgetAccessTokens();
            TOKENS.forms().clear();
            assertThat(poll(account).requests()).hasSize(1);
            assertThat(TOKENS.forms()).hasSize(1);
        }
    }

    @Test
    void mailboxThatTakesNoTokenShouldBeARefusedLogin() {
        TransportFailure failure = catchThrowableOfType(
                TransportFailure.class, () -> poll(reading("imap", server().imap, "imap.user", "somebody-else")));
        assertThat(failure.isLoginRefused()).isTrue();
        assertThat(failure.detail()).contains("imap.user", "oauth");
        assertThat(TOKENS.forms()).as("one, and one in its place").hasSize(2);
    }

    @Test
    void endedLoginShouldBeARefusedLoginUntilThereIsANewOne() throws Exception {
        transport.tokens().logins().login("support-mail", ended());
        Account account = reading("imap", server().imap);
        Object tried = EMAIL.login(account, transport);
        TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> poll(account));
        assertThat(failure.isLoginRefused()).isTrue();
        assertThat(failure.detail()).contains("invalid_grant", "./dragoman login support-mail");
        assertThat(EMAIL.login(account, transport)).isEqualTo(tried);
        clock.move(Duration.ofSeconds(1));
        login();
        assertThat(EMAIL.login(account, transport))
                .as("so that it is tried at once")
                .isNotEqualTo(tried);
        assertThat(poll(account).requests()).hasSize(1);
        Object now = EMAIL.login(account, transport);
        clock.move(Duration.ofHours(1));
        poll(account);
        assertThat(EMAIL.login(account, transport))
                .as("a renewal is no new login")
                .isEqualTo(now);
    }

    private RefreshToken ended() {
        return new RefreshToken(TokenServer.CLIENT, new Secret("ended"), clock.instant(), clock.instant(), null);
    }

    @Test
    void mailShouldBeSentWithATokenThatIsRenewedWhenRefused() {
        Account account = reading("imap", 1);
        assertThat(send(account)).isInstanceOf(Outcome.Sent.class);
        TOKENS.forgetAccessTokens();
        assertThat(send(account)).isInstanceOf(Outcome.Sent.class);
        assertThat(transport.servers).hasSize(3);
        assertThat(TOKENS.forms()).hasSize(2);
    }

    @Test
    void serverThatTakesNoTokenShouldBeAskedTwice() {
        transport.always = new SmtpReply(535, "5.7.3");
        assertThat(send(reading("imap", 1)))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.AUTHENTICATION_FAILED));
        assertThat(transport.servers).hasSize(2);
    }

    @Test
    void nobodyLoggedInShouldHoldTheMail() throws Exception {
        transport.tokens().logins().login("support-mail", ended());
        assertThat(send(reading("imap", 1)))
                .isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.reason())
                        .isEqualTo(Reason.AUTHENTICATION_FAILED));
        assertThat(transport.servers).isEmpty();
    }

    /** The copy is a mail of its own, in a mailbox that is opened with the same token. */
    @Test
    void copyShouldGoToTheSentFolderWithAToken() throws Exception {
        Account account = reading("imap", server().imap, "imap.folder", "INBOX.Orders", "imap.sent", "INBOX");
        transport.always = new SmtpReply(250, "");
        transport.tokens().token(grant(account), transport);
        TOKENS.forgetAccessTokens();
        assertThat(send(account)).isInstanceOfSatisfying(Outcome.Sent.class, sent -> assertThat(sent.note())
                .isNull());
        assertThat(TOKENS.forms()).hasSize(2);
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", server().imap, TokenServer.USER, "secret");
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            assertThat(inbox.getMessageCount()).isEqualTo(2);
            inbox.getMessage(2).setFlag(Flags.Flag.DELETED, true);
            inbox.close(true);
        }
    }

    @Test
    void secretsShouldNotBeShown() {
        Account account = reading("imap", 1);
        assertThat(EMAIL.oauth(account) + EmailSettings.reading(account).toString())
                .doesNotContain(TokenServer.SECRET);
    }

    private static TokenGrant grant(Account account) {
        return OAuthSettings.mail(account).orElseThrow();
    }

    private Outcome send(Account account) {
        return EMAIL.send(account, message(), transport);
    }

    static ToCustomer message() {
        return SendTest.message("Hello");
    }

    /** A server's own password goes before. */
    @Test
    void passwordShouldGoBeforeTheToken() {
        Account account = reading("imap", 1, "imap.password", "secret");
        assertThat(EmailSettings.reading(account).usesToken()).isFalse();
        assertThat(EmailSettings.SMTP.of(account).usesToken()).isTrue();
        assertThat(Optional.ofNullable(EmailSettings.reading(account).grant())).isEmpty();
    }
}
