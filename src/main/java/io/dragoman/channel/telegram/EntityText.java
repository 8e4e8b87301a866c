// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.kit.JsonFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Text with what Telegram keeps beside it: the address behind a word, the person behind a mention, the time behind a
 * date. Each is written in brackets after the words that it belongs to, so that agents and rules see it. Entities that
 * do not fit the text are taken for as much as they fit.
 */
final class EntityText {
    private EntityText() {}

    /** Something to be written into a text, before the character at {@code at}. */
    private record Insert(int at, int from, String text) {}

    /**
     * The text with what its entities hide.
     *
     * @param entities {@code offset} and {@code length} count UTF-16 units
     */
    static String of(String text, JsonNode entities) {
        List<Insert> inserts = new ArrayList<>();
        for (JsonNode entity : entities) {
            int from = within(text, entity.path("offset").asLong(0));
            int to = within(text, from + Math.max(0, entity.path("length").asLong(0)));
            String words = text.substring(from, to).stripTrailing();
            String hidden = hidden(words, entity);
            if (!hidden.isEmpty()) {
                inserts.add(new Insert(from + words.length(), from, hidden));
            }
        }
        inserts.sort(Comparator.comparingInt(Insert::at).thenComparing(Insert::from, Comparator.reverseOrder()));
        StringBuilder written = new StringBuilder();
        int done = 0;
        for (Insert insert : inserts) {
            written.append(text, done, insert.at()).append(insert.text());
            done = insert.at();
        }
        return written.append(text.substring(done)).toString();
    }

    /** A place in the text, never in the middle of a character. */
    private static int within(String text, long offset) {
        int at = (int) Math.max(0, Math.min(offset, text.length()));
        boolean inside = at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
        return inside ? at + 1 : at;
    }

    /** What words do not show, with a space and in brackets; empty when they show everything. */
    static String hidden(String words, JsonNode entity) {
        return switch (entity.path("type").asText("")) {
            case "text_link", "url" -> link(words, entity.path("url").asText(""));
            case "text_mention" ->
                link(words, "tg://user?id=" + entity.at("/user/id").asText(""));
            case "date_time" -> time(entity.path("unix_time"));
            case "email_address" -> link(words, entity.path("email_address").asText(""));
            case "phone_number" -> link(words, entity.path("phone_number").asText(""));
            default -> "";
        };
    }

    /** The address behind words; empty when the words are the address. */
    static String link(String words, String address) {
        String target = JsonFields.clean(address).replaceAll("\\p{Cntrl}+", "").strip();
        return target.isEmpty() || bare(words).equals(bare(target)) ? "" : " (" + target + ")";
    }

    private static String bare(String address) {
        return address.strip()
                .replaceFirst("(?i)^(https?://)?(www\\.)?", "")
                .replaceFirst("/$", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String time(JsonNode seconds) {
        long at = seconds.asLong(-1);
        return at < 0 || at > 253_402_300_799L ? "" : " (" + Instant.ofEpochSecond(at) + ")";
    }
}
