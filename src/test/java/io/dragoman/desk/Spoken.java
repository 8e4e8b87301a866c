// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk;

import io.dragoman.simulator.helpdesk.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What is written in a round trip: each text ends with a word of its own, by which it is known. */
final class Spoken {
    private static final Pattern WORD = Pattern.compile("(m|a|n)(\\d+)x(\\d+)\\b");

    private Spoken() {}

    static List<String> words(String kind, int customer, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> kind + customer + "x" + number)
                .toList();
    }

    /** The last word by which a text is known. */
    static String word(String text) {
        List<String> words = new ArrayList<>(
                WORD.matcher(text).results().map(MatchResult::group).toList());
        return words.isEmpty() ? text : words.get(words.size() - 1);
    }

    /** How many messages of the tickets have a text. */
    static long times(List<Ticket> tickets, String text) {
        return tickets.stream()
                .flatMap(ticket -> ticket.messages().stream())
                .filter(message -> message.text().contains(text))
                .count();
    }
}
