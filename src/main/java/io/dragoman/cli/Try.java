// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.StoryText;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.trial.MessageTrial;
import io.dragoman.app.trial.MessageTrial.TrialReport;
import io.dragoman.config.Loaded;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.rules.RuleBook;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            "                 --at 2026-12-25T10:00:00Z",
            "  ./dragoman try --channel sms --text \"Where is it?\" --text \"Hello?\" --attach photo.jpg \\",
            "                 --contact-tag vip --attribute order=late"
        })
final class Try implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--channel", paramLabel = "ID", required = true, description = "The channel that it comes in on.")
    private String channel = "";

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "What the customer writes; each further one is a message that follows.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "--attach",
            paramLabel = "FILE",
            description = "A file in the first message, or just its type, such as image/jpeg.")
    private List<String> attachments = new ArrayList<>();

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Who writes (default: a new customer).")
    private String from = "somebody";

    @Option(names = "--subject", paramLabel = "TEXT", description = "The mail's subject.")
    private @Nullable String subject;

    @Option(names = "--language", paramLabel = "TAG", description = "The customer's language, such as de.")
    private @Nullable String language;

    @Option(names = "--contact-tag", paramLabel = "TAG", description = "A tag that the contact has already.")
    private List<String> contactTags = new ArrayList<>();

    @Option(
            names = "--contact-attribute",
            paramLabel = "NAME=VALUE",
            description = "An attribute that the contact has already.")
    private Map<String, String> contactAttributes = new LinkedHashMap<>();

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "An attribute that the conversation has already.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(names = "--at", paramLabel = "TIME", description = "When, such as 2026-12-25T10:00:00Z (default: now).")
    private @Nullable String at;

    @Override
    public Integer call() {
        Optional<NamedChannel> found = NamedChannel.find(dragoman, dragoman.look(), channel, "tried");
        if (found.isEmpty()) {
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
        if (from.isBlank() || texts.stream().anyMatch(String::isBlank) || (texts.isEmpty() && attachments.isEmpty())) {
            dragoman.err().println("--text or --attach must be there, and --text and --from must not be blank.");
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
        Loaded.Usable<RuleBook> usable = found.get().loaded();
        List<Part.Media> files = attachments.stream().map(SampleAttachment::of).toList();
        MessageTrial.Known known = new MessageTrial.Known(contactTags, contactAttributes, List.of(), Map.of());
        RuleBook rules = dragoman.withPages(usable.configuration(), usable.rules());
        show(new MessageTrial(from, texts, files, subject, language, attributes, known)
                .run(found.get().account(), usable.configuration().desk(), rules::decide, now));
        return Dragoman.OK;
    }

    private void show(List<TrialReport> reports) {
        if (dragoman.json()) {
            dragoman.print(reports.size() == 1 ? reports.get(0) : reports);
            return;
        }
        TerminalText lines = new TerminalText();
        String which = "A first message on ";
        for (TrialReport report : reports) {
            lines.raw(which + channel + " at " + report.at());
            show(lines, report);
            which = "A further message on ";
        }
        lines.add(2, "nothing was sent and nothing was stored");
        dragoman.out().print(lines);
        dragoman.out().flush();
    }

    private static void show(TerminalText lines, TrialReport report) {
        Decision decision = report.decision();
        StoryText.decision(lines, decision);
        lines.raw("Outcome");
        lines.add(2, decision.drop() == null ? "goes to desk " + report.desk() : "goes nowhere");
        for (String subject : decision.subjects()) {
            lines.add(2, subject + " " + String.join(", ", decision.values(subject)));
        }
    }
}
