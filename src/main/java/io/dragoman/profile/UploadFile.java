// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored file that a request carries, read anew for each attempt and never whole in memory.
 *
 * @param name as its sender named it; null where nobody did
 * @param secret of the account, which keeps anybody from guessing {@link #placeholder} and boundaries
 * @param key of the delivery: another try sends the same bytes
 */
public record UploadFile(@Nullable String name, String mimeType, HttpCall.Source source, byte[] secret, String key) {

    /** That of a message's part; null where the part has no bytes of its own. */
    public static @Nullable UploadFile of(Account account, Part.Media media, String key, Transport transport) {
        String id = media.id();
        return id == null
                ? null
                : new UploadFile(
                        media.fileName(),
                        media.mimeType(),
                        () -> transport.open(id),
                        account.key("profile upload"),
                        key);
    }

    /** What stands in a body in place of the file's Base64 until the body is read: no text that anybody wrote has it. */
    public String placeholder() {
        return "file-" + HexFormat.of().formatHex(Signature.hmac("HmacSHA256", secret, bytes("placeholder|" + key)));
    }

    /** A form with this file. */
    MultipartBody form() {
        return new MultipartBody(secret, key);
    }

    /** A text as a body, with the file's Base64 wherever the placeholder stands. */
    HttpCall.Body inline(String type, String text) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        String mark = placeholder();
        int from = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, from)) {
            pieces.add(bytes(text.substring(from, at)));
            from = at + mark.length();
        }
        pieces.add(bytes(text.substring(from)));
        long length = pieces.stream().mapToLong(piece -> piece.length).sum()
                + (pieces.size() - 1) * Base64Stream.length(pieces.size() > 1 ? size() : 0);
        return new HttpCall.Body(type, length, () -> joined(pieces));
    }

    private InputStream joined(List<byte[]> pieces) throws IOException {
        List<InputStream> streams = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            if (i > 0) {
                streams.add(new Base64Stream(source.open()));
            }
            streams.add(new ByteArrayInputStream(pieces.get(i)));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    private long size() throws IOException {
        try (InputStream bytes = source.open()) {
            return bytes.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "UploadFile[" + mimeType + "]";
    }
}
