// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Response;
import io.dragoman.connector.SelfTest.Check;
import io.dragoman.connector.SelfTest.Result;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.Reason;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ExpressionFailed;
import io.dragoman.profile.SettingText;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out whether an account works, by the requests that its profile has for that. */
final class Prober {
    private static final int NOT_FOUND = 404;

    /** As much as is shown of what an answer says. */
    private static final int LONGEST = 400;

    private final Account account;
    private final DeskProfile profile;
    private final Transport transport;
    private final Clock clock;

    Prober(Account account, DeskProfile profile, Transport transport, Clock clock) {
        this.account = account;
        this.profile = profile;
        this.transport = transport;
        this.clock = clock;
    }

    /** All of them; what depends on a person at the helpdesk is named and not checked. */
    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (Probe probe : profile.probes()) {
            try {
                probe(probe, checks);
            } catch (ExpressionFailed e) {
                checks.add(Check.failed(probe.name(), String.valueOf(e.getMessage()), probe.remedy()));
            }
        }
        if (profile.probes().isEmpty()) {
            checks.add(Check.notChecked("requests", "the profile " + profile.name() + " has no test"));
        }
        if (profile.receiving() != null) {
            checks.add(Check.notChecked(
                    "webhooks", "the first that comes shows it: health counts what was accepted and refused"));
        }
        return checks;
    }

    private void probe(Probe probe, List<Check> checks) throws ExpressionFailed {
        URI base = profile.base(account)
                .orElseThrow(() -> new ExpressionFailed("the account has no " + DeskProfile.BASE_URL));
        Map<String, Object> variables = variables();
        if (probe.when() != null && !probe.when().test(variables, variables)) {
            checks.add(Check.notChecked(probe.name(), "the account goes without it"));
            return;
        }
        if (probe.each() != null) {
            checks.add(each(probe, probe.each().list(variables, variables), base, variables));
            return;
        }
        Asked asked = ask(probe, base, variables);
        checks.add(check(probe, asked, base, variables));
        if (asked.response() != null && probe.clock() != null) {
            checks.add(clock(probe.clock(), asked.response().answeredAt()));
        }
    }

    private Map<String, Object> variables() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("settings", SettingText.all(account));
        variables.put("mapped", Sorting.of(account).mapped());
        variables.put("callback", profile.callback(account));
        variables.put("sentAt", clock.instant().toString());
        variables.put("seconds", clock.instant().getEpochSecond());
        return variables;
    }

    /**
     * How a request ended.
     *
     * @param response the last answer; null where there was none
     */
    private record Asked(Outcome outcome, @Nullable Response response) {}

    private Asked ask(Probe probe, URI base, Map<String, Object> variables) throws ExpressionFailed {
        HttpCall call = probe.request().call(base, variables, List.of());
        List<Response> answers = new ArrayList<>();
        Outcome outcome = probe.request().attempt(account, call, transport, response -> {
            answers.add(response);
            return probe.answer().outcome(response, variables);
        });
        return new Asked(outcome, answers.isEmpty() ? null : answers.get(answers.size() - 1));
    }

    /** One check of all items: the first of which something is wrong is told, else one that could not be told of. */
    private Check each(Probe probe, @Nullable List<?> items, URI base, Map<String, Object> variables)
            throws ExpressionFailed {
        List<Check> all = new ArrayList<>();
        for (Object item : items == null ? List.of() : items) {
            Map<String, Object> here = new HashMap<>(variables);
            here.put("item", item);
            Check check = check(probe, ask(probe, base, here), base, here);
            String found = which(item) + ": " + check.found();
            all.add(new Check(check.name(), check.result(), found, check.remedy(), null));
        }
        for (Result result : List.of(Result.FAILED, Result.NOT_CHECKED)) {
            List<Check> those =
                    all.stream().filter(check -> check.result() == result).toList();
            if (!those.isEmpty()) {
                String found = those.stream().map(Check::found).collect(Collectors.joining("; "));
                return new Check(probe.name(), result, found, those.get(0).remedy(), null);
            }
        }
        return all.isEmpty()
                ? Check.notChecked(probe.name(), "the account names none")
                : Check.ok(probe.name(), profile.title() + " has all " + all.size());
    }

    /** What an item is to a reader: of a mapping both words. */
    private static String which(Object item) {
        return item instanceof Map<?, ?> pair && pair.containsKey(Sorting.THEIRS)
                ? pair.get(Sorting.OURS) + "=" + pair.get(Sorting.THEIRS)
                : String.valueOf(Expression.asText(item));
    }

    private Check check(Probe probe, Asked asked, URI base, Map<String, Object> variables) throws ExpressionFailed {
        Response response = asked.response();
        if (response != null && holds(probe.untold(), probe, response, variables)) {
            return Check.notChecked(probe.name(), found(probe, response, variables) + ", which does not tell");
        }
        return !(asked.outcome() instanceof Sent) || response == null
                ? Check.failed(
                        probe.name(),
                        NoticeAttempt.detail(asked.outcome()),
                        remedy(probe, asked.outcome(), response, base))
                : answered(probe, response, variables);
    }

    private static boolean holds(
            @Nullable Expression expression, Probe probe, Response response, Map<String, Object> variables)
            throws ExpressionFailed {
        return expression != null && Expression.isTrue(probe.answer().value(expression, response, variables));
    }

    /** The status, and what the answer shows as far as the profile says. */
    private String found(Probe probe, Response response, Map<String, Object> variables) throws ExpressionFailed {
        String status = profile.title() + " answered " + response.status();
        Object shown = probe.found() == null ? null : probe.answer().value(probe.found(), response, variables);
        String words = Expression.asText(shown);
        return words == null || words.isBlank() ? status : status + ": " + SafeText.line(words, LONGEST);
    }

    /** The profile's is for an account that the helpdesk refuses: where it did not come to that, another one helps. */
    private String remedy(Probe probe, Outcome outcome, @Nullable Response response, URI base) {
        Reason reason = reason(outcome);
        if (reason == Reason.THROTTLED) {
            return "Wait, then test again.";
        }
        if (response != null && response.status() == NOT_FOUND && probe.each() == null) {
            return DeskProfile.BASE_URL + " is not the address of " + profile.title()
                    + (base.getRawPath().isEmpty() && base.getRawQuery() == null
                            ? ""
                            : ", as it has more than scheme, host and port")
                    + ", or an id in the account is none of its: compare both. " + probe.remedy();
        }
        if (reason != Reason.PROVIDER_DOWN && reason != Reason.TIMEOUT) {
            return probe.remedy();
        }
        if (response == null) {
            return "There is no answer at " + DeskProfile.BASE_URL + ", " + base.getScheme() + "://" + base.getHost()
                    + (base.getPort() < 0 ? "" : ":" + base.getPort())
                    + ": is it running there, and are host, port and http or https right?";
        }
        return response.status() >= 300 && response.status() < 400
                ? "Set the final address as " + DeskProfile.BASE_URL + "."
                : profile.title() + ", or a proxy before it, fails: look at its log.";
    }

    private static @Nullable Reason reason(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return retry.reason();
        }
        if (outcome instanceof Outcome.Uncertain uncertain) {
            return uncertain.reason();
        }
        return outcome instanceof Outcome.Refused refused ? refused.reason() : null;
    }

    private Check answered(Probe probe, Response response, Map<String, Object> variables) throws ExpressionFailed {
        if (probe.good() != null && EmptyAnswer.isOne(probe.answer().body(response))) {
            return Check.failed(
                    probe.name(),
                    profile.title() + " answered " + response.status() + " with nothing in it",
                    "Whatever answers at " + DeskProfile.BASE_URL + " is not " + profile.title()
                            + ": compare the address, and look for a proxy before it.");
        }
        String found = found(probe, response, variables);
        return probe.good() == null || holds(probe.good(), probe, response, variables)
                ? Check.ok(probe.name(), found)
                : Check.failed(probe.name(), found + ", but not what is needed", probe.remedy());
    }

    private Check clock(Duration most, @Nullable Instant theirs) {
        if (theirs == null) {
            return Check.notChecked("clock", "the answer has no Date");
        }
        Duration ahead = Duration.between(clock.instant(), theirs);
        String found = "that of " + profile.title() + " is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind ours" : "ahead of ours");
        return ahead.abs().compareTo(most) <= 0
                ? Check.ok("clock", found)
                : Check.failed(
                        "clock",
                        found,
                        "This machine says " + clock.instant().truncatedTo(ChronoUnit.SECONDS) + ", "
                                + profile.title() + " " + theirs
                                + ": let the one that is wrong take its time from NTP.");
    }
}
