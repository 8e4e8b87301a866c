// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.overview;

import io.dragoman.app.overview.Need.Action;
import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.phrase.Sentence;
import io.dragoman.app.status.GatewayStatus.ChannelStatus;
import io.dragoman.app.status.GatewayStatus.OperatorRoute;
import io.dragoman.app.status.GatewayStatus.StatusReport;
import io.dragoman.app.status.GatewaySummary.WorkCounts;
import io.dragoman.app.status.NoticeStatus;
import io.dragoman.store.DeadLetters.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What needs a person now, the most urgent first, in sentences for somebody who has not read the manual. */
final class Needs {
    private Needs() {}

    /**
     * Finds it.
     *
     * @param causes of what is dead and uncertain; empty while they are counted
     * @param waitingSince since when the customer waits who has waited longest
     */
    static List<Need> of(
            StatusReport report,
            Optional<WorkCounts> work,
            Optional<List<Cause>> causes,
            @Nullable Instant waitingSince) {
        List<Need> needs = new ArrayList<>();
        if (!report.storeUsable()) {
            needs.add(Need.of("store-unusable", null, Sentence.STORE_UNUSABLE.phrase(), null));
        }
        configuration(report, needs);
        report.channels().forEach(one -> account(one, needs));
        work.ifPresent(counts -> {
            needs.addAll(TroubleNeeds.of(counts, causes.orElse(List.of())));
            waiting(counts, waitingSince, needs);
        });
        Long difference = report.ledgerDifference();
        if (difference != null && difference != 0) {
            needs.add(new Need(
                    "ledger-difference",
                    null,
                    difference,
                    null,
                    Sentence.LEDGER_DIFFERENCE.phrase(),
                    Action.look("Look at the ledger", "/api/v1/ledger", "reports")));
        }
        report.orphaned()
                .forEach(one -> needs.add(new Need(
                        "not-configured",
                        one.id(),
                        one.openConversations(),
                        null,
                        Sentence.OPEN_UNCONFIGURED.of(Map.of("id", one.id())),
                        null)));
        return needs;
    }

    private static void configuration(StatusReport report, List<Need> needs) {
        if (report.configuration().isBroken()) {
            String first =
                    report.configuration().problems().stream().findFirst().orElse("");
            needs.add(new Need(
                    "configuration-broken",
                    null,
                    (long) report.configuration().errors(),
                    report.configuration().since(),
                    Sentence.CONFIGURATION_BROKEN.of(Map.of("problem", first)),
                    null));
        }
        report.stoppedRoutes()
                .forEach(route -> needs.add(
                        Need.of("route-stopped", route, Sentence.ROUTE_STOPPED.of(Map.of("route", route)), null)));
        for (OperatorRoute route : report.operatorRoutes()) {
            if (route.error() != null) {
                needs.add(Need.of(
                        "own-route-failed",
                        route.id(),
                        Sentence.OWN_ROUTE_FAILED.of(Map.of("route", route.id(), "problem", route.error())),
                        null));
            }
        }
    }

    private static void account(ChannelStatus one, List<Need> needs) {
        String id = one.id();
        Action show = Action.look("Look at " + id, "/api/v1/status", "channels");
        Object problem = problem(one);
        switch (one.status()) {
            case "paused" ->
                needs.add(new Need(
                        "paused",
                        id,
                        null,
                        one.sending().since(),
                        problem == null
                                ? Sentence.PAUSED.of(Map.of("id", id))
                                : Sentence.PAUSED_WHY.of(Map.of("id", id, "problem", problem)),
                        Action.resume(id)));
            case "circuit-open" ->
                needs.add(new Need(
                        "circuit-open",
                        id,
                        (long) one.sending().failuresInARow(),
                        one.sending().since(),
                        Sentence.CIRCUIT_OPEN.of(Map.of("id", id, "problem", problem == null ? "" : problem)),
                        show));
            case "failing" -> needs.add(failing(one, show));
            case "login-ending", "account-problem", "budget-exhausted" -> needs.add(other(one, show));
            case "not-configured" ->
                needs.add(Need.of("not-configured", id, Sentence.NOT_CONFIGURED.of(Map.of("id", id)), null));
            default -> {
                // nothing is wrong
            }
        }
    }

    private static Need failing(ChannelStatus one, Action show) {
        String id = one.id();
        if (one.login() != null && one.login().isOver()) {
            return Need.of(
                    "login-failed",
                    id,
                    Sentence.LOGIN_FAILED.of(Map.of(
                            "id", id, "problem", String.valueOf(one.login().problem()))),
                    show);
        }
        Object problem = problem(one);
        if (problem == null && one.polling() != null) {
            problem = one.polling().problem();
        }
        return new Need(
                "failing",
                id,
                (long) one.sending().failuresInARow(),
                one.sending().since(),
                problem == null
                        ? Sentence.FAILING.of(Map.of("id", id))
                        : Sentence.FAILING_WHY.of(Map.of("id", id, "problem", problem)),
                show);
    }

    private static Need other(ChannelStatus one, Action show) {
        String id = one.id();
        return switch (one.status()) {
            case "login-ending" ->
                new Need(
                        "login-ending",
                        id,
                        null,
                        one.login() == null ? null : one.login().endsAt(),
                        Sentence.LOGIN_ENDING.of(Map.of("id", id)),
                        show);
            case "account-problem" ->
                Need.of(
                        "account-problem",
                        id,
                        Sentence.ACCOUNT_PROBLEM.of(Map.of(
                                "id",
                                id,
                                "problem",
                                one.notices().stream()
                                        .filter(NoticeStatus::problem)
                                        .map(NoticeStatus::text)
                                        .findFirst()
                                        .orElse("something is wrong"))),
                        show);
            default -> Need.of("budget-exhausted", id, Sentence.BUDGET_EXHAUSTED.of(Map.of("id", id)), show);
        };
    }

    private static void waiting(WorkCounts work, @Nullable Instant since, List<Need> needs) {
        Long waiting = work.conversationsWaiting();
        if (waiting != null && waiting > 0) {
            needs.add(new Need(
                    "customers-waiting",
                    null,
                    waiting,
                    since,
                    Sentence.CUSTOMERS_WAITING.of(Map.of("n", waiting)),
                    Action.look(
                            "Look at who waits",
                            "/api/v1/conversations?status=open&waiting=true",
                            "conversations?status=waiting")));
        }
    }

    /** Why nothing goes there: a phrase where it is for a reason that has a word. */
    private static @Nullable Object problem(ChannelStatus one) {
        Phrase why = one.sending().why();
        return why == null ? one.sending().problem() : why;
    }
}
