// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.Bootstrap;
import io.dragoman.app.AccountLookup;
import io.dragoman.app.OfflineGateway;
import io.dragoman.app.check.ConfigurationSummary;
import io.dragoman.app.check.ConfigurationSummary.AccountSummary;
import io.dragoman.app.orphan.Orphan;
import io.dragoman.app.ruleset.RuleTests;
import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.config.SharedSettings;
import io.dragoman.config.TenantHome;
import io.dragoman.connector.HelpdeskIdentity;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code check}: reports every problem of the configuration and what was understood. */
@Command(
        name = "check",
        description = {
            "Read the configuration, report every problem in it, and show what was understood.",
            "Where there is a store, name what belongs to channels and desks that are not configured.",
            "Where there are tenants, all of them are checked unless one is named."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman check                      the configuration of the current folder",
            "  ./dragoman check --home /srv/chat     another one",
            "  ./dragoman check --json               for a program, such as a deployment"
        })
final class Check implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Override
    public Integer call() {
        Path top = dragoman.top();
        if (!TenantHome.above(top) || dragoman.namedTenant() != null) {
            return checked();
        }
        SharedSettings shared = SharedSettings.read(top, dragoman.environment());
        shared.problems()
                .forEach(problem -> dragoman.err().println((problem.warning() ? "warning  " : "error    ") + problem));
        int worst = shared.errors().isEmpty() ? Dragoman.OK : Dragoman.WRONG;
        for (String name : TenantHome.names(top)) {
            if (!dragoman.json()) {
                dragoman.out().println("Tenant       " + name);
            }
            Check one = new Check();
            one.dragoman = dragoman.of(name);
            worst = Math.max(worst, one.checked());
        }
        dragoman.err().flush();
        return worst;
    }

    private int checked() {
        Loaded<RuleBook> loaded = dragoman.load();
        List<Problem> problems = new ArrayList<>(loaded.problems());
        int tests = 0;
        if (loaded instanceof Loaded.Usable<RuleBook> usable) {
            Problems failed = new Problems();
            tests = RuleTests.run(usable.configuration(), rules(usable), Instant.now(), failed);
            problems.addAll(failed.all());
            Bootstrap bootstrap = new Bootstrap(dragoman.home(), dragoman.connectors(), dragoman.environment());
            problems.addAll(bootstrap.routeProblems(usable.configuration()));
            problems.addAll(bootstrap.inboxProblems(usable.configuration()));
        }
        @Nullable
        ConfigurationSummary understood = loaded instanceof Loaded.Usable<?> usable
                ? ConfigurationSummary.of(usable.configuration(), dragoman.connectors())
                : null;
        List<Orphan> orphans =
                loaded instanceof Loaded.Usable<?> usable ? orphans(usable.configuration(), problems) : List.of();
        boolean ok = problems.stream().allMatch(Problem::warning);
        if (dragoman.json()) {
            dragoman.print(new Report(ok, dragoman.home().toString(), understood, tests, problems, orphans));
        } else {
            if (understood != null) {
                show(understood, tests);
            }
            conclude(problems, orphans, understood == null ? "" : understood.desk());
        }
        return ok ? Dragoman.OK : Dragoman.WRONG;
    }

    /** As the tests of rules meet them. */
    private RuleBook rules(Loaded.Usable<RuleBook> usable) {
        return Files.exists(dragoman.home().resolve(RuleTests.FILE))
                ? dragoman.withPages(usable.configuration(), usable.rules())
                : usable.rules();
    }

    private void show(ConfigurationSummary understood, int tests) {
        PrintWriter out = dragoman.out();
        out.println("Home         " + dragoman.home());
        out.println("Public port  " + understood.http() + ", from outside " + understood.publicUrl());
        out.println("Admin port   " + understood.admin());
        out.println("Store        " + understood.store());
        out.println("Channels     " + understood.channels().size());
        understood.channels().forEach(place -> out.println(line(place)));
        out.println("Desks        " + understood.desks().size() + ", conversations go to " + understood.desk());
        understood.desks().forEach(place -> out.println(line(place)));
        out.println("Rules        " + counted(understood.rules()));
        out.println("Rule tests   " + tests);
        out.println("Replies      " + counted(understood.replies()));
        out.println("Hours        " + counted(understood.hours()));
        out.println();
    }

    private static String line(AccountSummary place) {
        String news = place.webhook() == null ? "" : place.webhook();
        if (place.polled()) {
            news += news.isEmpty() ? "polls" : " and polls";
        }
        String remark = place.insecure() ? " (insecure)" : "";
        return String.format(Locale.ROOT, "  %-24s %-12s %s%s", place.id(), place.kind(), news, remark)
                .stripTrailing();
    }

    private static String counted(List<String> names) {
        return names.isEmpty() ? "0" : names.size() + ": " + String.join(", ", names);
    }

    /** What the store has of channels and desks that the configuration does not have; nothing while there is no store. */
    private List<Orphan> orphans(Configuration configuration, List<Problem> problems) {
        Predicate<String> known = id -> configuration.channel(id).isPresent()
                || configuration.desk(id).isPresent()
                || configuration.off().contains(id);
        OfflineGateway store = OfflineStore.of(configuration.gateway());
        Map<String, HelpdeskIdentity> desks = new TreeMap<>();
        configuration.desks().forEach(account -> OfflineStore.configured(dragoman, account)
                .ifPresent(desk -> desks.put(account.id(), HelpdeskIdentity.of(desk))));
        try {
            if (!store.exists()) {
                return List.of();
            }
            store.look(AccountLookup.UNKNOWN, queries -> queries.orphans().changed(desks))
                    .forEach((id, why) ->
                            problems.add(new Problem("config/desks.yaml", 0, 0, "desks." + id, why, true)));
            return store.look(
                    AccountLookup.UNKNOWN, queries -> queries.orphans().without(known));
        } catch (OfflineGateway.Unavailable e) {
            problems.add(new Problem(
                    "config/gateway.yaml",
                    0,
                    0,
                    "store",
                    "cannot be compared with the configuration: " + e.getMessage(),
                    true));
            return List.of();
        }
    }

    private void conclude(List<Problem> problems, List<Orphan> orphans, String desk) {
        PrintWriter out = dragoman.out();
        problems.stream()
                .sorted(Comparator.comparing(Problem::warning))
                .forEach(problem -> out.println((problem.warning() ? "warning  " : "error    ") + problem));
        orphans.forEach(orphan -> out.println("orphaned " + orphan.sentence(desk)));
        int warned = (int) problems.stream().filter(Problem::warning).count();
        int errors = problems.size() - warned;
        int warnings = warned + orphans.size();
        String counts = number(errors, "error") + " and " + number(warnings, "warning");
        out.println(
                errors > 0
                        ? "The configuration is invalid: " + counts + "."
                        : "The configuration is valid, with "
                                + (warnings == 0 ? "no warnings." : number(warnings, "warning") + "."));
        out.flush();
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** What {@code check --json} prints. */
    private record Report(
            boolean ok,
            String home,
            @Nullable ConfigurationSummary configuration,
            int ruleTests,
            List<Problem> problems,
            List<Orphan> orphaned) {}
}
