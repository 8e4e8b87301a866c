// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A text that we sent, to be found in the answer to it. An answer repeats it marked, wrapped anew or neither; what is the
 * same, line by line from one start of a line to one end, is the quote, and nothing else is. It stays in doubt: where the
 * answer's writer may have repeated our words on purpose, or answered between them. Takes linear time. Immutable.
 */
final class SentText {
    /** The longest texts that are compared, in characters. */
    private static final int LONGEST = 64 * 1024;

    /** Fewer characters are repeated by chance. */
    private static final int SHORTEST = 25;

    private final ComparedText sent;
    private final Map<String, Integer> starts = new HashMap<>();

    private SentText(ComparedText sent) {
        this.sent = sent;
        for (int line = 0; line < sent.size(); line++) {
            String key = sent.from(sent.start(line), SHORTEST);
            if (!sent.blank(line) && key.length() == SHORTEST) {
                starts.putIfAbsent(key, sent.start(line));
            }
        }
    }

    static SentText of(String text) {
        return new SentText(ComparedText.of(text.length() > LONGEST ? "" : text));
    }

    /** What an answer says besides this text and the line that introduces it; the same where nothing is to be cut. */
    String cutFrom(String answer, QuoteIntroduction introduction) {
        if (answer.length() > LONGEST) {
            return answer;
        }
        ComparedText compared = ComparedText.of(answer);
        return find(compared)
                .map(quote -> quote.after(introduction.start(compared.lines(), quote.line())))
                .filter(quote -> whole(quote) || proved(compared, quote))
                .map(quote -> around(compared.lines(), quote))
                .filter(rest -> !rest.isBlank())
                .orElse(answer);
    }

    /**
     * Lines of an answer that are ours.
     *
     * @param start where what introduces them starts; {@code line} where nothing does
     * @param line the first
     * @param last the last
     * @param from where they start in what we sent
     * @param to where they end there
     */
    private record Quote(int start, int line, int last, int from, int to) {
        Quote after(int introduction) {
            return new Quote(introduction, line, last, from, to);
        }
    }

    private Optional<Quote> find(ComparedText answer) {
        int line = 0;
        while (line < answer.size()) {
            int start = answer.start(line);
            Integer from = answer.blank(line) ? null : starts.get(answer.from(start, SHORTEST));
            int beyond = from == null ? line : answer.linesWithin(line, answer.common(start, sent, from));
            for (int last = beyond - 1; from != null && last >= line; last--) {
                Quote quote = new Quote(line, line, last, from, from + answer.end(last) - start);
                if (!answer.blank(last) && endsSurely(answer, quote)) {
                    return Optional.of(quote);
                }
            }
            line = Math.max(line + 1, beyond);
        }
        return Optional.empty();
    }

    /** Whether the last line is not the customer's, who may have written what one of our short lines says. */
    private boolean endsSurely(ComparedText answer, Quote quote) {
        int length = sent.lineBefore(quote.to());
        boolean sure = quote.to() == sent.length() || length >= SHORTEST || answer.marked(quote.last());
        return length > 0
                && sure
                && quote.to() - quote.from() >= SHORTEST
                && (answer.marked(quote.last()) || !answer.marked(quote.line()));
    }

    private static String around(List<String> lines, Quote quote) {
        String above = String.join("\n", lines.subList(0, quote.start())).strip();
        String below =
                String.join("\n", lines.subList(quote.last() + 1, lines.size())).strip();
        return above.isEmpty() || below.isEmpty() ? above + below : above + "\n\n" + below;
    }

    private boolean whole(Quote quote) {
        return quote.from() == 0 && quote.to() == sent.length();
    }

    /** A part of our text counts where it is shown to be a quote, and nobody answered between it and other parts. */
    private boolean proved(ComparedText answer, Quote quote) {
        return (quote.start() < quote.line() || answer.marked(quote.line()))
                && sent.lines(quote.from(), quote.to()) >= 2
                && (quote.to() == sent.length() || answer.end(quote.last()) == answer.length())
                && !markedOutside(answer, quote);
    }

    private static boolean markedOutside(ComparedText answer, Quote quote) {
        return IntStream.range(0, answer.size())
                .filter(line -> line < quote.line() || line > quote.last())
                .anyMatch(line -> !answer.blank(line) && answer.marked(line));
    }

    @Override
    public String toString() {
        return "SentText[…]";
    }
}
