// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.check.ConfigurationSummary;
import io.dragoman.app.check.ConfigurationSummary.AccountSummary;
import io.dragoman.config.Loaded;
import io.dragoman.yaml.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code check}: reports every problem of the configuration and what was understood. */
@Command(
        name = "check",
        description = "Read the configuration, report every problem in it, and show what was understood.",
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
        Loaded<?> loaded = dragoman.load();
        @Nullable
        ConfigurationSummary understood = loaded instanceof Loaded.Usable<?> usable
                ? ConfigurationSummary.of(usable.configuration(), dragoman.connectors())
                : null;
        if (dragoman.json()) {
            dragoman.print(new Report(understood != null, dragoman.home().toString(), understood, loaded.problems()));
        } else {
            if (understood != null) {
                show(understood);
            }
            conclude(loaded);
        }
        return understood == null ? Dragoman.WRONG : Dragoman.OK;
    }

    private void show(ConfigurationSummary understood) {
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

    private void conclude(Loaded<?> loaded) {
        PrintWriter out = dragoman.out();
        loaded.errors().forEach(problem -> out.println("error    " + problem));
        loaded.warnings().forEach(problem -> out.println("warning  " + problem));
        int errors = loaded.errors().size();
        int warnings = loaded.warnings().size();
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
            boolean ok, String home, @Nullable ConfigurationSummary configuration, List<Problem> problems) {}
}
