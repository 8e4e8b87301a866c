// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import io.dragoman.connector.Secret;
import io.dragoman.model.Hashes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Who is logged in to the console. In memory alone: a restart logs everybody out. Each is found by the hash of its
 * cookie, so that no lookup depends on how much of a guess is right. Thread-safe.
 */
public final class Sessions {
    /** The longest that anybody stays logged in, however busy. */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** How many of one person, who may have several browsers; the one used least lately makes room. */
    static final int MOST_OF_ONE = 20;

    /** How many of all; the one used least lately makes room. */
    static final int MOST = 2_000;

    private static final int BYTES = 32;

    private final Duration idle;
    private final Random random;
    private final Clock clock;
    /** By the hash of the cookie; the one used least lately first. */
    private final LinkedHashMap<String, Session> open = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param idle how long nobody need ask anything
     * @param random of the kind that nobody can foresee
     */
    public Sessions(Duration idle, Random random, Clock clock) {
        this.idle = idle;
        this.random = random;
        this.clock = clock;
    }

    /** A session that has begun, and the cookie that stands for it. */
    public record Begun(Secret cookie, Session session) {}

    /** Begins one. */
    public synchronized Begun begin(Principal identity) {
        Instant now = clock.instant();
        open.values().removeIf(session -> !now.isBefore(session.expiresAt()));
        makeRoom(identity);
        String cookie = word();
        Session session = new Session(Hashes.sha256Hex(cookie), identity, word(), now.plus(LONGEST), now.plus(idle));
        open.put(session.key(), session);
        return new Begun(new Secret(cookie), session);
    }

    /**
     * The session of a cookie; empty when it has ended or never was.
     *
     * @param attended whether a person asks, so that it lives on from now
     */
    public synchronized Optional<Session> find(String cookie, boolean attended) {
        String key = Hashes.sha256Hex(cookie);
        Session session = open.get(key);
        if (session == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!now.isBefore(session.expiresAt())) {
            open.remove(key);
            return Optional.empty();
        }
        if (!attended) {
            return Optional.of(session);
        }
        Session used = new Session(key, session.identity(), session.csrf(), session.ends(), now.plus(idle));
        open.put(key, used);
        return Optional.of(used);
    }

    /** Ends one. */
    public synchronized void end(Session session) {
        open.remove(session.key());
    }

    /** Ends those of everybody else. */
    public synchronized void keep(Predicate<Principal> who) {
        open.values().removeIf(session -> !who.test(session.identity()));
    }

    /** Whether one goes on; that somebody asks so does not keep it alive. */
    public synchronized boolean goesOn(Session asked) {
        Session session = open.get(asked.key());
        return session != null && clock.instant().isBefore(session.expiresAt());
    }

    synchronized int size() {
        return open.size();
    }

    private void makeRoom(Principal identity) {
        long own = open.values().stream()
                .filter(session -> session.identity().equals(identity))
                .count();
        if (own >= MOST_OF_ONE) {
            removeFirst(identity);
        } else if (open.size() >= MOST) {
            open.remove(open.keySet().iterator().next());
        }
    }

    private void removeFirst(Principal identity) {
        open.entrySet().stream()
                .filter(entry -> entry.getValue().identity().equals(identity))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(open::remove);
    }

    private String word() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
