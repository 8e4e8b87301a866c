// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.TestClock;
import io.dragoman.store.blob.RefreshTokenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's login that is renewed again and again, at a server whose refresh tokens are good once. */
final class RefreshGrantTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final String ACCOUNT = "support-mail";

    private final TestClock clock = TestClock.at(START);
    private final TokenServer server = new TokenServer();
    private final PlainTransport transport = new PlainTransport() {
        @Override
        public Clock clock() {
            return clock;
        }
    };

    @TempDir
    private Path data;

    private RefreshTokenFiles logins;
    private AccessTokens tokens;

    @BeforeEach
    void start() {
        logins = new RefreshTokenFiles(data);
        tokens = new AccessTokens(logins);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RefreshGrant grant(String scope) {
        return new RefreshGrant(ACCOUNT, server.url("/token"), TokenServer.CLIENT, null, scope);
    }

    private RefreshToken login() throws IOException {
        RefreshToken token =
                new RefreshToken(TokenServer.CLIENT, server.refreshToken(), clock.instant(), clock.instant(), null);
        logins.login(ACCOUNT, token);
        return token;
    }

    private RefreshToken stored() throws IOException {
        return logins.find(ACCOUNT).orElseThrow();
    }

    private TransportFailure failure() {
        return catchThrowableOfType(TransportFailure.class, () -> tokens.token(grant("mail"), transport));
    }

    @Test
    void rotatedTokenShouldBeStoredForTheNextRenewal() throws Exception {
        RefreshToken first = login();
        Secret access = tokens.token(grant("mail"), transport);
        assertThat(server.isGood(access.value())).isTrue();
        assertThat(stored().value()).isNotEqualTo(first.value());
        clock.move(Duration.ofHours(1));
        assertThat(new AccessTokens(new RefreshTokenFiles(data)).token(grant("mail"), transport))
                .as("of a gateway that was started anew")
                .isNotEqualTo(access);
        assertThat(stored().loggedInAt()).isEqualTo(START);
        assertThat(stored().renewedAt()).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(server.forms()).hasSize(2).allSatisfy(form -> assertThat(form)
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("scope", "mail")
                .doesNotContainKey("client_secret"));
    }

    @Test
    void tokenThatIsNotReplacedShouldStay() throws Exception {
        RefreshToken first = login();
        try (var google = io.dragoman.contract.FakeProvider.answering(
                200, Map.of(), "{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"expires_in\":3599}")) {
            tokens.token(new RefreshGrant(ACCOUNT, google.baseUrl(), TokenServer.CLIENT, null, ""), transport);
        }
        assertThat(stored().value()).isEqualTo(first.value());
    }

    @Test
    void endThatTheServerNamesShouldBeKept() throws Exception {
        login();
        server.lives("\"expires_in\":3599,\"refresh_token_expires_in\":604800");
        tokens.token(grant("mail"), transport);
        assertThat(stored().endsAt()).isEqualTo(START.plus(Duration.ofDays(7)));
    }

    /** Each scope needs an access token of its own; two renewals at once would use the same refresh token twice. */
    @Test
    void severalScopesAndThreadsShouldUseEveryRefreshTokenOnce() throws Exception {
        login();
        CyclicBarrier together = new CyclicBarrier(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Boolean> good = new ArrayList<>();
        try {
            for (Future<Boolean> one : threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        together.await();
                        return server.isGood(
                                tokens.token(grant("scope-" + i % 4), transport).value());
                    })
                    .toList())) {
                good.add(one.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(good).containsOnly(true);
        assertThat(server.forms()).hasSize(4);
        assertThat(server.takes(stored().value())).isTrue();
    }

    @Test
    void nobodyLoggedInShouldSayWhatToDo() {
        assertThat(failure().isLoginRefused()).isTrue();
        assertThat(failure().detail()).isEqualTo("nobody has logged in yet: run ./dragoman login support-mail");
        assertThat(server.forms()).isEmpty();
    }

    @Test
    void loginOfAnotherClientShouldNotBeSent() throws Exception {
        logins.login(ACCOUNT, new RefreshToken("another", server.refreshToken(), START, START, null));
        assertThat(failure().detail()).contains("another oauth.clientId", "./dragoman login support-mail");
        assertThat(server.forms()).isEmpty();
    }

    @Test
    void endedLoginShouldBeARefusalUntilTheNextLogin() throws Exception {
        logins.login(ACCOUNT, new RefreshToken(TokenServer.CLIENT, new Secret("old-secret-token"), START, START, null));
        TransportFailure failure = failure();
        assertThat(failure.isLoginRefused()).isTrue();
        assertThat(failure.detail())
                .isEqualTo("127.0.0.1 answered 400 with error invalid_grant (code 70000): the login cannot be renewed;"
                        + " run ./dragoman login support-mail");
        assertThat(tokens.refusal(grant("mail"), START)).contains(failure.detail());
        login();
        assertThat(server.isGood(tokens.token(grant("mail"), transport).value()))
                .as("the new login is used without a restart")
                .isTrue();
        assertThat(tokens.refusal(grant("mail"), START)).isEmpty();
    }

    @Test
    void passingTroubleShouldBeNoRefusal() throws Exception {
        RefreshToken login = login();
        server.refuses("{\"error\":\"temporarily_unavailable\"}");
        assertThat(failure().isLoginRefused()).isFalse();
        assertThat(tokens.refusal(grant("mail"), START)).isEmpty();
        assertThat(stored()).isEqualTo(login);
    }

    /** A person may log in while the old login is being renewed: the new one must not be lost to it. */
    @Test
    void newLoginShouldSurviveTheRenewalOfTheOldOne() throws Exception {
        RefreshToken used = login();
        RefreshToken anew = login();
        logins.renew(ACCOUNT, used, new RefreshToken(TokenServer.CLIENT, new Secret("of the old"), START, START, null));
        assertThat(stored()).isEqualTo(anew);
    }

    @Test
    void tokenThatCannotBeStoredShouldNotBeUsed() throws Exception {
        login();
        Path folder = data.resolve("logins");
        Files.createDirectory(folder.resolve(ACCOUNT + ".new")); // where the new file would be written
        TransportFailure failure = failure();
        assertThat(failure.isLoginRefused()).isFalse();
        assertThat(failure.detail()).contains("cannot be read or stored");
    }

    @Test
    void fileShouldBeForItsOwnerAloneAndShowNothing() throws Exception {
        RefreshToken login = login();
        tokens.token(grant("mail"), transport);
        Path file = data.resolve("logins").resolve(ACCOUNT + ".json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        clock.move(Duration.ofHours(1));
        Files.writeString(file, "{\"refreshToken\":\"simulated-refresh-secret\",");
        assertThat(failure().detail()).doesNotContain("simulated-refresh");
        assertThat(login.toString() + grant("mail") + tokens).doesNotContain("simulated-refresh");
    }
}
