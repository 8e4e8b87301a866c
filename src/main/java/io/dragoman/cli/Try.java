// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.StoryText;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.trial.MessageTrial;
import io.dragoman.app.trial.MessageTrial.TrialReport;
import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.rules.Decision;
import io.dragoman.rules.RuleBook;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code try}: what a message would meet. */
@Command(
        name = "try",
        description = "Show what the rules would do with a message, and why. Sends nothing and stores nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman try --channel shop-whatsapp --text \"I want my money back\"",
            "  ./dragoman try --channel support-mail --from ana@example.com --subject Invoice --text Hello \\",
            "                 --at 2026-12-25T10:00:00Z"
        })
final class Try implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--channel", paramLabel = "ID", required = true, description = "The channel that it comes in on.")
    private String channel = "";

    @Option(names = "--text", paramLabel = "TEXT", required = true, description = "What the customer writes.")
    private String text = "";

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Who writes (default: a new customer).")
    private String from = "somebody";

    @Option(names = "--subject", paramLabel = "TEXT", description = "The mail's subject.")
    private @Nullable String subject;

    @Option(names = "--language", paramLabel = "TAG", description = "The customer's language, such as de.")
    private @Nullable String language;

    @Option(names = "--at", paramLabel = "TIME", description = "When, such as 2026-12-25T10:00:00Z (default: now).")
    private @Nullable String at;

    @Override
    public Integer call() {
        Loaded<RuleBook> loaded = dragoman.load();
        if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
            loaded.errors().forEach(problem -> dragoman.err().println(problem));
            dragoman.err().println("Nothing can be tried with this configuration: ./dragoman check");
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
        Configuration configuration = usable.configuration();
        Optional<Account> account = configuration.channel(channel);
        if (account.isEmpty()) {
            dragoman.refuse(
                    "There is no channel " + channel + ".",
                    channel,
                    configuration.channels().stream().map(Account::id).toList());
            return Dragoman.WRONG;
        }
        Instant now;
        try {
            now = at == null ? Instant.now() : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeException e) {
            dragoman.err().println("--at must be a time with its zone, such as 2026-12-25T10:00:00Z.");
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
        if (text.isBlank() || from.isBlank()) {
            dragoman.err().println("--text and --from must not be blank.");
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
        show(new MessageTrial(from, text, subject, language)
                .run(account.get(), configuration.desk(), usable.rules()::decide, now));
        return Dragoman.OK;
    }

    private void show(TrialReport report) {
        if (dragoman.json()) {
            dragoman.print(report);
            return;
        }
        Decision decision = report.decision();
        TerminalText lines = new TerminalText();
        lines.raw("A first message on " + channel + " at " + report.at());
        StoryText.decision(lines, decision);
        lines.raw("Outcome");
        lines.add(2, decision.drop() == null ? "goes to desk " + report.desk() : "goes nowhere");
        for (String subject : decision.subjects()) {
            lines.add(2, subject + " " + String.join(", ", decision.values(subject)));
        }
        lines.add(2, "nothing was sent and nothing was stored");
        dragoman.out().print(lines);
        dragoman.out().flush();
    }
}
