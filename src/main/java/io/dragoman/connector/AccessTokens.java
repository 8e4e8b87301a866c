// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access tokens of clients, fetched when they are needed and kept until shortly before they expire. One thread
 * fetches for all that wait, and of the grants of one login one at a time. A token that a server refuses is fetched anew
 * once. A new refresh token is stored before what came with it is used. No token is ever shown. Thread-safe.
 */
public final class AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    private static final int MOST = 500;

    /** Before its end a token is not used any more: a request is on its way for a while, and clocks differ. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration UNSAID = Duration.ofMinutes(10);

    /** Says of itself alone, never to anybody else, that the server did not take the token. */
    private static final Outcome NOT_TAKEN =
            new Outcome.Refused(Reason.AUTHENTICATION_FAILED, "the access token was refused");

    private final RefreshTokens logins;
    private final Map<TokenGrant, Slot> slots = bounded();
    private final Map<String, Object> locks = bounded();

    /** Without logins of persons. */
    public AccessTokens() {
        this(RefreshTokens.inMemory());
    }

    /** @param logins where the refresh tokens of persons' logins are kept */
    public AccessTokens(RefreshTokens logins) {
        this.logins = logins;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /** The token of one client; its lock is held while one is fetched. */
    private static final class Slot {
        private @Nullable Secret token;
        private Instant until = Instant.MIN;
        /** Why the last fetch gave none, for those that waited for it. */
        private volatile @Nullable Outcome failure;

        private volatile Instant failedAt = Instant.MIN;

        private final AtomicInteger fetches = new AtomicInteger();
    }

    /** One try with a token, which hands every answer of the server's to {@code answered} and says what that says. */
    @FunctionalInterface
    public interface Attempt {
        Outcome with(Secret token, Function<Response, Outcome> answered);
    }

    /** The refresh tokens of persons' logins. */
    public RefreshTokens logins() {
        return logins;
    }

    /**
     * A token for what is no HTTP request.
     *
     * @throws TransportFailure when there is none: a {@linkplain TransportFailure#isLoginRefused() refused login} when
     *     the authorization server gives none any more
     */
    public Secret token(TokenGrant grant, Transport transport) throws TransportFailure {
        return secret(token(slot(grant), grant, transport, null));
    }

    /** A token in the place of one that a server refused. */
    public Secret renewed(TokenGrant grant, Transport transport, Secret refused) throws TransportFailure {
        return secret(token(slot(grant), grant, transport, refused));
    }

    private static Secret secret(Object tokenOrOutcome) throws TransportFailure {
        if (tokenOrOutcome instanceof Secret token) {
            return token;
        }
        if (tokenOrOutcome instanceof Outcome.Retry retry) {
            throw TransportFailure.notSent(retry.reason(), retry.detail());
        }
        throw TransportFailure.loginRefused(((Outcome.Refused) tokenOrOutcome).detail());
    }

    /**
     * Why the authorization server gives no token any more; empty while it does, or could not be asked. Never waits.
     *
     * @param since refusals before it do not count
     */
    public Optional<String> refusal(TokenGrant grant, Instant since) {
        Slot slot = slot(grant);
        return slot.failure instanceof Outcome.Refused refused && !slot.failedAt.isBefore(since)
                ? Optional.of(refused.detail())
                : Optional.empty();
    }

    /** Sends a request with a client's token, as {@link Transport#attempt}. */
    public Outcome attempt(TokenGrant grant, Transport transport, HttpCall call, Function<Response, Outcome> answered) {
        return attempt(grant, transport, (token, next) -> transport.attempt(call.bearer(token), next), answered);
    }

    /**
     * Does something with a client's token; again, with a new one, when the server refused that one: then it did nothing.
     *
     * @param answered what an answer means
     * @return what became of it, or why there is no token: surely nothing was sent then
     */
    public Outcome attempt(
            TokenGrant grant, Transport transport, Attempt attempt, Function<Response, Outcome> answered) {
        Slot slot = slot(grant);
        Object first = token(slot, grant, transport, null);
        if (!(first instanceof Secret token)) {
            return (Outcome) first;
        }
        Outcome outcome = attempt.with(token, answer -> grant.refuses(answer) ? NOT_TAKEN : answered.apply(answer));
        if (outcome != NOT_TAKEN) {
            return outcome;
        }
        Object second = token(slot, grant, transport, token);
        return second instanceof Secret newer ? attempt.with(newer, answered) : (Outcome) second;
    }

    private Slot slot(TokenGrant grant) {
        synchronized (slots) {
            return slots.computeIfAbsent(grant, none -> new Slot());
        }
    }

    private Object lock(String account) {
        synchronized (locks) {
            return locks.computeIfAbsent(account, none -> new Object());
        }
    }

    /**
     * A token as {@link Secret}, or why there is none as {@link Outcome}.
     *
     * @param refused one that is no good any more, whatever it says of its end
     */
    private Object token(Slot slot, TokenGrant grant, Transport transport, @Nullable Secret refused) {
        int before = slot.fetches.get();
        synchronized (slot) {
            Instant now = transport.clock().instant();
            Secret kept = slot.token;
            if (kept != null && now.isBefore(slot.until) && !kept.equals(refused)) {
                return kept;
            }
            Outcome failure = slot.failure;
            if (failure != null && slot.fetches.get() != before) {
                return failure;
            }
            Object fetched = fetch(slot, grant, transport, now);
            slot.failedAt = now;
            slot.failure = fetched instanceof Outcome none ? none : null;
            slot.fetches.incrementAndGet();
            return fetched;
        }
    }

    private Object fetch(Slot slot, TokenGrant grant, Transport transport, Instant now) {
        slot.token = null;
        TokenGrant.Answer answer;
        try {
            answer = grant instanceof RefreshGrant person
                    ? renew(person, transport, now)
                    : grant instanceof RenewableToken own
                            ? prolong(own, transport, now)
                            : grant.read(transport.http(grant.call(now).timeout(TIMEOUT)));
        } catch (TransportFailure e) {
            return Outcome.of(e.notSent());
        }
        return answer instanceof TokenGrant.Granted granted
                ? keep(slot, granted, now)
                : ((TokenGrant.Denied) answer).outcome().repeatable();
    }

    private TokenGrant.Answer renew(RefreshGrant person, Transport transport, Instant now) throws TransportFailure {
        synchronized (lock(person.account())) { // one refresh token for several scopes: each use may replace it
            try {
                RefreshToken login = logins.find(person.account()).orElse(null);
                if (login == null || !login.clientId().equals(person.clientId())) {
                    return new TokenGrant.Denied(new Outcome.Refused(
                            Reason.AUTHENTICATION_FAILED,
                            (login == null
                                            ? "nobody has logged in yet"
                                            : "the login was made for another oauth.clientId")
                                    + ": run ./dragoman login " + person.account()));
                }
                Response answer = transport.http(person.with(login).call(now).timeout(TIMEOUT));
                TokenGrant.Answer said = person.read(answer);
                if (said instanceof TokenGrant.Granted) {
                    logins.renew(person.account(), login, login.renewed(answer, now));
                }
                return said;
            } catch (IOException e) {
                return new TokenGrant.Denied(new Outcome.Retry(
                        Reason.PROVIDER_DOWN,
                        "the login of " + person.account() + " cannot be read or stored in the data folder"));
            }
        }
    }

    /** What goes wrong spoils nothing: the token holds until its end, and the next day tries again. */
    private TokenGrant.Answer prolong(RenewableToken own, Transport transport, Instant now) {
        synchronized (lock(own.account())) {
            Secret token = own.configured();
            try {
                RefreshToken kept = logins.find(own.account()).filter(own::isOf).orElse(null);
                if (kept == null) {
                    logins.login(own.account(), own.first(now));
                } else {
                    token = kept.value();
                    Optional<RefreshToken> next = own.isDue(kept, now)
                            ? own.renewed(kept, transport.http(own.call(token).timeout(TIMEOUT)), now)
                            : Optional.empty();
                    if (next.isPresent()) {
                        logins.renew(own.account(), kept, next.get());
                        token = next.get().value();
                    }
                }
            } catch (TransportFailure | IOException e) { // health foretells the end
                LOG.warn("{}: the access token was not renewed: {}", own.account(), e.getMessage());
            }
            return new TokenGrant.Granted(token, LONGEST.toSeconds());
        }
    }

    private static Object keep(Slot slot, TokenGrant.Granted granted, Instant now) {
        slot.token = granted.token();
        slot.until = now.plus(usable(granted.seconds()));
        return granted.token();
    }

    /** Of a token that lives for so many seconds. */
    private static Duration usable(long seconds) {
        Duration life = seconds <= 0 ? UNSAID : Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
        Duration half = life.dividedBy(2);
        return life.minus(half.compareTo(MARGIN) < 0 ? half : MARGIN);
    }

    @Override
    public String toString() {
        return "AccessTokens[…]";
    }
}
