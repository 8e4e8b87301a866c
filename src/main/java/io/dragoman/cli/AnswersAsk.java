// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.Loaded;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.AnswerOutcome.Near;
import io.dragoman.rules.answer.Faq;
import io.dragoman.rules.answer.LanguageGuess;
import io.dragoman.rules.answer.Match;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code answers ask}: what would be found. */
@Command(
        name = "ask",
        description = {
            "Show what a rule with answer: would find in config/faq.yaml, config/faq/ and the pages that were fetched, with"
                    + " scores.",
            "Works whether the gateway runs or not; sends nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman answers ask \"When will my parcel come?\"",
            "  ./dragoman answers ask --language ka \"როდის მოვა ჩემი შეკვეთა?\""
        })
final class AnswersAsk implements Callable<Integer> {
    private static final int SHOWN = 5;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private AnswersCommand parent;

    @Parameters(index = "0", paramLabel = "TEXT", description = "What a customer writes.")
    private String text = "";

    @Option(names = "--language", paramLabel = "TAG", description = "As the channel tells it; else it is detected.")
    private @Nullable String language;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only entries with one of these tags.")
    private Set<String> tags = Set.of();

    /** What would be found. */
    private record Found(
            @Nullable String language,
            boolean answered,
            List<Near> near,
            @Nullable String answer) {
        @Override
        public String toString() {
            return "Found[" + near.size() + "]";
        }
    }

    @Override
    public Integer call() {
        Dragoman dragoman = parent.dragoman();
        if (!(dragoman.look() instanceof Loaded.Usable<RuleBook> usable)) {
            dragoman.failed("The configuration is invalid: ./dragoman check says why.");
            return Dragoman.WRONG;
        }
        Faq faq = dragoman.withPages(usable.configuration(), usable.rules()).faq();
        if (faq.isEmpty()) {
            return dragoman.failed("There is no FAQ: write config/faq.yaml, or Markdown below config/faq/.");
        }
        String searched = LanguageGuess.byScript(text)
                .orElseGet(() -> language == null ? LanguageGuess.of(text).orElse(null) : language);
        List<Match> found = faq.find(text, searched, tags, SHOWN);
        boolean answered = Faq.isEnough(found);
        show(
                dragoman,
                new Found(
                        searched,
                        answered,
                        AnswerOutcome.near(found),
                        answered ? found.get(0).entry().answer() : null));
        return Dragoman.OK;
    }

    private static void show(Dragoman dragoman, Found found) {
        if (dragoman.json()) {
            dragoman.print(found);
            return;
        }
        TerminalText lines = new TerminalText();
        lines.raw("Searched in " + (found.language() == null ? "all languages" : found.language()) + ".");
        for (Near one : found.near()) {
            lines.add(
                    2,
                    String.format(Locale.ROOT, "%.2f  ", one.score()) + one.language() + "  " + one.question()
                            + (one.source() == null ? "" : "  " + one.source()));
        }
        lines.raw(
                found.answer() == null
                        ? "Not answered: that takes " + Faq.ENOUGH + ", and " + Faq.AHEAD + " more than the next."
                        : "Answered: " + found.answer());
        dragoman.out().print(lines);
        dragoman.out().flush();
    }
}
