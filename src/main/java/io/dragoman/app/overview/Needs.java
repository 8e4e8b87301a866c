// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.overview;

import io.dragoman.app.overview.Need.Action;
import io.dragoman.app.status.GatewayStatus.ChannelStatus;
import io.dragoman.app.status.GatewayStatus.OperatorRoute;
import io.dragoman.app.status.GatewayStatus.StatusReport;
import io.dragoman.app.status.GatewaySummary.WorkCounts;
import io.dragoman.app.status.NoticeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What needs a person now, the most urgent first, in sentences for somebody who has not read the manual. */
final class Needs {
    private Needs() {}

    static List<Need> of(StatusReport report, Optional<WorkCounts> work) {
        List<Need> needs = new ArrayList<>();
        if (!report.storeUsable()) {
            needs.add(Need.of(
                    "store-unusable",
                    null,
                    "The store cannot be used now: nothing is taken in. Look at the disk, the database and the log.",
                    null));
        }
        configuration(report, needs);
        report.channels().forEach(one -> account(one, needs));
        work.ifPresent(counts -> counts(counts, needs));
        Long difference = report.ledgerDifference();
        if (difference != null && difference != 0) {
            needs.add(new Need(
                    "ledger-difference",
                    null,
                    difference,
                    null,
                    "Some of what was accepted is not accounted for. Please look at the ledger, and report it.",
                    Action.look("Look at the ledger", "/api/v1/ledger", "reports")));
        }
        report.orphaned()
                .forEach(one -> needs.add(new Need(
                        "not-configured",
                        one.id(),
                        one.openConversations(),
                        null,
                        one.id()
                                + " is not configured any more, and still has open conversations. Configure it again, or"
                                + " move them to another desk.",
                        null)));
        return needs;
    }

    private static void configuration(StatusReport report, List<Need> needs) {
        if (report.configuration().isBroken()) {
            String first = report.configuration().problems().isEmpty()
                    ? ""
                    : " " + report.configuration().problems().get(0);
            needs.add(new Need(
                    "configuration-broken",
                    null,
                    (long) report.configuration().errors(),
                    report.configuration().since(),
                    "The files of the configuration have errors, and the one before them goes on." + first,
                    null));
        }
        report.stoppedRoutes()
                .forEach(route -> needs.add(Need.of(
                        "route-stopped", route, "The route " + route + " does not run. Look at the log.", null)));
        for (OperatorRoute route : report.operatorRoutes()) {
            if (route.error() != null) {
                needs.add(Need.of(
                        "own-route-failed",
                        route.id(),
                        "The own route " + route.id() + " does not run: " + route.error(),
                        null));
            }
        }
    }

    private static void account(ChannelStatus one, List<Need> needs) {
        String id = one.id();
        Action show = Action.look("Look at " + id, "/api/v1/status", "channels");
        String problem =
                one.sending().problem() == null ? "" : ": " + one.sending().problem();
        switch (one.status()) {
            case "paused" ->
                needs.add(new Need(
                        "paused",
                        id,
                        null,
                        one.sending().since(),
                        id + " is paused" + problem + ". What goes there waits.",
                        Action.resume(id)));
            case "circuit-open" ->
                needs.add(new Need(
                        "circuit-open",
                        id,
                        (long) one.sending().failuresInARow(),
                        one.sending().since(),
                        id + " takes nothing now" + problem + ". One attempt is made now and then; the rest waits.",
                        show));
            case "failing" -> needs.add(failing(one, show));
            case "login-ending", "account-problem", "budget-exhausted" -> needs.add(other(one, show));
            case "not-configured" ->
                needs.add(Need.of(
                        "not-configured",
                        id,
                        "Something waits for " + id + ", which is not configured. Configure it again, or move it.",
                        null));
            default -> {
                // nothing is wrong
            }
        }
    }

    private static Need failing(ChannelStatus one, Action show) {
        String id = one.id();
        if (one.login() != null && one.login().isOver()) {
            return Need.of(
                    "login-failed", id, id + " is not logged in: " + one.login().problem(), show);
        }
        String problem = one.sending().problem();
        if (problem == null && one.polling() != null) {
            problem = one.polling().problem();
        }
        return new Need(
                "failing",
                id,
                (long) one.sending().failuresInARow(),
                one.sending().since(),
                id + " fails" + (problem == null ? "." : ": " + problem),
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
                        "The login of " + id + " ends soon. Log in again before it does.",
                        show);
            case "account-problem" ->
                Need.of(
                        "account-problem",
                        id,
                        "The provider of " + id + " says: "
                                + one.notices().stream()
                                        .filter(NoticeStatus::problem)
                                        .map(NoticeStatus::text)
                                        .findFirst()
                                        .orElse("something is wrong"),
                        show);
            default ->
                Need.of(
                        "budget-exhausted",
                        id,
                        "A budget of " + id + " is used up: what costs money there waits for the next period.",
                        show);
        };
    }

    private static void counts(WorkCounts work, List<Need> needs) {
        if (work.dead() > 0) {
            needs.add(new Need(
                    "dead",
                    null,
                    work.dead(),
                    null,
                    amount(work.dead(), "message or event", "messages or events")
                            + " could not be processed or delivered. Mend the cause, then replay or discard.",
                    Action.look("Look at what is dead", "/api/v1/dead", "dead")));
        }
        if (work.uncertain() > 0) {
            needs.add(new Need(
                    "uncertain",
                    null,
                    work.uncertain(),
                    null,
                    "Of " + amount(work.uncertain(), "message", "messages")
                            + " nobody knows whether the customer got it. Ask the provider, then replay or discard.",
                    Action.look("Look at what is uncertain", "/api/v1/dead", "dead")));
        }
        Long waiting = work.conversationsWaiting();
        if (waiting != null && waiting > 0) {
            needs.add(new Need(
                    "customers-waiting",
                    null,
                    waiting,
                    null,
                    amount(waiting, "customer waits", "customers wait") + " for an answer.",
                    Action.look("Look at who waits", "/api/v1/report/waiting", "conversations")));
        }
    }

    private static String amount(long count, String one, String many) {
        return count == 1 ? "1 " + one : String.format(Locale.ROOT, "%,d %s", count, many);
    }
}
