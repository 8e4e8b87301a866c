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
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stored file that a request carries, read anew for each attempt and never whole in memory.
 *
 * @param name as its sender named it; null where nobody did
 * @param secret of the account, which keeps anybody from guessing {@link #placeholder} and boundaries
 * @param key of the delivery: another try sends the same bytes
 */
public record UploadFile(@Nullable String name, String mimeType, HttpCall.Source source, byte[] secret, String key) {
    /** What looks like one; only that of a file of the request is one. */
    private static final Pattern PLACEHOLDER = Pattern.compile("file-[0-9a-f]{64}");

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

    /** A text as a body, with each file's Base64 wherever its placeholder stands. */
    static HttpCall.Body inline(String type, String text, List<UploadFile> files) throws IOException {
        List<HttpCall.Source> pieces = new ArrayList<>();
        long length = 0;
        int from = 0;
        Map<String, UploadFile> marks =
                files.stream().collect(Collectors.toMap(UploadFile::placeholder, file -> file, (one, same) -> one));
        Matcher mark = PLACEHOLDER.matcher(text);
        while (mark.find()) {
            UploadFile file = marks.get(mark.group());
            if (file != null) {
                byte[] before = bytes(text.substring(from, mark.start()));
                pieces.add(() -> new ByteArrayInputStream(before));
                pieces.add(() -> new Base64Stream(file.source.open()));
                length += before.length + Base64Stream.length(file.size());
                from = mark.end();
            }
        }
        byte[] rest = bytes(text.substring(from));
        pieces.add(() -> new ByteArrayInputStream(rest));
        return new HttpCall.Body(type, length + rest.length, () -> joined(pieces));
    }

    /** The file alone as a body. */
    HttpCall.Body whole(String type) throws IOException {
        return new HttpCall.Body(MultipartBody.mimeType(type), size(), source);
    }

    private static InputStream joined(List<HttpCall.Source> pieces) throws IOException {
        List<InputStream> streams = new ArrayList<>();
        for (HttpCall.Source piece : pieces) {
            streams.add(piece.open());
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** How many bytes it has; it is read for that. */
    public long size() throws IOException {
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
