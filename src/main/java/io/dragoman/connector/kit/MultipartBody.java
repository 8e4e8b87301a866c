// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Signature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.hc.client5.http.entity.mime.AbstractContentBody;
import org.apache.hc.client5.http.entity.mime.ContentBody;
import org.apache.hc.client5.http.entity.mime.FormBodyPartBuilder;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.client5.http.entity.mime.StringBody;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * A form with files (RFC 7578), written by HttpClient and streamed: no file is ever whole in memory. Names are raw
 * UTF-8 as browsers send them, without {@code filename*}, which RFC 7578 §4.2 forbids. Made and used by one thread; the body it ends in can be read again.
 */
public final class MultipartBody {
    /** The one that writes names in UTF-8 and no {@code filename*}. */
    private static final HttpMultipartMode MODE = HttpMultipartMode.LEGACY;

    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);
    private static final String TYPE = "[A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100}(; ?[\\w-]+=[\\w.+-]+)*";

    private final String boundary;
    private final MultipartEntityBuilder form;
    private final List<FilePlace> files = new ArrayList<>();

    /**
     * A form without fields yet.
     *
     * @param secret keeps anybody from guessing the boundary, and so from putting one into the file
     * @param key of the delivery: another try sends the same bytes
     */
    public MultipartBody(byte[] secret, String key) {
        boundary = HexFormat.of().formatHex(Signature.hmac("HmacSHA256", secret, key.getBytes(StandardCharsets.UTF_8)));
        form = MultipartEntityBuilder.create()
                .setMode(MODE)
                .setCharset(StandardCharsets.UTF_8)
                .setBoundary(boundary);
    }

    /** Adds a field; {@code name} is the connector's own word. */
    public MultipartBody field(String name, String value) {
        add(name, new StringBody(value, TEXT));
        return this;
    }

    /**
     * Adds a file. The source is read once by {@link #body} for its length, and again for each attempt.
     *
     * @param name of the field, the connector's own word
     * @param fileName what anybody called it; null or nothing usable is {@code file}
     * @param mimeType what anybody said it is; see {@link #mimeType}
     */
    public MultipartBody attach(String name, @Nullable String fileName, String mimeType, HttpCall.Source source) {
        FilePlace file = new FilePlace(contentType(mimeType(mimeType)), fileName(fileName), source);
        files.add(file);
        add(name, file);
        return this;
    }

    /** Without its parameters where they name a charset that this machine does not have. */
    private static ContentType contentType(String mimeType) {
        try {
            return ContentType.parse(mimeType);
        } catch (IllegalArgumentException e) {
            return ContentType.create(
                    mimeType.substring(0, mimeType.indexOf(';')).strip());
        }
    }

    /** Adds a file, as {@link #attach}, and ends the form. */
    public HttpCall.Body file(String name, @Nullable String fileName, String mimeType, HttpCall.Source source)
            throws IOException {
        return attach(name, fileName, mimeType, source).body();
    }

    /** Ends the form. */
    public HttpCall.Body body() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        form.build().writeTo(out);
        byte[] frame = out.toByteArray();
        List<HttpCall.Source> pieces = new ArrayList<>();
        long length = frame.length;
        int from = 0;
        for (FilePlace file : files) {
            pieces.add(piece(frame, from, file.at));
            pieces.add(file.source);
            length += length(file.source);
            from = file.at;
        }
        pieces.add(piece(frame, from, frame.length));
        return new HttpCall.Body("multipart/form-data; boundary=" + boundary, length, () -> joined(pieces));
    }

    private static HttpCall.Source piece(byte[] frame, int from, int to) {
        return () -> new ByteArrayInputStream(frame, from, to - from);
    }

    private static InputStream joined(List<HttpCall.Source> pieces) throws IOException {
        List<InputStream> opened = new ArrayList<>();
        try {
            for (HttpCall.Source piece : pieces) {
                opened.add(piece.open());
            }
        } catch (IOException e) {
            for (InputStream one : opened) {
                one.close();
            }
            throw e;
        }
        return new SequenceInputStream(Collections.enumeration(opened));
    }

    /** The type when it is one, else that of any bytes: what stands in a header must not end it. */
    public static String mimeType(String type) {
        return type.matches(TYPE) ? type : "application/octet-stream";
    }

    /** A name that cannot end the header it stands in, nor lead to another folder. */
    private static String fileName(@Nullable String name) {
        String safe =
                name == null ? "" : name.replaceAll("[\\p{Cntrl}\"\\\\/]+", "_").strip();
        return safe.isEmpty() ? "file" : safe;
    }

    private void add(String name, ContentBody body) {
        form.addPart(FormBodyPartBuilder.create(name, body, MODE).build());
    }

    private static long length(HttpCall.Source source) throws IOException {
        try (InputStream bytes = source.open()) {
            return bytes.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Notes where the file belongs in the written form instead of writing it. */
    private static final class FilePlace extends AbstractContentBody {
        private final String fileName;
        private final HttpCall.Source source;
        private int at;

        FilePlace(ContentType type, String fileName, HttpCall.Source source) {
            super(type);
            this.fileName = fileName;
            this.source = source;
        }

        @Override
        public void writeTo(OutputStream out) {
            at = ((ByteArrayOutputStream) out).size();
        }

        @Override
        public String getFilename() {
            return fileName;
        }

        @Override
        public long getContentLength() {
            return 0;
        }
    }
}
