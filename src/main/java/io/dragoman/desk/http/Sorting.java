// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.Setting;
import io.dragoman.model.Conversation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What our teams and assignees are called at an account's helpdesk. Immutable.
 *
 * @param teams theirs by ours
 * @param assignees likewise
 */
record Sorting(Map<String, String> teams, Map<String, String> assignees) {
    static final Sorting NONE = new Sorting(Map.of(), Map.of());

    /** The names of both sides of a pair, for expressions. */
    static final String OURS = "ours";

    static final String THEIRS = "theirs";

    static final Setting<Map<String, String>> TEAMS = setting(
            "teams", "What teams here are called there, such as billing=7, support=8; others are not told of theirs.");
    static final Setting<Map<String, String>> ASSIGNEES = setting(
            "assignees", "What agents here are called there, such as mara=12, tom=15; others are not told of theirs.");

    private static final Pattern PAIR = Pattern.compile("\\s*([^=,]*[^=,\\s])\\s*=\\s*([^,]*[^,\\s])\\s*");

    Sorting {
        teams = Map.copyOf(teams);
        assignees = Map.copyOf(assignees);
    }

    private static Setting<Map<String, String>> setting(String name, String about) {
        return new Setting<>(name, about, Setting.Type.TEXT, "", false, List.of(), Sorting::parse);
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String one : text.isBlank() ? List.<String>of() : List.of(text.split(",", -1))) {
            Matcher pair = PAIR.matcher(one);
            if (!pair.matches()) {
                throw new IllegalArgumentException(
                        "has '" + one.strip() + "' but must be pairs such as billing=7, support=8: ours=theirs");
            }
            if (words.put(pair.group(1), pair.group(2)) != null) {
                throw new IllegalArgumentException("has " + pair.group(1) + " twice. Keep one of the two");
            }
        }
        return words;
    }

    static Sorting of(Account account) {
        return new Sorting(words(account, TEAMS), words(account, ASSIGNEES));
    }

    private static Map<String, String> words(Account account, Setting<Map<String, String>> setting) {
        return account.values().containsKey(setting.name()) ? account.get(setting) : Map.of();
    }

    /** All of it, as the expressions of a test see it: {@code teams} and {@code assignees}, each a list. */
    Map<String, Object> mapped() {
        return Map.of(TEAMS.name(), pairs(teams), ASSIGNEES.name(), pairs(assignees));
    }

    private static List<Map<String, String>> pairs(Map<String, String> words) {
        return words.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(word -> Map.of(OURS, word.getKey(), THEIRS, word.getValue()))
                .toList();
    }

    /** What of a conversation the helpdesk has a word for, as expressions see it: {@code team} and {@code assignee}. */
    Map<String, String> theirs(Conversation conversation) {
        Map<String, String> theirs = new HashMap<>();
        put(theirs, "team", teams, conversation.team());
        put(theirs, "assignee", assignees, conversation.assignee());
        return theirs;
    }

    private static void put(Map<String, String> theirs, String name, Map<String, String> words, @Nullable String ours) {
        String word = ours == null ? null : words.get(ours);
        if (word != null) {
            theirs.put(name, word);
        }
    }

    /** Our word for the first of theirs that has one, else the first of theirs; empty for none. */
    static String ours(Map<String, String> words, List<String> theirs) {
        for (String their : theirs) {
            for (Map.Entry<String, String> word : words.entrySet()) {
                if (word.getValue().equals(their)) {
                    return word.getKey();
                }
            }
        }
        return theirs.isEmpty() ? "" : theirs.get(0);
    }
}
