// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes a mail apart. Bounded in depth and number of parts, so that its time is linear in the mail's size, and without
 * a way to fail: a multipart whose boundary never comes is one part.
 */
public final class MimeReader {
    public static final int DEEPEST = 20;
    public static final int MOST = 500;

    /** More of a part's header than is needed to see what kind of part it is. */
    private static final int HEADER = 16 * 1024;

    /** A larger part is not decoded to look for others in it; it is there as a file. */
    private static final int LARGEST_INSIDE = 24 * 1024 * 1024;

    private static final Set<String> CODED = Set.of("quoted-printable", "base64");
    private final byte[] raw;
    private final Budget budget;

    private MimeReader(byte[] raw, Budget budget) {
        this.raw = raw;
        this.budget = budget;
    }

    /** What is left for one mail, whatever lies in it. */
    private static final class Budget {
        private int parts;
        private boolean complete = true;

        private boolean taken() {
            complete &= parts < MOST;
            return !complete;
        }
    }

    /**
     * A mail's tree.
     *
     * @param complete whether all of it was taken apart; false for a mail deeper or wider than any real one
     */
    public record Mail(MimePart root, boolean complete) {}

    public static Mail read(byte[] raw) {
        Mail mail = tree(LineEnds.single(raw));
        return CourierNotice.mailIn(mail.root()).map(MimeReader::tree).orElse(mail);
    }

    private static Mail tree(byte[] raw) {
        Budget budget = new Budget();
        MimePart root = new MimeReader(raw, budget).part("", 0, raw.length, 0);
        return new Mail(charset(root).map(root::in).orElse(root), budget.complete);
    }

    /** The legacy charset that a mail's texts, or the words in its header, are in. */
    private static Optional<String> charset(MimePart root) {
        return root.legacyCharset().or(() -> Stream.of("from", "subject", "to")
                .flatMap(name -> root.headers().all(name).stream())
                .flatMap(EncodedWords::charsets)
                .distinct()
                .limit(10) // looking for a charset that is none takes long
                .filter(LegacyCharsets::isLegacy)
                .findFirst());
    }

    private MimePart part(String path, int start, int end, int depth) {
        budget.parts++;
        MimeHeaders headers = MimeHeaders.read(raw, start, end);
        MimeField type = headers.field("content-type");
        List<MimePart> children = new ArrayList<>();
        if (type.value().startsWith("multipart/")) {
            multipart(path, headers.bodyStart(), end, type, depth, children);
        }
        MimePart part = new MimePart(path, headers, type, raw, headers.bodyStart(), end, List.of());
        if (children.isEmpty() && end - headers.bodyStart() <= LARGEST_INSIDE) {
            inside(part, depth, children);
        }
        return children.isEmpty()
                ? part
                : new MimePart(path, headers, type, raw, headers.bodyStart(), end, List.copyOf(children));
    }

    /** Parts that are hidden in the content of another. */
    private void inside(MimePart part, int depth, List<MimePart> children) {
        if (part.isSmime()) {
            signed(part, depth, children);
        } else if (part.isTnef()) {
            packed(part, children);
        } else if (part.is("text/plain") && part.isUnnamedText() && !TransferCoding.isUuencode(part.coding())) {
            uuencoded(part, children);
        } else if (part.is("text/html") && part.isUnnamedText()) {
            pictured(part, children);
        }
    }

    private void multipart(String path, int start, int end, MimeField type, int depth, List<MimePart> children) {
        if (depth >= DEEPEST) {
            budget.complete = false;
            return;
        }
        split(path, start, end, type.parameter("boundary").orElse(""), depth, children);
        if (children.isEmpty() && budget.complete) {
            split(path, start, end, guessed(start, end), depth, children);
        }
    }

    /** An opaque S/MIME signature holds the mail that it signs. */
    private void signed(MimePart part, int depth, List<MimePart> children) {
        Optional<byte[]> content = SignedData.content(part.content(Integer.MAX_VALUE));
        if (content.isPresent() && depth >= DEEPEST) {
            budget.complete = false;
        } else if (content.isPresent() && !budget.taken()) {
            byte[] inner = content.get();
            children.add(new MimeReader(inner, budget).part(child(part.path(), 1), 0, inner.length, depth + 1));
        }
    }

    /** What Outlook packed up becomes parts beside each other. */
    private void packed(MimePart part, List<MimePart> children) {
        for (Tnef.Piece piece : Tnef.in(part.content(Integer.MAX_VALUE), MOST - budget.parts)) {
            MimeHeaders own = MimeHeaders.read(piece.header(), 0, piece.header().length);
            children.add(leaf(part, children.size() + 1, own, piece.content()));
        }
        budget.complete &= budget.parts < MOST;
    }

