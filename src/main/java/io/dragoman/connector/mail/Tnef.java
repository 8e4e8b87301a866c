// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.SafeText;
import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Outlook packs into {@code winmail.dat}: the files, and the text where it is plain or HTML (MS-OXTNEF). Never
 * throws; what is cut off or broken is read up to there. Linear in the size. For one thread.
 */
final class Tnef {
    private static final int SIGNATURE = 0x223E9F78;
    private static final int BODY = 0x0002800C;
    private static final int MESSAGE_PROPERTIES = 0x00069003;
    private static final int CODE_PAGE = 0x00069007;
    private static final int FILE_BEGINS = 0x00069002;
    private static final int FILE_NAME = 0x00018010;
    private static final int FILE_BYTES = 0x0006800F;
    private static final int FILE_PROPERTIES = 0x00069005;
    /** Objects, texts and bytes: how many there are stands before them. */
    private static final Set<Integer> VARIABLE = Set.of(0x0D, 0x1E, 0x1F, 0x102);

    private static final int PLAIN_TEXT = 0x1000;
    private static final int HTML_TEXT = 0x1013;
    private static final int LONG_NAME = 0x3707;
    private static final int MIME_TAG = 0x370E;

    private final ByteBuffer in;
    private final int most;
    private final List<Piece> pieces = new ArrayList<>();
    private Charset charset = Charset.forName("windows-1252");
    private @Nullable String name;
    private @Nullable String type;
    private byte @Nullable [] bytes;
    private byte @Nullable [] plain;
    private byte @Nullable [] html;

    private Tnef(byte[] tnef, int most) {
        this.in = ByteBuffer.wrap(tnef).order(ByteOrder.LITTLE_ENDIAN);
        this.most = most;
    }

    /**
     * A file or the text.
     *
     * @param header as the sender would have written it in a mail
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Piece(byte[] header, byte[] content) {}

    /** The text, if there is one, then the files; at most {@code most}, empty for what is no TNEF. */
    static List<Piece> in(byte[] tnef, int most) {
        Tnef reader = new Tnef(tnef, most);
        if (tnef.length > 6 && reader.in.getInt() == SIGNATURE) {
            reader.in.getShort(); // a key that nobody needs
            reader.attributes();
        }
        return List.copyOf(reader.pieces);
    }

    private void attributes() {
        while (in.remaining() >= 9 && pieces.size() < most) {
            in.get(); // of the message or of a file: the id tells it, too
            int id = in.getInt();
            byte[] value = take(in, in.getInt());
            in.position(Math.min(in.limit(), in.position() + 2)); // a checksum
            attribute(id, value);
        }
        finishFile();
        text();
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] value = new byte[length < 0 ? from.remaining() : Math.min(length, from.remaining())];
        from.get(value);
        return value;
    }

    private void attribute(int id, byte[] value) {
        switch (id) {
            case CODE_PAGE -> charset = charset(value);
            case BODY -> plain = text(value).getBytes(StandardCharsets.UTF_8);
            case MESSAGE_PROPERTIES -> {
                Map<Integer, byte[]> properties = properties(value);
                plain = properties.getOrDefault(PLAIN_TEXT, plain);
                html = properties.getOrDefault(HTML_TEXT, html);
            }
            case FILE_BEGINS -> finishFile();
            case FILE_NAME -> name = name == null ? text(value) : name;
            case FILE_BYTES -> bytes = value;
            case FILE_PROPERTIES -> {
                Map<Integer, byte[]> properties = properties(value);
                name = string(properties.get(LONG_NAME), name);
                type = string(properties.get(MIME_TAG), type);
            }
            default -> {
                // dates, priorities, icons
            }
        }
    }

    private static @Nullable String string(byte @Nullable [] value, @Nullable String otherwise) {
        String text = value == null ? "" : new String(value, StandardCharsets.UTF_8).trim();
        return text.isEmpty() ? otherwise : text;
    }

    private void finishFile() {
        byte[] content = bytes;
        if (content != null && pieces.size() < most) {
            String file = name == null ? "attachment" : SafeText.line(name, 200);
            String guessed =
                    type == null ? URLConnection.guessContentTypeFromName(file) : type.toLowerCase(Locale.ROOT);
            String known =
                    guessed != null && guessed.matches(MailContent.MIME_TYPE) ? guessed : "application/octet-stream";
            pieces.add(new Piece(
                    ("Content-Type: " + known + "\nContent-Disposition: attachment; filename*=UTF-8''"
                                    + URLEncoder.encode(file, StandardCharsets.UTF_8)
                                            .replace("+", "%20") + "\n\n")
                            .getBytes(StandardCharsets.ISO_8859_1),
                    content));
        }
        name = null;
        type = null;
        bytes = null;
    }

    /** HTML says more; it states its own charset. */
    private void text() {
        byte[] page = html;
        byte[] words = plain;
        if (page != null && page.length > 0) {
            pieces.add(0, new Piece(bytes("Content-Type: text/html\n\n"), page));
        } else if (words != null && words.length > 0) {
            pieces.add(0, new Piece(bytes("Content-Type: text/plain; charset=utf-8\n\n"), words));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String text(byte[] value) {
        String text = new String(value, charset);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static Charset charset(byte[] value) {
        int page = value.length < 4
                ? 1252
                : ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt();
        try {
            return page == 65_001 ? StandardCharsets.UTF_8 : Charset.forName("windows-" + page);
        } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
            return Charset.forName("windows-1252");
        }
    }

    /** MAPI properties that have a text or bytes, by their ids; texts in UTF-8. */
    private Map<Integer, byte[]> properties(byte[] value) {
        ByteBuffer from = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, byte[]> found = new HashMap<>();
        int count = from.remaining() < 4 ? 0 : from.getInt();
        for (int i = 0; i < count && from.remaining() >= 8; i++) {
            int kind = from.getShort() & 0xFFFF;
            int id = from.getShort() & 0xFFFF;
            if (id >= 0x8000) {
                skipName(from);
            }
            boolean several = (kind & 0x1000) != 0 || VARIABLE.contains(kind);
            int values = several && from.remaining() >= 4 ? from.getInt() : 1;
            for (int n = 0; n < values && from.remaining() >= 4; n++) {
                property(from, kind & ~0x1000, id, found);
            }
        }
        return found;
    }

    private static void skipName(ByteBuffer from) {
        skip(from, 16);
        int kind = from.remaining() < 8 ? 0 : from.getInt();
        int length = from.remaining() < 4 ? 0 : from.getInt();
        if (kind == 1) {
            skip(from, padded(length));
        }
    }

    private void property(ByteBuffer from, int kind, int id, Map<Integer, byte[]> found) {
        switch (kind) {
            case 0x5, 0x6, 0x7, 0x14, 0x40 -> skip(from, 8);
            case 0x48 -> skip(from, 16);
            case 0x0D, 0x1E, 0x1F, 0x102 -> {
                int length = from.getInt();
                byte[] value = take(from, length);
                skip(from, padded(value.length) - value.length);
                found.putIfAbsent(id, kind == 0x102 || kind == 0x0D ? value : utf8(value, kind == 0x1F));
            }
            default -> skip(from, 4);
        }
    }

    private byte[] utf8(byte[] value, boolean wide) {
        String text = wide ? new String(value, StandardCharsets.UTF_16LE) : text(value);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).getBytes(StandardCharsets.UTF_8);
    }

    private static int padded(int length) {
        return length <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE - 3L, (length + 3L) / 4 * 4);
    }

    private static void skip(ByteBuffer from, int length) {
        from.position(from.position() + Math.max(0, Math.min(length, from.remaining())));
    }
}
