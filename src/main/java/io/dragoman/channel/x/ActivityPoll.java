// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.Backfill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks for what no webhook brought, as far as the budget goes, and sees to it that the webhook is there and valid. */
record ActivityPoll(ApiClient api, PollContext context) {

    Batch poll(String position) throws TransportFailure {
        Account account = api.account();
        Instant now = context.clock().instant();
        if (position.isEmpty()) {
            PollPosition begun = PollPosition.begin(now, webhook());
            return new Batch(List.of(), begun.write(), begun.problem());
        }
        PollPosition known = PollPosition.read(position);
        Duration wait = wait(account, known, now);
        if (!wait.isZero()) {
            context.rest(wait);
            return new Batch(List.of(), position, known.problem());
        }
        return look(known, now);
    }

    private Duration wait(Account account, PollPosition known, Instant now) {
        Duration usual = Backfill.wait(account, context, known.checked());
        Instant until = known.until();
        Duration asked = until == null || !until.isAfter(now) ? Duration.ZERO : Duration.between(now, until);
        return asked.compareTo(usual) > 0 ? asked : usual;
    }

    private Batch look(PollPosition known, Instant now) throws TransportFailure {
        PaidPages pages = new PaidPages(api, context);
        String webhook = webhook();
        MissedActivity.Found direct = new MissedActivity.Direct(api.account()).since(known.direct(), pages, now);
        MissedActivity.Found posts = api.account().find(XSettings.MENTIONS).orElse(true)
                ? new MissedActivity.Mentions(api.account()).since(known.posts(), pages, now)
                : new MissedActivity.Found(List.of(), known.posts());
        List<Request> requests = new ArrayList<>(direct.requests());
        requests.addAll(posts.requests());
        String problem = joined(webhook, pages.problem());
        PollPosition next = new PollPosition(now, direct.newest(), posts.newest(), pages.until(), problem);
        return new Batch(requests, next.write(), problem);
    }

    private static @Nullable String joined(@Nullable String... problems) {
        String all = Stream.of(problems).filter(Objects::nonNull).collect(Collectors.joining("; "));
        return all.isEmpty() ? null : all;
    }

    /** What is wrong with the webhook; nothing is missed by it that is not asked for. */
    private @Nullable String webhook() {
        if (!XSettings.isPosted(api.account())) {
            return null;
        }
        try {
            return new ActivitySetup(api).watch();
        } catch (TransportFailure e) {
            return "X could not be asked for the webhook: " + e.detail();
        }
    }
}
