// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Budget;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads pages of lists, each entry of which X charges for. For one poll and one thread. */
final class PaidPages {
    /** When X says that it is asked too often, but not until when. */
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final ApiClient api;
    private final PollContext context;
    private @Nullable Instant until;
    private @Nullable String problem;

    PaidPages(ApiClient api, PollContext context) {
        this.api = api;
        this.context = context;
    }

    /** Before this X takes no more questions. */
    @Nullable
    Instant until() {
        return until;
    }

    /** Why not everything was read. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Tells the operator. */
    void problem(String what) {
        problem = what;
    }

    PollContext context() {
        return context;
    }

    /**
     * One page; empty when none may be read now, for which there is a {@link #problem} then.
     *
     * @param most how many entries it may have
     */
    Optional<JsonFields> read(String path, int most) throws TransportFailure {
        if (problem != null || context.stopping()) {
            return Optional.empty();
        }
        Account account = api.account();
        List<Budget> budgets = XSettings.reads(account);
        Instant now = context.clock().instant();
        Optional<Budget> exhausted =
                budgets.isEmpty() ? Optional.empty() : api.transport().spend(account, budgets, most);
        if (exhausted.isPresent()) {
            problem = "nothing more is asked for, " + exhausted.get().exhausted(now);
            return Optional.empty();
        }
        Response answer = null;
        try {
            answer = api.ask(api.get(path));
        } finally {
            int unused = most - (answer == null || !answer.ok() ? 0 : entries(answer));
            if (!budgets.isEmpty() && unused > 0) {
                api.transport().refund(account, budgets, unused);
            }
        }
        return answer(answer, now);
    }

    private static int entries(Response answer) {
        JsonNode data = answer.json().path("data");
        return data.isArray() ? data.size() : 0;
    }

    private Optional<JsonFields> answer(Response answer, Instant now) throws TransportFailure {
        if (answer.status() == 429) {
            Duration after = ErrorTable.after(answer, now);
            until = now.plus(after == null ? WINDOW : after);
            problem = "X is asked too often; it is asked again at " + until;
            return Optional.empty();
        }
        if (!answer.ok()) {
            throw TransportFailure.notSent(
                    answer.status() == 401 || answer.status() == 403
                            ? Reason.AUTHENTICATION_FAILED
                            : Reason.PROVIDER_DOWN,
                    "X answered " + answer.status() + " when it was asked for missed messages"
                            + (answer.status() == 402 ? ": no credits are left" : ""));
        }
        return Optional.of(JsonFields.of(answer.json()));
    }
}
