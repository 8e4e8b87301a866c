// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import io.dragoman.app.status.BudgetStatus;
import io.dragoman.app.status.GatewayStatus.ChannelStatus;
import io.dragoman.app.status.GatewayStatus.PollingStatus;
import io.dragoman.app.status.LoginForecast.LoginStatus;
import io.dragoman.app.status.NoticeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a channel or desk is, in one plain sentence: what is wrong first, then what came last. */
final class HealthSentence {
    /** Before that the end of a login is no news. */
    private static final Duration SOON = Duration.ofDays(30);

    private final Instant now;
    private final List<String> clauses = new ArrayList<>();

    private HealthSentence(Instant now) {
        this.now = now;
    }

    /**
     * Makes it.
     *
     * @param posted whether its provider posts to it
     * @param lastIn when something last came; null for never
     * @param lastOut when something last reached it; null for never
     */
    static String of(
            ChannelStatus status, boolean posted, @Nullable Instant lastIn, @Nullable Instant lastOut, Instant now) {
        HealthSentence sentence = new HealthSentence(now);
        sentence.sending(status);
        sentence.polling(status.polling());
        sentence.login(status.login());
        status.budgets().stream()
                .filter(budget -> budget.used() >= budget.most())
                .forEach(sentence::budget);
        status.notices().stream().filter(NoticeStatus::problem).forEach(notice -> sentence.clauses.add(notice.text()));
        if (posted) {
            sentence.clauses.add(lastIn == null ? "nothing was posted yet" : "last webhook " + sentence.ago(lastIn));
        } else if (lastIn != null) {
            sentence.clauses.add("last message in " + sentence.ago(lastIn));
        }
        if (lastOut != null) {
            sentence.clauses.add("last sent " + sentence.ago(lastOut));
        }
        if (sentence.clauses.isEmpty()) {
            sentence.clauses.add("nothing has come or gone yet");
        }
        return String.join("; ", sentence.clauses);
    }

    private void sending(ChannelStatus status) {
        switch (status.sending().status()) {
            case "paused" ->
                clauses.add("paused" + since(status.sending().since()) + ": "
                        + status.sending().problem());
            case "failing", "circuit-open" -> {
                Instant next = status.sending().nextTry();
                clauses.add("sending fails" + since(status.sending().since()) + ": "
                        + status.sending().problem()
                        + (next == null ? "" : "; next try " + in(next)));
            }
            default -> {}
        }
    }

    private void polling(@Nullable PollingStatus polling) {
        if (polling == null) {
            return;
        }
        if (polling.problem() != null) {
            Instant next = polling.nextTry();
            clauses.add("asking for what is new fails: " + polling.problem()
                    + (next == null ? "" : "; next try " + in(next)));
        } else if (polling.lastSuccess() == null) {
            clauses.add("not asked yet");
        } else {
            clauses.add("last asked " + ago(polling.lastSuccess()));
        }
    }

    private void login(@Nullable LoginStatus login) {
        if (login == null) {
            return;
        }
        Instant end = login.endsAt();
        if (login.problem() != null) {
            clauses.add(login.problem());
        } else if (end != null && Duration.between(now, end).compareTo(SOON) < 0) {
            clauses.add("token ends " + in(end));
        }
    }

    private void budget(BudgetStatus budget) {
        clauses.add(budget.name() + " is used up until " + budget.until());
    }

    private String since(@Nullable Instant at) {
        return at == null ? "" : " since " + length(Duration.between(at, now));
    }

    private String ago(Instant at) {
        return length(Duration.between(at, now)) + " ago";
    }

    private String in(Instant at) {
        return at.isAfter(now) ? "in " + length(Duration.between(now, at)) : "now";
    }

    /** The largest unit that is full. */
    static String length(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}