    /** Files between the lines of a text become parts beside it. */
    private void uuencoded(MimePart part, List<MimePart> children) {
        boolean coded = CODED.contains(part.coding());
        byte[] text = coded ? part.content(Integer.MAX_VALUE) : raw;
        int start = coded ? 0 : part.start();
        int end = coded ? text.length : part.end();
        MimeHeaders headers = coded ? part.headers().without(Set.of("content-transfer-encoding")) : part.headers();
        int most = (MOST - budget.parts) / 2;
        for (UuencodedFiles.Stretch stretch : UuencodedFiles.in(text, start, end, most)) {
            budget.parts++;
            String path = child(part.path(), children.size() + 1);
            MimeHeaders own =
                    stretch.name() == null ? headers : MimeHeaders.read(stretch.header(), 0, stretch.header().length);
            children.add(new MimePart(
                    path, own, own.field("content-type"), text, stretch.start(), stretch.end(), List.of()));
        }
    }

    /** Pictures in a page itself become parts beside it. */
    private void pictured(MimePart part, List<MimePart> children) {
        byte[] html = part.content(Integer.MAX_VALUE);
        DataPictures found = DataPictures.in(html, part.path(), MOST - budget.parts);
        if (found.pictures().isEmpty()) {
            return;
        }
        MimeHeaders headers = part.headers().without(Set.of("content-transfer-encoding"));
        children.add(leaf(part, 1, headers, found.page()));
        for (DataPictures.Picture picture : found.pictures()) {
            MimeHeaders own = MimeHeaders.read(picture.header(), 0, picture.header().length);
            children.add(leaf(part, children.size() + 1, own, picture.content()));
        }
        budget.complete &= budget.parts < MOST;
    }

    private MimePart leaf(MimePart parent, int number, MimeHeaders headers, byte[] content) {
        budget.parts++;
        String path = child(parent.path(), number);
        return new MimePart(path, headers, headers.field("content-type"), content, 0, content.length, List.of());
    }

    private static String child(String path, int number) {
        return path.isEmpty() ? String.valueOf(number) : path + "." + number;
    }

    /** What looks like a boundary where the declared one is missing or wrong; empty for nothing. */
    private String guessed(int from, int end) {
        int at = from;
        while (at < end) {
            int next = MimeHeaders.nextLine(raw, at, end);
            int stop = MimeHeaders.lineEnd(raw, at, next);
            boolean dashes = stop - at > 2 && stop - at <= 72 && raw[at] == '-' && raw[at + 1] == '-';
            if (dashes && next + 8 < end) {
                String following = new String(raw, next, 8, StandardCharsets.ISO_8859_1);
                if (following.equalsIgnoreCase("content-")) {
                    return new String(raw, at + 2, stop - at - 2, StandardCharsets.UTF_8);
                }
            }
            at = next;
        }
        return "";
    }

    /**
     * Reads the parts between delimiters. A multipart inside may use the same delimiter: then what follows belongs to it
     * up to its own end. Parts that follow the end are parts all the same.
     */
    private void split(String path, int from, int end, String boundary, int depth, List<MimePart> children) {
        if (boundary.isEmpty()) {
            return;
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        int open = -1;
        boolean inside = false;
        int at = from;
        while (at < end) {
            int next = MimeHeaders.nextLine(raw, at, end);
            int kind = delimits(at, MimeHeaders.lineEnd(raw, at, next), delimiter);
            if (kind > 0 && inside) {
                inside = kind == 1;
            } else if (kind > 0) {
                if (open >= 0 && !add(path, open, MimeHeaders.lineEnd(raw, open, at), depth, children)) {
                    return;
                }
                open = kind == 1 ? next : -1;
                inside = kind == 1 && shares(next, end, boundary, delimiter);
            }
            at = next;
        }
        if (open >= 0) {
            add(path, open, end, depth, children); // the closing delimiter never came
        }
    }

    /** Whether the part that starts here is a multipart whose parts stand between our own delimiters. */
    private boolean shares(int start, int end, String boundary, byte[] delimiter) {
        MimeHeaders headers = MimeHeaders.read(raw, start, Math.min(end, start + HEADER));
        MimeField type = headers.field("content-type");
        if (!type.value().startsWith("multipart/")) {
            return false;
        }
        String own = type.parameter("boundary").orElse("");
        int at = headers.bodyStart();
        int next = MimeHeaders.nextLine(raw, at, end);
        while (next < end && MimeHeaders.lineEnd(raw, at, next) == at) {
            at = next;
            next = MimeHeaders.nextLine(raw, at, end);
        }
        return own.equals(boundary)
                || (own.isEmpty() && delimits(at, MimeHeaders.lineEnd(raw, at, next), delimiter) == 1);
    }

    private boolean add(String path, int start, int end, int depth, List<MimePart> children) {
        if (budget.taken()) {
            return false;
        }
        children.add(part(child(path, children.size() + 1), start, Math.max(start, end), depth + 1));
        return true;
    }

    /** 0 for a line that is none, 1 for a delimiter, 2 for the closing one. */
    private int delimits(int at, int stop, byte[] delimiter) {
        int length = delimiter.length;
        if (stop - at < length || raw[at] != '-' || raw[at + 1] != '-') {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if (raw[at + i] != delimiter[i]) {
                return 0;
            }
        }
        int end = stop;
        while (end > at + length && (raw[end - 1] == ' ' || raw[end - 1] == '\t')) {
            end--;
        }
        if (end == at + length) {
            return 1;
        }
        return end == at + length + 2 && raw[end - 1] == '-' && raw[end - 2] == '-' ? 2 : 0;
    }
}
