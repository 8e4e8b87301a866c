// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of the mail that a reply quotes, whatever language the quote is introduced in: who wrote to
 * whom about what. Names are in lower case, and long enough not to be found by chance. Immutable.
 *
 * @param own the addresses that are ours
 * @param theirs the customer's address
 * @param ourNames what the customer's program may call us
 * @param theirNames what it may call the customer
 * @param subject without the prefixes of answers; empty for none that says anything
 * @param ownMarker the line that this gateway puts atop its mail; null for none
 * @param signed whether a signature counts as what was written
 */
public record ReplyFacts(
        OwnAddresses own,
        String theirs,
        List<String> ourNames,
        List<String> theirNames,
        String subject,
        @Nullable String ownMarker,
        boolean signed) {
    static final Pattern ADDRESS = Pattern.compile("[^\\s<>()\\[\\]:;,\"'@*|]{1,64}@[^\\s<>()\\[\\]:;,\"'@*|]{2,255}");

    /** Before a subject: two words at most, of a few letters, perhaps with a number. */
    private static final Pattern PREFIX =
            Pattern.compile("^\\p{L}{1,12}([ .]\\p{L}{1,12})?\\s?([\\[(]\\d{1,3}[\\])])?\\s?[:：]\\s*");

    private static final int SHORTEST_NAME = 3;
    private static final int LONGEST_NAME = 100;
    private static final int LONG_NAME = 6;
    private static final int LONGEST_ENDING = 3;

    public static ReplyFacts of(MimeHeaders headers, Account account, Correspondent who) {
        return of(
                headers,
                OwnAddresses.of(account),
                who,
                account.find(EmailSettings.NAME).orElse(null),
                account.find(EmailSettings.MARKER).orElse(null),
                false);
    }

    /**
     * What is known of the mail that one of somebody's quotes.
     *
     * @param name what we are called, beside the names of our addresses; null for nothing
     */
    public static ReplyFacts of(
            MimeHeaders headers,
            OwnAddresses own,
            Correspondent who,
            @Nullable String name,
            @Nullable String marker,
            boolean signed) {
        Stream<String> addressed = Stream.of("to", "cc")
                .flatMap(field -> headers.addresses(field).stream())
                .filter(address -> own.has(address.address()))
                .flatMap(address -> Optional.ofNullable(address.name()).stream());
        return new ReplyFacts(
                own,
                who.person().address().toLowerCase(Locale.ROOT),
                names(Stream.concat(Stream.ofNullable(name), addressed)),
                names(Optional.ofNullable(who.person().name()).stream()),
                bare(headers.text("subject").orElse("")),
                marker,
                signed);
    }

    private static List<String> names(Stream<String> names) {
        return names.map(ReplyFacts::lower)
                .filter(name -> name.length() >= SHORTEST_NAME && name.length() <= LONGEST_NAME)
                .distinct()
                .limit(10)
                .collect(Collectors.toUnmodifiableList());
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s{1,100}", " ");
    }

    /** A subject without up to three prefixes; empty where what is left says too little. */
    private static String bare(String subject) {
        String bare = lower(subject.substring(0, Math.min(subject.length(), 300)));
        for (int i = 0; i < 3; i++) {
            bare = PREFIX.matcher(bare).replaceFirst("");
        }
        return bare.length() < SHORTEST_NAME ? "" : bare;
    }

    /** All mail addresses of a text. */
    static List<String> addresses(String text) {
        if (text.indexOf('@') < 0) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        ADDRESS.matcher(text).results().limit(20).forEach(match -> found.add(match.group()));
        return found;
    }

    /** Whether a text names us, by an address (also a colleague's in our domain) or by a name. */
    boolean ours(String text) {
        return addresses(text).stream().anyMatch(this::ourAddress) || named(text, ourNames);
    }

    boolean ourAddress(String address) {
        String domain = theirs.substring(theirs.lastIndexOf('@') + 1);
        return own.has(address)
                || (own.shareDomain(address)
                        && !address.toLowerCase(Locale.ROOT).endsWith("@" + domain));
    }

    /** Whether a text names the customer. */
    boolean theirs(String text) {
        return addresses(text).stream().anyMatch(theirs::equalsIgnoreCase) || named(text, theirNames);
    }

    /** Whether a field's value is a name of ours, or a part of one. */
    boolean oursInField(String value) {
        return ours(value) || partOf(value, ourNames);
    }

    /** Whether a field's value is a name of the customer, or a part of one. */
    boolean theirsInField(String value) {
        return theirs(value) || partOf(value, theirNames);
    }

    /** Whether a field's value is the subject. */
    boolean subjectIn(String value) {
        String other = bare(value);
        return !subject.isEmpty() && !other.isEmpty() && (other.equals(subject) || longStart(other));
    }

    /** Whether one is the other cut, as programs cut and wrap long subjects. */
    private boolean longStart(String other) {
        return Math.min(other.length(), subject.length()) >= 20
                && (subject.startsWith(other) || other.startsWith(subject));
    }

    private static boolean partOf(String value, List<String> names) {
        String part = lower(value).replaceAll("[\"'()]", "");
        return part.length() >= SHORTEST_NAME
                && names.stream()
                        .anyMatch(name -> Arrays.asList(name.split(" ")).contains(part));
    }

    private static boolean named(String text, List<String> names) {
        String lower = lower(text);
        return names.stream().anyMatch(name -> hasWord(lower, name));
    }

    /** Whether a name stands in a text as words of its own, perhaps with an ending. */
    private static boolean hasWord(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            boolean starts = at == 0 || parted(text.codePointBefore(at), name.codePointAt(0));
            if (starts && ends(text, at + name.length(), name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name ends here; many languages decline a long one ("Example Shopin"). */
    private static boolean ends(String text, int end, String name) {
        int last = end;
        int most = name.length() < LONG_NAME ? end : Math.min(text.length(), end + LONGEST_ENDING);
        while (last < most && !parted(text.codePointAt(last), name.codePointBefore(name.length()))) {
            last += Character.charCount(text.codePointAt(last));
        }
        return last >= text.length() || parted(text.codePointAt(last), name.codePointBefore(name.length()));
    }

    /** Where words are not parted by blanks, a change of script parts them. */
    private static boolean parted(int outside, int inside) {
        return !Character.isLetterOrDigit(outside) || UnicodeScript.of(outside) != UnicodeScript.of(inside);
    }

    /** A text without the names and addresses in it, to count what else it says. */
    String without(String text) {
        String rest = ADDRESS.matcher(lower(text)).replaceAll(" ");
        for (String name : ourNames) {
            rest = rest.replace(name, " ");
        }
        return rest;
    }

    @Override
    public String toString() {
        return "ReplyFacts[…]";
    }
}
