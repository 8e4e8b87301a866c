// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.model.UnicodeText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a bounce says in words, apart from the copy of our mail that it brings back. One {@code char} a byte. Immutable,
 * linear in the mail's size.
 *
 * @param said the sentences of the server that reports
 * @param all every text in the mail, the copy of ours included
 */
record BounceText(String said, String all) {
    private static final int LARGEST = 256 * 1024;

    /** No server says more than this, and all its words are searched many times. */
    private static final int LONGEST = 16 * 1024;

    private static final String OWN_ID = "(dragoman\\.[a-z0-9.]{60,70}@[a-z0-9][a-z0-9.-]{0,253}[a-z0-9])";
    private static final Pattern ID = Pattern.compile("(?i)" + OWN_ID);
    private static final Pattern ID_FIELD =
            Pattern.compile("(?im)^[ \\t>|]{0,20}(?:original-)?message-id:\\s{0,20}<?" + OWN_ID);
    private static final Pattern FIELD = Pattern.compile("[ >|]{0,20}[A-Za-z][A-Za-z0-9-]{0,70}:.*|[ \\t]+\\S.*");
    private static final Pattern LEADING_ADDRESS = Pattern.compile(
            "[\\s*-]{0,20}(?:(?i:rfc822; ?|smtp:|mailto:))?<?([^\\s<>()@:;,\"']{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}[A-Za-z0-9])>?(?=$|[\\s:;,.(])(.*)");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![^\\s<(\\[:;,\"'=])([^\\s<>()@:;,\"'=\\[\\]]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}[A-Za-z0-9])");

    /** Whom a bounce names for help, or names as its writer. */
    private static final Pattern SERVICE =
            Pattern.compile("(?i)(mailer-?daemon|postmaster|abuse|support|help-?desk|admin|dragoman\\..{1,70})@.*");

    static BounceText of(MimePart mail) {
        List<MimePart> leaves = new ArrayList<>();
        leaves(mail, leaves);
        StringBuilder plain = new StringBuilder();
        StringBuilder html = new StringBuilder();
        StringBuilder all = new StringBuilder();
        for (MimePart leaf : leaves) {
            if (all.length() < LARGEST && isText(leaf)) {
                String text = new String(leaf.content(LARGEST), StandardCharsets.ISO_8859_1).replace("\r", "");
                all.append(text).append('\n');
                if (leaf.is("text/html")) {
                    html.append(unmarked(text)).append('\n');
                } else if (!leaf.type().startsWith("message/") && !leaf.is("text/rfc822-headers")) {
                    plain.append(text).append('\n');
                }
            }
        }
        String said = beforeCopy(plain.toString().isBlank() ? html.toString() : plain.toString());
        return new BounceText(UnicodeText.cut(said, LONGEST), all.toString());
    }

    private static void leaves(MimePart part, List<MimePart> leaves) {
        if (part.children().isEmpty()) {
            leaves.add(part);
        }
        part.children().forEach(child -> leaves(child, leaves));
    }

    private static boolean isText(MimePart leaf) {
        return leaf.type().startsWith("text/") || leaf.type().startsWith("message/") || leaf.isMultipart();
    }

    private static String unmarked(String html) {
        return html.replaceAll("<[^<>@]{0,2000}>", " ").replace("&lt;", "<").replace("&gt;", ">");
    }

    /** Cut where the header of our mail begins: what our agent wrote is no word of a server. */
    private static String beforeCopy(String text) {
        Matcher id = ID_FIELD.matcher(text);
        if (!id.find()) {
            return text;
        }
        int start = id.start();
        while (start > 0) {
            int line = text.lastIndexOf('\n', start - 2) + 1;
            String before = text.substring(line, Math.max(line, start - 1));
            if (before.length() > 2_000 || !FIELD.matcher(before).matches() || isReport(before)) {
                break;
            }
            start = line;
        }
        String before = text.substring(0, start);
        return before.isBlank() ? text.substring(id.end()) : before;
    }

    private static boolean isReport(String field) {
        String name = field.strip().toLowerCase(Locale.ROOT);
        return name.startsWith("status:") || name.startsWith("diagnostic-code:") || name.startsWith("action:");
    }

    /** Whether the header of a mail of ours stands in the text. */
    boolean hasCopy() {
        return ID_FIELD.matcher(all).find();
    }

    /** The id of the mail that came back; ids that it refers to count only where that is missing. */
    Optional<OwnIds.Own> own(OwnIds ids) {
        return first(ID_FIELD, ids).or(() -> first(ID, ids));
    }

    private Optional<OwnIds.Own> first(Pattern pattern, OwnIds ids) {
        Matcher matcher = pattern.matcher(all);
        for (int tries = 0; tries < 100 && matcher.find(); tries++) {
            Optional<OwnIds.Own> own = ids.own(matcher.group(1));
            if (own.isPresent()) {
                return own;
            }
        }
        return Optional.empty();
    }

    /** What is said about each recipient: the lines from one that begins with an address to the next blank line. */
    Map<String, String> sections(OwnAddresses own) {
        Map<String, StringBuilder> sections = new LinkedHashMap<>();
        StringBuilder current = null;
        for (String line : said.split("\n", -1)) {
            Matcher address = LEADING_ADDRESS.matcher(line.length() > 600 ? line.substring(0, 600) : line);
            if (address.matches() && isRecipient(address.group(1), own) && sections.size() < 100) {
                current = sections.computeIfAbsent(address.group(1), key -> new StringBuilder());
                current.append(address.group(2)).append('\n');
            } else if (line.isBlank()) {
                boolean waits = current != null
                        && current.toString().replaceAll("[\\s:]", "").isEmpty();
                current = waits ? current : null;
            } else if (current != null && current.length() < 4_000) {
                current.append(line).append('\n');
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        sections.forEach((address, text) -> texts.put(address, text.toString()));
        boolean told = texts.values().stream().anyMatch(BounceReason::isIn);
        texts.values().removeIf(text -> told && !BounceReason.isIn(text));
        texts.values().removeIf(text -> !told && !text.replaceAll("[\\s:]", "").isEmpty() && text.length() > 200);
        return texts;
    }

    /** The one recipient that the text names; empty where it names none or several. */
    Optional<String> onlyRecipient(OwnAddresses own) {
        Matcher matcher = ADDRESS.matcher(said);
        List<String> found = new ArrayList<>();
        for (int tries = 0; tries < 100 && matcher.find(); tries++) {
            String address = matcher.group(1);
            if (isRecipient(address, own) && !found.contains(address)) {
                found.add(address);
            }
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static boolean isRecipient(String address, OwnAddresses own) {
        return MailAddress.valid(address)
                && !own.has(address)
                && !SERVICE.matcher(address).matches();
    }
}
