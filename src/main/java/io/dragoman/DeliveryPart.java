// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.delivery.CountedSend;
import io.dragoman.delivery.DeliveryPolicy;
import io.dragoman.delivery.MediaAccess;
import io.dragoman.delivery.Outbox;
import io.dragoman.delivery.RetrySchedule;
import io.dragoman.delivery.Send;
import io.dragoman.delivery.Settle;
import io.dragoman.http.server.MediaLinks;
import io.dragoman.journey.Bots;
import io.dragoman.journey.CommitNews;
import io.dragoman.journey.CommitUnread;
import io.dragoman.journey.Inbox;
import io.dragoman.model.Purpose;
import io.dragoman.store.Pauses;
import io.dragoman.work.HelpdeskWatch;
import io.dragoman.work.WorkSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** From a delivery to its end: what {@code routes/outbox.camel.yaml} names, and the lanes that both routes empty. */
final class DeliveryPart {
    private static final int MOST_HURRIED = 64;
    private static final Duration LINKS_LIVE = Duration.ofDays(7);

    /** The circuit breakers of channels and desks. */
    final CircuitBreakers targets;
    /** What the lanes' routes take their work from, by the name behind {@code dragoman-lane:}. */
    final Map<String, WorkSource> works;

    private final Foundation base;

    /** @param analytics whether who said this consents to be told apart by a program that counts */
    DeliveryPart(
            Foundation base,
            CommitNews news,
            CommitUnread unread,
            Bots bots,
            MediaLinks links,
            Predicate<Map<Purpose, Boolean>> analytics) {
        this.base = base;
        DeliveryPolicy policy = base.setup.settings().delivery();
        RetrySchedule schedule = new RetrySchedule(base.setup.environment().random());
        targets = new CircuitBreakers(policy.atOnce(), base.clock);
        Inbox inbox = new Inbox(base.owner, base.clock);
        Outbox outbox = new Outbox(base.owner, base.clock, schedule, targets, id -> base.registry
                .find(id)
                .filter(base.turns::sendsHere)
                .isPresent());
        works = Map.of("inbox", inbox, "outbox", outbox);
        base.camel.bind(
                "send",
                new Send(
                        base.store,
                        base.registry,
                        base.transport,
                        targets.calls(),
                        base.notices,
                        media(links),
                        new CountedSend(base.store, base.transport, analytics, base.clock),
                        policy,
                        base.clock));
        base.camel.bind("settle", new Settle(base.store, news, unread, bots, schedule, policy, targets, base.clock));
    }

    private MediaAccess media(MediaLinks links) {
        // the same link all day, so that a repeated notice has the same body
        Function<String, String> link = id -> links.link(
                base.setup.settings().http().publicUrl(),
                id,
                base.clock.instant().truncatedTo(ChronoUnit.DAYS).plus(LINKS_LIVE));
        return new MediaAccess(
                base.store,
                base.transport,
                link,
                name -> base.files.open(name).readAllBytes(),
                base.agentFiles,
                targets.calls(),
                base.setup.settings().mediaMaxSize());
    }

    /** Notes which helpdesks the desks speak to, before anything is sent there. */
    void follow(ConfiguredAccounts accounts) {
        HelpdeskWatch.follow(base.store, accounts, base.clock.millis());
        targets.paused(base.store.read(
                tx -> tx.pauses().all().stream().map(Pauses.Pause::target).collect(Collectors.toSet())));
    }

    /** Closes the circuits of channels and desks whose configuration changed: what waits for them is tried at once. */
    void changed(Set<String> ids) {
        ids.forEach(targets::forget);
        base.store.insist(tx -> {
            ids.forEach(id -> tx.deliveries().hurryTarget(id, base.clock.millis(), MOST_HURRIED));
            return true;
        });
    }
}
