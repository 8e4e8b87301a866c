// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.kit.DateText;
import io.dragoman.connector.mail.QuoteWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an agent wrote, out of the text of a helpdesk's mail. A line above which one is to reply stands atop the mail
 * that an agent's answer comes in, and again in what an agent answers by a mail program: above it nothing else may
 * stand for the answer to be below, and the next such line ends it.
 */
final class AgentText {
    /** Part of a line in any letter case, without the dashes and the like around it. */
    private static final List<String> SEPARATORS = List.of(
            "reply above this line",
            "type your reply above this line",
            "reply above this line to add a comment",
            "fsreplyabove",
            "bitte oberhalb dieser zeile antworten",
            "répondre au-dessus de cette ligne",
            "responda por encima de esta línea");

    private static final int LONGEST_SEPARATOR = 200;
    private static final int LONGEST_ATTRIBUTION = 300;

    /** A line of nothing but blanks, or of what lines are drawn with. */
    private static final Pattern DRAWN = Pattern.compile("[-—–_=*#~\\s]{0,200}");

    /** Redmine's rule between a note and what it shows of the issue. */
    private static final Pattern RULE = Pattern.compile("-{30,100}");

    /** Redmine's line that says who updated which issue, in any language. */
    private static final Pattern UPDATED = Pattern.compile(".{0,300}#\\d{1,12}\\b.{0,300}");

    private static final Pattern COMMENTED = Pattern.compile("(?i).{1,100} commented:");
    private static final Pattern JIRA_FOOTER =
            Pattern.compile("(?i)(view request|turn off this request's notifications)\\b.*|[-—]{3,60}");

    private final HelpdeskProduct product;
    private final List<String> separators;
    private final boolean signatures;

    AgentText(Account account) {
        this.product = account.get(EmailDeskSettings.PRODUCT);
        this.signatures = account.get(EmailDeskSettings.SIGNATURES);
        this.separators = new ArrayList<>(SEPARATORS);
        EmailDeskSettings.values(account, EmailDeskSettings.SEPARATORS, "|")
                .forEach(line -> separators.add(line.toLowerCase(Locale.ROOT)));
    }

    /** The answer; empty where the mail holds none. */
    Optional<String> of(String text) {
        List<String> lines = text.replace("\r\n", "\n").lines().toList();
        Optional<List<String>> answer =
                switch (product) {
                    case REDMINE -> note(lines);
                    case JIRA_SM -> comment(between(lines));
                    default -> Optional.of(between(lines));
                };
        return answer.map(this::own)
                .map(found -> String.join("\n", found).strip())
                .filter(found -> !found.isEmpty());
    }

    /** Without what is quoted at the end and the line that says of whom; nothing where a signature is all there is. */
    private List<String> own(List<String> lines) {
        int end = withoutBlank(lines, lines.size());
        int quoted = end;
        while (quoted > 0
                && (isQuoted(lines.get(quoted - 1)) || lines.get(quoted - 1).isBlank())) {
            quoted--;
        }
        boolean quotes = quoted < end;
        end = quotes ? quoted : end;
        if (end > 0 && attributes(lines, end, quotes)) {
            end = withoutBlank(lines, attribution(lines, end, quotes));
        }
        int first = next(lines, 0, false);
        boolean signature = first < end && lines.get(first).strip().equals("--");
        return signature && !signatures ? List.of() : lines.subList(0, end);
    }

    private static boolean isQuoted(String line) {
        return line.startsWith(">");
    }

    private static int withoutBlank(List<String> lines, int from) {
        int end = from;
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return end;
    }

    private static boolean attributes(List<String> lines, int end, boolean quotes) {
        return attribution(lines, end, quotes) < end;
    }

    /** Where the line or two begin that say who wrote what is quoted; the end where there are none. */
    private static int attribution(List<String> lines, int end, boolean quotes) {
        for (int from = end - 1;
                from >= Math.max(0, end - 2) && !lines.get(from).isBlank();
                from--) {
            String text = String.join(" ", lines.subList(from, end)).strip();
            boolean proven = DateText.isIn(text) && (quotes || QuoteWords.wrote(text));
            if (text.length() <= LONGEST_ATTRIBUTION && text.endsWith(":") && proven) {
                return from;
            }
        }
        return end;
    }

    private List<String> between(List<String> lines) {
        int from = 0;
        int to = 0;
        while (to < lines.size() && !(isSeparator(lines.get(to)) && says(lines, from, to))) {
            from = isSeparator(lines.get(to)) ? to + 1 : from;
            to++;
        }
        return lines.subList(from, to);
    }

    private static boolean says(List<String> lines, int from, int to) {
        return lines.subList(from, to).stream()
                .anyMatch(line -> !DRAWN.matcher(line).matches());
    }

    private boolean isSeparator(String line) {
        String lower = line.length() > LONGEST_SEPARATOR ? "" : line.toLowerCase(Locale.ROOT);
        return separators.stream().anyMatch(lower::contains);
    }

    /**
     * Redmine's mail: a line that says who, a blank one, the changed fields, a blank one, the note, a rule. Without
     * changed fields two blank lines follow each other. A private note's first line begins with a parenthesis.
     */
    private Optional<List<String>> note(List<String> all) {
        List<String> lines = between(all);
        int head = 0;
        while (head < lines.size() && !UPDATED.matcher(lines.get(head)).matches()) {
            head++;
        }
        int rule = head;
        while (rule < lines.size() && !RULE.matcher(lines.get(rule).strip()).matches()) {
            rule++;
        }
        if (head == lines.size() || rule == lines.size() || lines.get(head).startsWith("(")) {
            return Optional.empty();
        }
        int second = head + 2;
        boolean fields = second < rule && !lines.get(second).isBlank();
        int from = fields ? next(lines, second, true) : second;
        return from >= rule ? Optional.empty() : Optional.of(lines.subList(from, rule));
    }

    private static int next(List<String> lines, int from, boolean blank) {
        int i = from;
        while (i < lines.size() && lines.get(i).isBlank() != blank) {
            i++;
        }
        return i;
    }

    /** Jira's mail: a line that says who commented, the comment, links. Anything else is news of the request. */
    private static Optional<List<String>> comment(List<String> lines) {
        int head = next(lines, 0, false);
        while (head < lines.size()
                && JIRA_FOOTER.matcher(lines.get(head).strip()).matches()) {
            head = next(lines, head + 1, false);
        }
        if (head == lines.size() || !COMMENTED.matcher(lines.get(head).strip()).matches()) {
            return Optional.empty();
        }
        int end = head + 1;
        while (end < lines.size()
                && !JIRA_FOOTER.matcher(lines.get(end).strip()).matches()) {
            end++;
        }
        return Optional.of(lines.subList(head + 1, end));
    }
}
