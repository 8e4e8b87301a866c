// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.poll.PollQueries.PollResults;
import io.dragoman.app.poll.PollQueries.QuestionResult;
import io.dragoman.store.Polls.Count;
import java.util.List;
import java.util.Locale;

/** Results of polls for a terminal and for a spreadsheet. */
final class PollText {
    private PollText() {}

    /** A line for each choice, and one for each question without. */
    static String csv(List<PollResults> polls) {
        StringBuilder csv = new StringBuilder(
                CsvText.line("poll", "question", "kind", "value", "correct", "contacts", "mean", "least", "most"));
        polls.forEach(one -> add(csv, one));
        return csv.toString();
    }

    private static void add(StringBuilder csv, PollResults results) {
        for (QuestionResult one : results.questions()) {
            for (Count count : one.counts()) {
                csv.append(CsvText.line(
                        results.poll(),
                        one.question(),
                        one.kind(),
                        count.value(),
                        count.correct(),
                        count.contacts(),
                        null,
                        null,
                        null));
            }
            if (one.counts().isEmpty()) {
                csv.append(CsvText.line(
                        results.poll(),
                        one.question(),
                        one.kind(),
                        null,
                        null,
                        one.answered(),
                        one.mean(),
                        one.least(),
                        one.most()));
            }
        }
    }

    static TerminalText text(PollResults results) {
        TerminalText lines = new TerminalText();
        lines.raw("Poll " + results.poll() + ": asked " + results.asked() + ", answered to the end by " + results.done()
                + ".");
        for (QuestionResult one : results.questions()) {
            String right = one.correct() == null ? "" : ", " + one.correct() + " right";
            String numbers =
                    one.mean() == null ? "" : ", mean " + one.mean() + ", from " + one.least() + " to " + one.most();
            lines.raw(one.question() + " (" + one.kind() + "): " + one.answered() + " answers" + right + numbers);
            for (Count count : one.counts()) {
                long percent = one.answered() == 0 ? 0 : Math.round(100.0 * count.contacts() / one.answered());
                lines.raw(String.format(
                        Locale.ROOT,
                        "  %-40s %8s  %s",
                        TerminalText.cut(count.value(), 40),
                        count.contacts(),
                        percent + " %" + (Boolean.TRUE.equals(count.correct()) ? "  right" : "")));
            }
        }
        return lines;
    }
}
