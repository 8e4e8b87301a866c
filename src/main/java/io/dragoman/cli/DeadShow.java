// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.deadletter.DeadLetterQueries.DeadLetterDetail;
import io.dragoman.app.deadletter.DeadLetterQueries.RawBytes;
import io.dragoman.app.explain.MessageStory;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.UnicodeText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dead show}. */
@Command(
        name = "show",
        description = {"Show one with its raw bytes or its attempts.", "Works whether the gateway runs or not."},
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman dead show 019ab1c2-… --json")
final class DeadShow implements Callable<Integer> {
    private static final int LONGEST_TEXT = 4_000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dead dead;

    @Parameters(index = "0", paramLabel = "ID", description = "The event's or delivery's id.")
    private String id = "";

    @Override
    public Integer call() {
        return OfflineStore.look(dead.dragoman(), this::show);
    }

    private int show(Queries queries) {
        Dragoman dragoman = dead.dragoman();
        Optional<DeadLetterDetail> found = queries.deadLetters().find(id);
        if (found.isEmpty()) {
            return dragoman.failed("There is nothing dead with the id " + id + ". List them: ./dragoman dead list");
        }
        if (dragoman.json()) {
            dragoman.print(found.get());
        } else {
            dragoman.out().print(lines(found.get()));
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }

    private static TerminalText lines(DeadLetterDetail shown) {
        TerminalText lines = new TerminalText();
        DeadList.add(lines, List.of(shown.deadLetter()));
        RawBytes raw = shown.raw();
        if (raw != null) {
            lines.raw("Arrived " + raw.at() + ": " + raw.method() + " " + raw.path() + ", " + raw.size() + " bytes");
            raw.headers().forEach((name, value) -> lines.add(4, name + ": " + value));
            byte[] body = raw.body();
            lines.raw(body == null ? "It is too large to be shown." : text(body));
        }
        MessageStory.Delivery delivery = shown.delivery();
        if (delivery != null && delivery.attempts() != null) {
            delivery.attempts()
                    .forEach(attempt -> lines.add(
                            4,
                            "attempt " + attempt.n() + " at " + attempt.startedAt() + ": "
                                    + (attempt.outcome() == null ? "its end is unknown" : attempt.outcome())
                                    + (attempt.detail() == null ? "" : ", " + attempt.detail())));
        }
        return lines;
    }

    /** What is no text is shown as such, so that it cannot control the terminal. */
    private static String text(byte[] body) {
        String whole = new String(body, 0, Math.min(body.length, 4 * LONGEST_TEXT), StandardCharsets.UTF_8);
        String text = UnicodeText.cut(whole, LONGEST_TEXT);
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\uFFFD") + (text.length() < whole.length() ? " …" : "");
    }
}
