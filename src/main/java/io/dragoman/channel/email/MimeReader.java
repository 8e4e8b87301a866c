// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a mail apart. Bounded in depth and number of parts, so that its time is linear in the mail's size, and without
 * a way to fail: a multipart whose boundary never comes is one part.
 */
final class MimeReader {
    static final int DEEPEST = 20;
    static final int MOST = 500;

    private final byte[] raw;
    private int parts;
    private boolean complete = true;

    private MimeReader(byte[] raw) {
        this.raw = raw;
    }

    /**
     * A mail's tree.
     *
     * @param complete whether all of it was taken apart; false for a mail deeper or wider than any real one
     */
    record Mail(MimePart root, boolean complete) {}

    static Mail read(byte[] raw) {
        MimeReader reader = new MimeReader(raw);
        MimePart root = reader.part("", 0, raw.length, 0);
        return new Mail(root, reader.complete);
    }

    private MimePart part(String path, int start, int end, int depth) {
        parts++;
        MimeHeaders headers = MimeHeaders.read(raw, start, end);
        MimeField type = headers.field("content-type");
        List<MimePart> children = new ArrayList<>();
        String boundary = type.parameter("boundary").orElse("");
        if (type.value().startsWith("multipart/") && depth >= DEEPEST) {
            complete = false;
        } else if (type.value().startsWith("multipart/")) {
            split(path, headers.bodyStart(), end, boundary, depth, children);
            if (children.isEmpty() && complete) {
                split(path, headers.bodyStart(), end, guessed(headers.bodyStart(), end), depth, children);
            }
        }
        return new MimePart(path, headers, type, raw, headers.bodyStart(), end, List.copyOf(children));
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

    private void split(String path, int from, int end, String boundary, int depth, List<MimePart> children) {
        if (boundary.isEmpty()) {
            return;
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        int open = -1;
        int at = from;
        while (at < end) {
            int next = MimeHeaders.nextLine(raw, at, end);
            int kind = delimits(at, MimeHeaders.lineEnd(raw, at, next), delimiter);
            if (kind > 0) {
                if (open >= 0 && !add(path, open, MimeHeaders.lineEnd(raw, open, at), depth, children)) {
                    return;
                }
                open = kind == 1 ? next : -1;
                if (kind == 2) {
                    return;
                }
            }
            at = next;
        }
        if (open >= 0) {
            add(path, open, end, depth, children); // the closing delimiter never came
        }
    }

    private boolean add(String path, int start, int end, int depth, List<MimePart> children) {
        if (parts >= MOST) {
            complete = false;
            return false;
        }
        String name = String.valueOf(children.size() + 1);
        children.add(part(path.isEmpty() ? name : path + "." + name, start, Math.max(start, end), depth + 1));
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
