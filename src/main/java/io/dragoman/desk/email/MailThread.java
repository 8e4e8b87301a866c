// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.mail.MessageIds;
import io.dragoman.connector.mail.MimeHeaders;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By what a helpdesk finds the ticket of a later mail: the token of its subjects, its own last Message-IDs and ours. Kept
 * by the store for each conversation. Immutable.
 *
 * @param title the subject of the first mail; null before there is one
 * @param first our Message-ID of that mail
 * @param last our Message-ID of the mail before
 * @param token what stands in brackets in the helpdesk's subjects, such as {@code [rt #12]}
 * @param theirs the helpdesk's last Message-IDs, the latest last
 */
record MailThread(
        @Nullable String title,
        @Nullable String first,
        @Nullable String last,
        @Nullable String token,
        List<String> theirs) {
    private static final String TITLE = "title";
    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String TOKEN = "token";
    private static final String THEIRS = "theirs";

    /** How many of the helpdesk's ids are kept, and how long they may be together: a desk keeps 2,000 characters. */
    private static final int MOST = 3;

    private static final int LONGEST = 600;

    /** A ticket's number behind a hash, or an issue's key. */
    private static final Pattern IN_BRACKETS =
            Pattern.compile("\\[[^\\[\\]#]{0,80}#\\d{1,20}\\]|\\[[A-Z][A-Z0-9_]{1,20}-\\d{1,12}\\]");

    static MailThread of(Map<String, String> kept) {
        String theirs = kept.getOrDefault(THEIRS, "");
        return new MailThread(
                kept.get(TITLE),
                kept.get(FIRST),
                kept.get(LAST),
                kept.get(TOKEN),
                theirs.isEmpty() ? List.of() : List.of(theirs.split(" ")));
    }

    /** What a mail of the helpdesk teaches, to be kept; {@code own} are Message-IDs of ours among what it refers to. */
    static Map<String, String> learnt(MimeHeaders headers, Set<String> own) {
        Map<String, String> kept = new HashMap<>();
        Matcher token = IN_BRACKETS.matcher(headers.text("subject").orElse(""));
        if (token.find()) {
            kept.put(TOKEN, token.group());
        }
        List<String> earlier = MessageIds.references(headers); // the closest first
        List<String> theirs = Stream.concat(
                        headers.raw("message-id").map(MessageIds::in).stream().flatMap(List::stream),
                        earlier.stream().filter(id -> !own.contains(id)))
                .filter(id -> MessageIds.writable(id) && id.indexOf(' ') < 0)
                .distinct()
                .limit(MOST)
                .toList();
        String joined = "";
        for (String id : theirs) {
            joined = joined.length() + id.length() < LONGEST ? (id + " " + joined).strip() : joined;
        }
        if (!joined.isEmpty()) {
            kept.put(THEIRS, joined);
        }
        return kept;
    }

    /** What is to be kept once a mail is sent. */
    Map<String, String> after(String messageId, String subject) {
        return first == null ? Map.of(TITLE, subject, FIRST, messageId, LAST, messageId) : Map.of(LAST, messageId);
    }

    /** Whether the helpdesk has a ticket of the conversation. */
    boolean isOpen() {
        return first != null;
    }

    /** What a mail answers, the closest last: ours and theirs, since some know their own alone and some neither. */
    List<String> references() {
        Set<String> all = new LinkedHashSet<>();
        Stream.of(first, last).flatMap(Stream::ofNullable).forEach(all::add);
        all.addAll(theirs);
        return List.copyOf(all);
    }

    /** The subject of a later mail. */
    String subject() {
        String plain = title == null ? "" : title;
        return token == null || plain.contains(token) ? "Re: " + plain : "Re: " + token + " " + plain;
    }

    /** Without the subject, which the customer wrote. */
    @Override
    public String toString() {
        return "MailThread[…]";
    }
}
