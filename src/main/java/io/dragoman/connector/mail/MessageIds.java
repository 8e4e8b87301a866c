// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Message-IDs as they stand in Message-ID, In-Reply-To and References: in brackets, or bare, with commas, folded. */
public final class MessageIds {
    /** The most ids of one field that are looked at. */
    private static final int MOST = 100;

    private static final Pattern BRACKETED = Pattern.compile("<([^<>\\s]{1,900})>");

    private MessageIds() {}

    /** The ids of one field in order, without brackets. */
    public static List<String> in(String field) {
        Set<String> ids = new LinkedHashSet<>();
        Matcher bracketed = BRACKETED.matcher(field);
        while (bracketed.find()) {
            ids.add(bracketed.group(1));
        }
        if (ids.isEmpty()) {
            for (String word : field.split("[\\s,<>]+")) {
                if (word.indexOf('@') > 0 && word.length() <= 900) {
                    ids.add(word);
                }
            }
        }
        List<String> all = ids.stream().filter(MessageIds::printable).toList();
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }

    /** The ids that a mail refers to, the closest first: In-Reply-To, then References from the last to the first. */
    public static List<String> references(MimeHeaders headers) {
        Set<String> ids = new LinkedHashSet<>();
        headers.all("in-reply-to").forEach(field -> ids.addAll(in(field)));
        List<String> references = new ArrayList<>();
        headers.all("references").forEach(field -> references.addAll(in(field)));
        for (int i = references.size() - 1; i >= 0; i--) {
            ids.add(references.get(i));
        }
        return ids.stream().limit(MOST).toList();
    }

    /** Whether an id can stand in a header: one word of visible ASCII with an at sign. */
    public static boolean writable(String id) {
        return id.indexOf('@') > 0 && id.length() <= 900 && printable(id) && id.indexOf('<') < 0 && id.indexOf('>') < 0;
    }

    private static boolean printable(String id) {
        return id.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
