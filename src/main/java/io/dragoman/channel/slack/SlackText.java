// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Slack's text: ampersands and angle brackets are escaped, what it knows stands in such brackets with a label. */
final class SlackText {
    private static final Pattern BRACKETS = Pattern.compile("<([^<>|]{1,4000})(?:\\|([^<>]{0,4000}))?>");

    private SlackText() {}

    /** As a person reads it. */
    static String read(String text) {
        String shown = BRACKETS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(shown(found)));
        return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String shown(MatchResult found) {
        String what = found.group(1);
        @Nullable String label = found.group(2);
        boolean labelled = label != null && !label.isBlank();
        return switch (what.charAt(0)) {
            case '@', '!' -> "@" + (labelled ? label : what.substring(1));
            case '#' -> "#" + (labelled ? label : what.substring(1));
            default -> {
                String address = what.startsWith("mailto:") ? what.substring("mailto:".length()) : what;
                yield labelled && !address.endsWith(label) ? label + " (" + address + ")" : address;
            }
        };
    }

    /** What an agent wrote, so that none of it becomes a mention or a link with another face. */
    static String write(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
