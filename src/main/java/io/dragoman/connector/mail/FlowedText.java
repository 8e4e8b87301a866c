// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

/** RFC 3676: lines that end in a space go on in the next. */
final class FlowedText {
    private FlowedText() {}

    /** A part's text with its flowed lines joined, where the part says that they flow. */
    static String unfold(String text, MimePart part) {
        boolean flowed = part.contentType()
                .parameter("format")
                .filter("flowed"::equalsIgnoreCase)
                .isPresent();
        if (!flowed) {
            return text;
        }
        boolean drop = part.contentType()
                .parameter("delsp")
                .filter("yes"::equalsIgnoreCase)
                .isPresent();
        StringBuilder joined = new StringBuilder(text.length());
        boolean flowing = false;
        int depth = 0;
        for (String line : text.split("\n", -1)) {
            int quotes = 0;
            while (quotes < line.length() && line.charAt(quotes) == '>') {
                quotes++;
            }
            String rest = line.substring(quotes);
            rest = rest.startsWith(" ") ? rest.substring(1) : rest; // stuffed
            boolean goesOn = flowing && quotes == depth && !rest.equals("-- ");
            if (!goesOn) {
                joined.append(joined.length() == 0 ? "" : "\n")
                        .append(">".repeat(quotes))
                        .append(quotes > 0 ? " " : "");
            }
            flowing = rest.endsWith(" ") && !rest.equals("-- ");
            depth = quotes;
            joined.append(flowing && drop ? rest.substring(0, rest.length() - 1) : rest);
        }
        return joined.toString();
    }
}
