// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.phrase.Sentence;
import io.dragoman.app.status.BudgetStatus;
import io.dragoman.app.status.GatewayStatus.ChannelStatus;
import io.dragoman.app.status.GatewayStatus.PollingStatus;
import io.dragoman.app.status.LoginForecast.LoginStatus;
import io.dragoman.app.status.NoticeStatus;
import io.dragoman.app.status.SendingStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a channel or desk is, in plain phrases: what is wrong first, then what came last. */
final class HealthSentence {
    /** Before that the end of a login is no news. */
    private static final Duration SOON = Duration.ofDays(30);

    private final Instant now;
    private final List<Phrase> clauses = new ArrayList<>();

    private HealthSentence(Instant now) {
        this.now = now;
    }

    /**
     * Makes them.
     *
     * @param posted whether its provider posts to it
     * @param lastIn when something last came; null for never
     * @param lastOut when something last reached it; null for never
     */
    static List<Phrase> of(
            ChannelStatus status, boolean posted, @Nullable Instant lastIn, @Nullable Instant lastOut, Instant now) {
        HealthSentence sentence = new HealthSentence(now);
        sentence.sending(status.sending());
        sentence.polling(status.polling());
        sentence.login(status.login());
        status.budgets().stream()
                .filter(budget -> budget.used() >= budget.most())
                .forEach(sentence::budget);
        status.notices().stream()
                .filter(NoticeStatus::problem)
                .forEach(notice -> sentence.add(Sentence.NOTICE, Map.of("problem", notice.text())));
        sentence.traffic(posted, lastIn, lastOut);
        if (sentence.clauses.isEmpty()) {
            sentence.add(Sentence.NOTHING_YET, Map.of());
        }
        return sentence.clauses;
    }

    /** The same as one English sentence. */
    static String text(List<Phrase> clauses) {
        return clauses.stream().map(Phrase::text).collect(Collectors.joining("; "));
    }

    private void add(Sentence sentence, Map<String, Object> of) {
        clauses.add(sentence.of(of, now));
    }

    private void traffic(boolean posted, @Nullable Instant lastIn, @Nullable Instant lastOut) {
        if (posted && lastIn == null) {
            add(Sentence.NOTHING_POSTED, Map.of());
        } else if (lastIn != null) {
            add(posted ? Sentence.LAST_WEBHOOK : Sentence.LAST_IN, Map.of("at", lastIn));
        }
        if (lastOut != null) {
            add(Sentence.LAST_SENT, Map.of("at", lastOut));
        }
    }

    private void sending(SendingStatus sending) {
        Sentence sentence =
                switch (sending.status()) {
                    case "paused" -> Sentence.IS_PAUSED;
                    case "failing", "circuit-open" -> Sentence.SENDING_FAILS;
                    default -> null;
                };
        if (sentence != null) {
            Instant since = sending.since() == null ? now : sending.since();
            Object problem = sending.why() == null ? String.valueOf(sending.problem()) : sending.why();
            add(sentence, Map.of("since", Duration.between(since, now), "problem", problem));
            nextTry(sending.nextTry());
        }
    }

    private void nextTry(@Nullable Instant at) {
        if (at != null) {
            add(Sentence.NEXT_TRY, Map.of("at", at.isBefore(now) ? now : at));
        }
    }

    private void polling(@Nullable PollingStatus polling) {
        if (polling == null) {
            return;
        }
        if (polling.problem() != null) {
            add(Sentence.ASKING_FAILS, Map.of("problem", polling.problem()));
            nextTry(polling.nextTry());
        } else if (polling.lastSuccess() == null) {
            add(Sentence.NOT_ASKED, Map.of());
        } else {
            add(Sentence.LAST_ASKED, Map.of("at", polling.lastSuccess()));
        }
    }

    private void login(@Nullable LoginStatus login) {
        if (login == null) {
            return;
        }
        Instant end = login.endsAt();
        if (login.problem() != null) {
            add(Sentence.LOGIN_PROBLEM, Map.of("problem", login.problem()));
        } else if (end != null && Duration.between(now, end).compareTo(SOON) < 0) {
            add(Sentence.TOKEN_ENDS, Map.of("at", end));
        }
    }

    private void budget(BudgetStatus budget) {
        add(Sentence.BUDGET_USED, Map.of("name", budget.name(), "at", budget.until()));
    }
}
