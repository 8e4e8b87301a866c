// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Pictures that stand as {@code data:} addresses (RFC 2397) in a page itself. They are taken out, so that they do not
 * count as text, and the page names them as it names pictures that are parts of the mail.
 *
 * @param page with {@code cid:} addresses instead
 */
record DataPictures(byte[] page, List<Picture> pictures) {
    private static final byte[] SCHEME = "data:".getBytes(StandardCharsets.US_ASCII);

    /** The most that may stand between a data address's scheme and its comma. */
    private static final int LONGEST_TYPE = 200;

    /**
     * One picture.
     *
     * @param header as if it were a part of its own
     */
    record Picture(byte[] header, byte[] content) {}

    /**
     * Takes the pictures out of a page.
     *
     * @param path of the page's part, which makes the pictures' ids unique in the mail
     * @param most how many are taken; what is above stays as it is
     */
    static DataPictures in(byte[] html, String path, int most) {
        ByteArrayOutputStream page = new ByteArrayOutputStream(Math.min(html.length, 1 << 20));
        List<Picture> pictures = new ArrayList<>();
        int copied = 0;
        int at = 0;
        while (at + SCHEME.length < html.length && pictures.size() < most) {
            int comma = starts(html, at) && isSource(html, at) ? comma(html, at) : -1;
            if (comma < 0) {
                at++;
                continue;
            }
            int end = end(html, comma, at);
            String id = "data-" + (pictures.size() + 1) + (path.isEmpty() ? "" : "." + path) + "@mail.invalid";
            String type = new String(html, at + SCHEME.length, comma - at - SCHEME.length, StandardCharsets.ISO_8859_1);
            pictures.add(picture(id, type, Arrays.copyOfRange(html, comma + 1, end)));
            page.write(html, copied, at - copied);
            page.writeBytes(("cid:" + id).getBytes(StandardCharsets.US_ASCII));
            copied = end;
            at = end;
        }
        page.write(html, copied, html.length - copied);
        return new DataPictures(page.toByteArray(), pictures);
    }

    private static Picture picture(String id, String described, byte[] data) {
        String lower = described.toLowerCase(Locale.ROOT).trim();
        boolean base64 = lower.endsWith("base64");
        String type = lower.split(";", 2)[0].trim();
        String header = "Content-Type: " + (type.matches(MailContent.MIME_TYPE) ? type : "application/octet-stream")
                + "\nContent-ID: <" + id + ">\nContent-Transfer-Encoding: " + (base64 ? "base64" : "8bit") + "\n\n";
        return new Picture(header.getBytes(StandardCharsets.US_ASCII), TransferCoding.hexed(data, '%'));
    }

    private static boolean starts(byte[] html, int at) {
        for (int i = 0; i < SCHEME.length; i++) {
            if (Character.toLowerCase(html[at + i]) != SCHEME[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether what stands before is {@code src=}, with or without a quote. */
    private static boolean isSource(byte[] html, int at) {
        int before = blanks(html, at);
        before = before > 0 && isQuote(html[before - 1]) ? before - 1 : before;
        before = blanks(html, before);
        if (before == 0 || html[before - 1] != '=') {
            return false;
        }
        before = blanks(html, before - 1);
        return before >= 3 && new String(html, before - 3, 3, StandardCharsets.ISO_8859_1).equalsIgnoreCase("src");
    }

    /** Where the blanks before a place begin; a few of them, no page has more. */
    private static int blanks(byte[] html, int at) {
        int before = at;
        while (before > 0 && at - before < 10 && html[before - 1] <= ' ' && html[before - 1] >= 0) {
            before--;
        }
        return before;
    }

    private static int comma(byte[] html, int at) {
        for (int i = at + SCHEME.length; i < Math.min(html.length, at + LONGEST_TYPE); i++) {
            if (html[i] == ',') {
                return i;
            }
            if (isQuote(html[i]) || html[i] == '<' || html[i] == '>') {
                return -1;
            }
        }
        return -1;
    }

    /** Where the attribute's value ends: at its own quote, else at a blank or at the end of the tag. */
    private static int end(byte[] html, int comma, int at) {
        byte quote = at > 0 && isQuote(html[at - 1]) ? html[at - 1] : 0;
        int end = comma + 1;
        while (end < html.length
                && (quote != 0 ? html[end] != quote : html[end] != '>' && (html[end] > ' ' || html[end] < 0))) {
            end++;
        }
        return end;
    }

    private static boolean isQuote(byte c) {
        return c == '"' || c == '\'';
    }

    @Override
    public String toString() {
        return "DataPictures[" + pictures.size() + "]";
    }
}
