// SPDX-License-Identifier: Apache-2.0
package io.dragoman.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.TestClock;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.Transport.SmtpServer;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RefusedLoginsTest {
    private static final SmtpReply REFUSED = new SmtpReply(535, "5.7.8");
    private static final SmtpServer SERVER = server("wrong");

    private final TestClock clock = TestClock.at(Instant.parse("2026-11-28T10:00:00Z"));
    private final RefusedLogins logins = new RefusedLogins(clock);
    private final AtomicInteger tried = new AtomicInteger();

    private static SmtpServer server(String password) {
        return new SmtpServer("smtp.shop.example", 587, Tls.START, "support", new Secret(password), false);
    }

    private SmtpReply attempt(SmtpServer server, SmtpReply answer) throws TransportFailure {
        return logins.attempt(server, () -> {
            tried.incrementAndGet();
            return answer;
        });
    }

    private TransportFailure refusal() {
        return catchThrowableOfType(TransportFailure.class, () -> attempt(SERVER, REFUSED));
    }

    @Test
    void aRefusedLoginIsTriedAgainAfterMinutesThenHours() throws TransportFailure {
        for (long minutes : List.of(5, 15, 60, 60)) {
            assertThat(attempt(SERVER, REFUSED)).isEqualTo(REFUSED);
            clock.move(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(refusal().reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
            clock.move(Duration.ofSeconds(1));
        }
        assertThat(tried).hasValue(4);
    }

    @Test
    void itSaysWhatWasAnsweredWhenItGoesOnAndWhatToDo() throws TransportFailure {
        attempt(SERVER, REFUSED);
        assertThat(refusal().detail())
                .isEqualTo("smtp.shop.example: the login was refused (535 5.7.8), so it is not tried before"
                        + " 2026-11-28T10:05:00Z; correct smtp.user and smtp.password (or the token), then it is tried at"
                        + " once");
    }

    @Test
    void anotherPasswordIsTriedAtOnceAndSuccessForgets() throws TransportFailure {
        attempt(SERVER, REFUSED);
        assertThat(attempt(server("right"), new SmtpReply(250, ""))).isEqualTo(new SmtpReply(250, ""));
        clock.move(Duration.ofMinutes(5));
        attempt(SERVER, new SmtpReply(250, ""));
        attempt(SERVER, REFUSED);
        clock.move(Duration.ofMinutes(5));
        assertThat(attempt(SERVER, REFUSED))
                .as("five minutes again, not fifteen")
                .isEqualTo(REFUSED);
    }

    /** They are renewed by themselves: that the next one is refused too is no news. */
    @Test
    void refusedTokensAreCountedOnAcrossTokens() throws TransportFailure {
        for (long minutes : List.of(5, 15, 60)) {
            SmtpServer server = token("token before " + minutes);
            assertThat(attempt(server, REFUSED)).isEqualTo(REFUSED);
            clock.move(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(catchThrowableOfType(TransportFailure.class, () -> attempt(server, REFUSED)))
                    .isNotNull();
            clock.move(Duration.ofSeconds(1));
        }
        attempt(token("good"), new SmtpReply(250, ""));
        attempt(token("refused again"), REFUSED);
        clock.move(Duration.ofMinutes(5));
        assertThat(attempt(token("refused again"), REFUSED)).isEqualTo(REFUSED);
    }

    private static SmtpServer token(String token) {
        return new SmtpServer("smtp.shop.example", 587, Tls.START, "support", new Secret(token), true);
    }

    /** Two channels may share a user, and one of them have the wrong password. */
    @Test
    void rightPasswordDoesNotHurryTheWrongOne() throws TransportFailure {
        attempt(SERVER, REFUSED);
        attempt(server("right"), new SmtpReply(250, ""));
        assertThat(refusal()).isNotNull();
    }

    @Test
    void aTemporaryAnswerIsNoRefusal() throws TransportFailure {
        attempt(SERVER, new SmtpReply(454, "4.7.0"));
        attempt(SERVER, new SmtpReply(550, "5.1.1"));
        attempt(SERVER, new SmtpReply(454, "4.7.0"));
        assertThat(tried).hasValue(3);
    }

    @Test
    void aBacklogWithAWrongPasswordLogsInOnce() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(8);
        CountDownLatch all = new CountDownLatch(8);
        try {
            IntStream.range(0, 8)
                    .forEach(one -> workers.execute(() -> {
                        try {
                            logins.attempt(SERVER, () -> {
                                tried.incrementAndGet();
                                all.countDown();
                                return REFUSED;
                            });
                        } catch (TransportFailure e) {
                            all.countDown();
                        }
                    }));
            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            workers.shutdownNow();
        }
        assertThat(tried).hasValue(1);
    }
}
