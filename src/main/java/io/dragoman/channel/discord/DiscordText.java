// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.kit.JsonFields;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Discord's text, in which people, roles, channels and emojis of a server stand as numbers in angle brackets. */
final class DiscordText {
    private static final Pattern BRACKETS =
            Pattern.compile("<(@[!&]?|#|a?:)(?:([A-Za-z0-9_]{1,40}):)?(\\d{1,20})>|</([^<>:]{1,100}):\\d{1,20}>");

    private DiscordText() {}

    /** As a person reads it. */
    static String read(String text, JsonFields message) {
        Map<String, String> names = new HashMap<>();
        for (JsonFields user : message.each("mentions")) {
            String id = user.word("id");
            String name = name(user);
            if (id != null && name != null) {
                names.put(id, name);
            }
        }
        return BRACKETS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(shown(found, names)));
    }

    private static String shown(MatchResult found, Map<String, String> names) {
        String what = found.group(1);
        if (what == null) {
            return "/" + found.group(4);
        }
        String id = found.group(3);
        return switch (what) {
            case "@", "@!" -> "@" + names.getOrDefault(id, id);
            case "@&" -> "@" + id;
            case "#" -> "#" + id;
            default -> ":" + (found.group(2) == null ? id : found.group(2)) + ":";
        };
    }

    /** What a person is called. */
    static @Nullable String name(JsonFields user) {
        String shown = user.word("global_name");
        return shown == null ? user.word("username") : shown;
    }
}
