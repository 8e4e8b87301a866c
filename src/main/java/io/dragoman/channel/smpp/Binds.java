// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.channel.smpp.SmppSettings.Mode;
import io.dragoman.connector.Account;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsmpp.bean.BindType;
import org.jspecify.annotations.Nullable;

/** The sessions of one account. Thread-safe. */
final class Binds {
    private static final int LONGEST_WAIT_SECONDS = 60;

    /** A session that ends so soon is a failure, so that logins do not follow on each other's heels. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Account account;
    private final Bind.Arrivals arrivals;
    private final List<Place> places = new ArrayList<>();

    Binds(Account account, Bind.Arrivals arrivals) {
        this.account = account;
        this.arrivals = arrivals;
        boolean pair = account.get(SmppSettings.BIND) == Mode.PAIR;
        for (int i = 0; i < account.get(SmppSettings.BINDS); i++) {
            (pair ? Stream.of(BindType.BIND_RX, BindType.BIND_TX) : Stream.of(BindType.BIND_TRX))
                    .forEach(type -> places.add(new Place(type)));
        }
    }

    /** Where a session is, or is to be. */
    private static final class Place {
        final BindType type;

        @Nullable
        Bind bind;

        Instant opened = Instant.MIN;
        int failures;
        Instant next = Instant.MIN;

        @Nullable
        TransportFailure failure;

        Place(BindType type) {
            this.type = type;
        }

        boolean isOpen() {
            return bind != null && bind.isOpen();
        }

        boolean receives() {
            return type != BindType.BIND_TX;
        }
    }

    /**
     * Opens what is missing; while others are open, each place waits longer after each failure.
     *
     * @return what the operator should know; null for nothing
     * @throws TransportFailure when no session is there to receive by
     */
    @Nullable
    String open(Instant now) throws TransportFailure {
        List<Place> missing = places.stream().filter(place -> !isOpen(place)).toList();
        for (Place place : missing) {
            if (!receives() || !now.isBefore(place.next)) {
                open(place, now);
            }
        }
        Optional<Place> failed = places.stream().filter(place -> !isOpen(place)).findFirst();
        TransportFailure failure = failed.map(place -> place.failure).orElse(null);
        if (failure != null && !receives()) {
            throw failure;
        }
        return failure == null ? null : "a session is missing: " + failure.detail();
    }

    private void open(Place place, Instant now) {
        Bind before = place.bind;
        if (before != null) {
            before.discard();
        }
        try {
            if (before != null && now.isBefore(place.opened.plus(SHORT))) {
                place.bind = null;
                throw TransportFailure.notSent(
                        Reason.PROVIDER_DOWN, "the SMS centre ended the session soon after its login");
            }
            Bind bind = Bind.open(account, place.type, arrivals);
            synchronized (this) {
                place.bind = bind;
                place.opened = now;
                place.failures = 0;
                place.failure = null;
                place.next = Instant.MIN;
            }
        } catch (TransportFailure e) {
            place.failure = e;
            place.failures++;
            int seconds = e.isLoginRefused() ? 300 : Math.min(LONGEST_WAIT_SECONDS, 1 << Math.min(place.failures, 10));
            place.next = now.plus(Duration.ofSeconds(seconds));
        }
    }

    private synchronized boolean isOpen(Place place) {
        return place.isOpen();
    }

    /** Whether a session is open that brings messages. */
    synchronized boolean receives() {
        return places.stream().anyMatch(place -> place.receives() && place.isOpen());
    }

    /** Whether it is time to open one that is missing. */
    synchronized boolean isDue(Instant now) {
        boolean receives = receives();
        return places.stream().anyMatch(place -> !place.isOpen() && (!receives || !now.isBefore(place.next)));
    }

    /** The session with the most room to send by. */
    synchronized Optional<Bind> sending() {
        return places.stream()
                .map(place -> place.bind)
                .filter(bind -> bind != null && bind.sends())
                .max(Comparator.comparingInt(Bind::room));
    }

    /** Ends all sessions in order. */
    void close() {
        List<Bind> open;
        synchronized (this) {
            open = places.stream()
                    .filter(Place::isOpen)
                    .map(place -> java.util.Objects.requireNonNull(place.bind))
                    .toList();
        }
        open.parallelStream().forEach(Bind::close); // each may wait for an answer
    }
}
