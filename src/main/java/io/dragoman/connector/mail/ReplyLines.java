// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.HtmlText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a reply, and which of them are quoted by a mark. */
final class ReplyLines {
    /** What is looked at of a line; no introduction is longer. */
    private static final int LONGEST = 500;

    /** No program wraps at fewer columns. */
    private static final int NARROWEST = 60;

    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");
    private static final Pattern SENTENCE_END = Pattern.compile(".*([!?…。！？।]|(?<!\\d)\\.)[\"')\\]]?$");

    private final List<String> raw;
    private final String[] lines;
    private final boolean[] marked;

    private ReplyLines(List<String> raw) {
        this.raw = raw;
        this.lines = new String[raw.size()];
        this.marked = new boolean[raw.size()];
    }

    static ReplyLines of(String text, ReplyFacts facts) {
        ReplyLines lines = new ReplyLines(Arrays.asList(text.split("\n", -1)));
        for (int i = 0; i < lines.size(); i++) {
            lines.lines[i] = shown(lines.raw.get(i));
            String line = lines.lines[i];
            lines.marked[i] = (line.startsWith(">") && !line.startsWith(">:"))
                    || (facts.ownMarker() != null && lines.raw.get(i).contains(facts.ownMarker()));
        }
        lines.markWrapped();
        lines.markBars(facts);
        return lines;
    }

    private static String shown(String line) {
        String start = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        return INVISIBLE
                .matcher(start)
                .replaceAll("")
                .replace('\u00a0', ' ')
                .replace('\u202f', ' ')
                .strip();
    }

    /** The rest of a quoted line that was wrapped, between quoted lines. */
    private void markWrapped() {
        for (int i = 1; i + 1 < lines.length; i++) {
            boolean between = marked[i - 1] && marked[i + 1] && !marked[i] && lines[i - 1].startsWith(">");
            if (between
                    && !lines[i].isEmpty()
                    && wrapped(lines[i - 1], lines[i])
                    && !SENTENCE_END.matcher(lines[i - 1]).matches()
                    && !Character.isUpperCase(lines[i].codePointAt(0))) {
                marked[i] = true;
            }
        }
    }

    /** Lines behind bars, where what introduces them names an address; a table's rows end in a bar, too. */
    private void markBars(ReplyFacts facts) {
        int before = -1;
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].startsWith("|")) {
                before = lines[i].isEmpty() ? before : i;
                continue;
            }
            int end = i;
            boolean table = false;
            while (end < lines.length && lines[end].startsWith("|")) {
                table |= lines[end].length() > 1 && lines[end].endsWith("|");
                end++;
            }
            if (!table && before >= 0 && Introduction.endsAsOne(lines[before]) && facts.ours(lines[before])) {
                Arrays.fill(marked, i, end, true);
            }
            before = end - 1;
            i = end - 1;
        }
    }

    int size() {
        return lines.length;
    }

    /** A line without what cannot be seen. */
    String at(int i) {
        return lines[i];
    }

    /** A line as it came. */
    String raw(int i) {
        return raw.get(i);
    }

    boolean marked(int i) {
        return marked[i];
    }

    boolean blank(int i) {
        return lines[i].isEmpty() || startsQuote(i);
    }

    /** Whether a mail program marked the start of its quote in HTML here. */
    boolean startsQuote(int i) {
        return lines[i].equals(HtmlText.QUOTE_MARK);
    }

    /** Whether a line is the writer's own. */
    boolean own(int i) {
        return !marked[i] && !blank(i);
    }

    boolean anyOwn(int from, int to) {
        for (int i = from; i < to; i++) {
            if (own(i)) {
                return true;
            }
        }
        return false;
    }

    /** The next line from here on that is not blank; {@link #size()} for none. */
    int text(int from) {
        int i = from;
        while (i < lines.length && blank(i)) {
            i++;
        }
        return i;
    }

    /** Whether what comes next is quoted by a mark. */
    boolean markedFrom(int from) {
        int next = text(from);
        return next < lines.length && marked[next];
    }

    int lastMarked() {
        int last = lines.length - 1;
        while (last >= 0 && !marked[last]) {
            last--;
        }
        return last;
    }

    /** Whether line {@code i} may go on in the next one: no sentence ends there. */
    boolean open(int i) {
        return !SENTENCE_END.matcher(lines[i]).matches();
    }

    /** Whether line {@code i} was broken because the next word did not fit. */
    boolean wrapped(int i) {
        return wrapped(lines[i], lines[i + 1]);
    }

    private static boolean wrapped(String line, String next) {
        int space = next.indexOf(' ');
        return line.length() + 1 + (space < 0 ? next.length() : space) > NARROWEST;
    }

    String joined(int from, int to) {
        return String.join(" ", Arrays.asList(lines).subList(from, to + 1));
    }

    /** Lines as they came, without our own marks. */
    String text(int from, int to) {
        return ReplyBody.whole(String.join("\n", raw.subList(from, to)));
    }
}
