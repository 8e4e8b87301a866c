// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import java.util.List;
import java.util.regex.Pattern;

/** Markdown as plain text: most channels show its marks as they are. */
final class MarkdownText {
    private static final Pattern LINK =
            Pattern.compile("!?\\[([^\\]\\n]{1,500})\\]\\(([^)\\s]{1,2000})[^)\\n]{0,200}\\)");
    private static final Pattern STRONG = Pattern.compile("(\\*\\*|__)(?=\\S)([^*_\\n]{1,1000})\\1");
    private static final Pattern EMPHASIS = Pattern.compile("(?<![\\w*])[*_](?=\\S)([^*_\\n]{1,1000})[*_](?![\\w*])");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +");
    private static final Pattern BULLET = Pattern.compile("^(\\s*)[*+-] +");

    private MarkdownText() {}

    /** The text of some lines; those without an empty one between them are one paragraph. */
    static String plain(List<String> lines) {
        StringBuilder text = new StringBuilder();
        boolean code = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                code = !code;
                continue;
            }
            String plain = code ? line : plain(line);
            boolean item = BULLET.matcher(line).find() || line.matches("\\s*\\d{1,3}[.)] .*");
            boolean fresh = text.length() == 0 || text.charAt(text.length() - 1) == '\n';
            boolean goesOn = !fresh && !code && !item && !plain.isBlank();
            text.append(goesOn ? " " : fresh ? "" : "\n");
            text.append(plain.isBlank() ? "\n" : goesOn ? plain.strip() : plain.stripTrailing());
        }
        return text.toString().replaceAll("\n{3,}", "\n\n").strip();
    }

    private static String plain(String line) {
        String plain = HEADING.matcher(line).replaceFirst("");
        plain = BULLET.matcher(plain).replaceFirst("$1• ");
        plain = LINK.matcher(plain).replaceAll("$1 ($2)");
        plain = STRONG.matcher(plain).replaceAll("$2");
        plain = EMPHASIS.matcher(plain).replaceAll("$1");
        return plain.replace("`", "");
    }
}
