// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.StoryText;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.Situation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
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

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Who writes; somebody new when nothing is said.")
    private String from = "somebody";

    @Option(names = "--subject", paramLabel = "TEXT", description = "The mail's subject.")
    private @Nullable String subject;

    @Option(names = "--language", paramLabel = "TAG", description = "The customer's language, such as de.")
    private @Nullable String language;

    @Option(names = "--at", paramLabel = "TIME", description = "When, such as 2026-12-25T10:00:00Z; now when not said.")
    private @Nullable String at;

    /** What {@code --json} prints. */
    private record Report(String channel, Instant at, String desk, Decision decision) {}

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
        show(configuration, now, usable.rules().decide(situation(configuration, account.get(), now)));
        return Dragoman.OK;
    }

    /** Somebody who never wrote before says this. */
    private Situation situation(Configuration configuration, Account account, Instant now) {
        Identity identity = new Identity(account.kind(), JsonFields.clean(from), false);
        CustomerEvent.Threading threading = subject == null
                ? CustomerEvent.Threading.NONE
                : new CustomerEvent.Threading(null, null, List.of(), JsonFields.clean(subject));
        CustomerEvent.MessageReceived message = new CustomerEvent.MessageReceived(
                "try",
                now,
                new CustomerEvent.Sender(identity.value(), List.of(identity), null, language),
                "try",
                List.of(new Part.Text(JsonFields.clean(text))),
                null,
                threading,
                null,
                null);
        return SampleSituations.first(configuration, account, message, now);
    }

    private void show(Configuration configuration, Instant now, Decision decision) {
        String desk = decision.desk() == null ? configuration.desk() : decision.desk();
        if (dragoman.json()) {
            dragoman.print(new Report(channel, now, desk, decision));
            return;
        }
        TerminalText lines = new TerminalText();
        lines.raw("A first message on " + channel + " at " + now);
        StoryText.decision(lines, decision);
        lines.raw("Outcome");
        if (decision.drop() != null) {
            lines.add(2, "goes nowhere");
        } else {
            lines.add(2, "goes to desk " + desk);
            lines.add(
                    2,
                    "team " + (decision.team() == null ? "-" : decision.team()) + ", priority "
                            + StoryText.word(decision.priority()) + ", tags "
                            + (decision.tags().isEmpty() ? "-" : String.join(" ", decision.tags())));
            if (decision.close()) {
                lines.add(2, "the conversation is closed at once");
            }
        }
        lines.add(2, "nothing was sent and nothing was stored");
        dragoman.out().print(lines);
        dragoman.out().flush();
    }
}
