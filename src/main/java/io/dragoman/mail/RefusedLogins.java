// SPDX-License-Identifier: Apache-2.0
package io.dragoman.mail;

import io.dragoman.connector.LoginWaits;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.Transport.SmtpServer;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logins that a server refused. Servers count these and lock the address after a few, so a refused one is not tried
 * again for each mail that waits, but after minutes, then hours; another password is tried at once. Access tokens change
 * by themselves, so that the refusals of one in the place of another go on being counted. Of a login that was never
 * accepted only one is tried at a time. Remembers one login a user, not every token. Thread-safe.
 */
final class RefusedLogins {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedLogins.class);

    /** RFC 4954 §6: what is said of a login; 454 is temporary and not among them. */
    private static final Set<Integer> CODES = Set.of(530, 534, 535, 538);

    /** How long one waits for the login that is being tried before it goes on by itself. */
    private static final long PATIENCE_SECONDS = 20;

    private final Clock clock;
    private final Map<Place, Refusal> refusals = new ConcurrentHashMap<>();
    private final Map<Place, ReentrantLock> unproven = new ConcurrentHashMap<>();
    private final Map<Place, SmtpServer> proven = new ConcurrentHashMap<>();

    RefusedLogins(Clock clock) {
        this.clock = clock;
    }

    /** Where somebody logs in, with whatever secret. */
    private record Place(
            String host, int port, Tls tls, @Nullable String user) {
        static Place of(SmtpServer server) {
            return new Place(server.host(), server.port(), server.tls(), server.user());
        }
    }

    private record Refusal(SmtpServer login, int times, Instant until, SmtpReply reply) {}

    /** One exchange that begins with a login. */
    interface Attempt {
        SmtpReply send() throws TransportFailure;
    }

    /** Makes the attempt, unless the login was refused of late. */
    SmtpReply attempt(SmtpServer server, Attempt attempt) throws TransportFailure {
        if (server.user() == null) {
            return attempt.send();
        }
        check(server);
        if (server.equals(proven.get(Place.of(server)))) {
            return ended(server, attempt.send());
        }
        ReentrantLock lock = unproven.computeIfAbsent(Place.of(server), one -> new ReentrantLock());
        boolean alone = alone(lock);
        try {
            check(server);
            return ended(server, attempt.send());
        } finally {
            if (alone) {
                lock.unlock();
            }
        }
    }

    private static boolean alone(ReentrantLock lock) {
        try {
            return lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void check(SmtpServer server) throws TransportFailure {
        Refusal refusal = refusals.get(Place.of(server));
        if (refusal != null && server.equals(refusal.login()) && clock.instant().isBefore(refusal.until())) {
            throw TransportFailure.loginRefused(server.host() + ": the login was refused (" + said(refusal.reply())
                    + "), so it is not tried before " + minute(refusal.until())
                    + "; correct smtp.user and smtp.password (or the token), then it is tried at once");
        }
    }

    private SmtpReply ended(SmtpServer server, SmtpReply reply) {
        Place place = Place.of(server);
        if (!CODES.contains(reply.code())) {
            refusals.computeIfPresent(
                    place, (one, before) -> server.token() || server.equals(before.login()) ? null : before);
            if (reply.code() < 300) {
                proven.put(place, server);
            }
            return reply;
        }
        proven.remove(place, server);
        Refusal refusal = refusals.compute(place, (one, before) -> {
            boolean again = before != null && (server.token() || server.equals(before.login()));
            int times = again ? before.times() + 1 : 1;
            return new Refusal(server, times, clock.instant().plus(LoginWaits.after(times)), reply);
        });
        LOG.warn(
                "smtp server {}: the login was refused ({}, {} in a row); correct smtp.user and smtp.password (or the"
                        + " token). Next try at {}, or at once when they change",
                server.host(),
                said(reply),
                refusal.times(),
                minute(refusal.until()));
        return reply;
    }

    private static String said(SmtpReply reply) {
        return (reply.code() + " " + reply.enhanced()).strip();
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
