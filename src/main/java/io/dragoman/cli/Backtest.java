// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.answers.SitePages;
import io.dragoman.app.trial.RuleComparison.Bounds;
import io.dragoman.app.trial.RuleComparison.ComparisonReport;
import io.dragoman.app.trial.RuleComparison.Difference;
import io.dragoman.app.trial.TriggerReplay;
import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.Setting;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code backtest}: what other rules would have made of the messages that came. */
@Command(
        name = "backtest",
        description = {
            "Run the stored messages through the active rules and through others, and show which actions would differ.",
            "With --surveys it shows which surveys closed conversations would have got.",
            "Each message meets its conversation as it is now. Sends and stores nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman backtest new-rules.yaml --since 30d", "  ./dragoman backtest --surveys new-surveys.yaml"
        })
final class Backtest implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The other rules, written like config/rules.yaml; those of that file without it.")
    private @Nullable Path file;

    @Option(names = "--surveys", paramLabel = "FILE", description = "Other surveys, written like config/surveys.yaml.")
    private @Nullable Path surveys;

    @Option(names = "--since", paramLabel = "TIME", description = "How far back: 12h, 30d (default 30d).")
    private String since = "30d";

    @Override
    public Integer call() {
        if (file == null && surveys == null) {
            return wrong("Name a file of other rules, or of other surveys with --surveys.");
        }
        Loaded<RuleBook> loaded = dragoman.look();
        if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
            return wrong("Nothing can be compared with this configuration: ./dragoman check");
        }
        Configuration configuration = usable.configuration();
        Problems problems = new Problems();
        Duration back;
        RuleBook other;
        try {
            back = Setting.duration("--since", "").parser().apply(since);
            other = read(configuration, problems);
        } catch (IllegalArgumentException e) {
            return wrong("--since " + e.getMessage() + ".");
        } catch (IOException e) {
            return wrong((file == null ? "" : file + (surveys == null ? "" : " or ")) + (surveys == null ? "" : surveys)
                    + " cannot be read. Name a file written like config/rules.yaml, or with --surveys like"
                    + " config/surveys.yaml.");
        }
        if (problems.hasErrors()) {
            problems.all().forEach(problem -> dragoman.err().println(problem));
            return wrong("The other rules are invalid.");
        }
        RuleBook active = dragoman.withPages(configuration, usable.rules());
        RuleBook changed = SitePages.lastRead(configuration.gateway().store().data(), other);
        Instant now = Instant.now();
        Instant from = now.minus(back);
        return OfflineStore.look(
                dragoman,
                queries -> show(queries.rules()
                        .compare(
                                configuration::channel,
                                configuration.desk(),
                                from,
                                active,
                                changed,
                                TriggerReplay.of(active, changed, now),
                                Bounds.NONE)));
    }

    private RuleBook read(Configuration configuration, Problems problems) throws IOException {
        RuleFiles files = configuration.files();
        if (file != null) {
            files = files.with(read(file, problems));
        }
        if (surveys != null) {
            files = files.withSurveys(read(surveys, problems));
        }
        return RuleBook.read(
                files,
                configuration.channels().stream().map(Account::id).collect(Collectors.toSet()),
                configuration.desks().stream().map(Account::id).collect(Collectors.toSet()),
                problems);
    }

    private static @Nullable Node read(Path file, Problems problems) throws IOException {
        return Yaml.read(file.toString(), Files.readString(file), problems).orElse(null);
    }

    private int show(ComparisonReport report) {
        if (dragoman.json()) {
            dragoman.print(report);
            return Dragoman.OK;
        }
        for (Difference difference : report.differences()) {
            dragoman.out().println(difference.message() + "  " + difference.receivedAt() + "  " + difference.channel());
            difference.changes().forEach(change -> dragoman.out().println("    " + change));
        }
        dragoman.out()
                .println(report.differences().size() + " of " + report.messages()
                        + " messages would be treated differently.");
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private int wrong(String sentence) {
        dragoman.err().println(sentence);
        dragoman.err().flush();
        return Dragoman.WRONG;
    }
}
