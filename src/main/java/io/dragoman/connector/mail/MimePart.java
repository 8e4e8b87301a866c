// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.connector.kit.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One node of a mail's tree. Its bytes are a slice of the raw mail, or of what was decoded from a part of it. Immutable.
 *
 * @param path where it stands: empty for the mail itself, then {@code 1}, {@code 1.2}…
 * @param children empty for what is no multipart, or is one that cannot be taken apart
 */
public record MimePart(
        String path,
        MimeHeaders headers,
        MimeField contentType,
        byte[] raw,
        int start,
        int end,
        List<MimePart> children) {

    private static final String BYTES = "application/octet-stream";

    /** As much of a file as is looked at to tell whether it is text. */
    private static final int SAMPLE = 2_048;

    /**
     * The media type in lower case; what RFC 2045 says for a part without a usable one, unless a type was meant and what
     * stands there is a file.
     */
    String type() {
        String value = contentType.value();
        if (value.indexOf('/') > 0) {
            return value;
        }
        if (value.equals("html") || value.equals("text")) {
            return "text/" + value.replace("text", "plain");
        }
        boolean file = isAttachment() || fileName().isPresent() || isBinary();
        return value.isEmpty() || !file ? "text/plain" : BYTES;
    }

    private boolean isBinary() {
        for (byte b : content(SAMPLE)) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** The same part, whose bytes that nothing describes are taken to be in the charset of the mail around it. */
    MimePart in(String around) {
        String charset = contentType
                .parameter("charset")
                .filter(LegacyCharsets::isLegacy)
                .orElse(around);
        MimeHeaders described = headers.in(charset);
        return new MimePart(
                path,
                described,
                described.field("content-type"),
                raw,
                start,
                end,
                children.stream().map(child -> child.in(around)).toList());
    }

    /** The first legacy charset that a text in this part is declared to be in. */
    Optional<String> legacyCharset() {
        if (!children.isEmpty()) {
            return children.stream()
                    .flatMap(child -> child.legacyCharset().stream())
                    .findFirst();
        }
        return contentType
                .parameter("charset")
                .or(() -> is("text/html")
                        ? Optional.ofNullable(HtmlCleaner.declaredCharset(content(SAMPLE)))
                        : Optional.empty())
                .filter(LegacyCharsets::isLegacy);
    }

    /** The same part with other header fields. */
    public MimePart with(MimeHeaders other) {
        return new MimePart(path, other, contentType, raw, start, end, children);
    }

    public boolean is(String type) {
        return type().equals(type);
    }

    String coding() {
        return headers.field("content-transfer-encoding").value();
    }

    /** The decoded content, at most {@code limit} bytes of it. */
    public byte[] content(int limit) {
        return TransferCoding.decode(raw, start, end, coding(), limit);
    }

    /** The content as text. */
    public String text(int limit) {
        byte[] bytes = content(limit);
        String charset = contentType.parameter("charset").orElse(null);
        if (charset == null && is("text/html")) {
            charset = HtmlCleaner.declaredCharset(bytes);
        }
        return SafeText.text(LegacyCharsets.decode(bytes, charset, headers.charset()));
    }

    public boolean isAttachment() {
        return headers.field("content-disposition").value().equals("attachment");
    }

    /** Whether it is no file of its own. */
    boolean isUnnamedText() {
        return !isAttachment() && fileName().isEmpty();
    }

    /** The name that the sender gave, made harmless. */
    public Optional<String> fileName() {
        return headers.field("content-disposition")
                .parameter("filename")
                .or(() -> contentType.parameter("name"))
                .flatMap(name -> Optional.ofNullable(SafeText.fileName(name)));
    }

    /** The Content-ID without its brackets. */
    Optional<String> contentId() {
        return headers.raw("content-id")
                .map(id -> id.replaceAll("[<>\\s]", ""))
                .filter(id -> !id.isEmpty() && id.length() <= 300);
    }

    /** The first part of a type, this one included, in the order of the mail. */
    Optional<MimePart> find(String type) {
        if (is(type)) {
            return Optional.of(this);
        }
        for (MimePart child : children) {
            Optional<MimePart> found = child.find(type);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The part that stands at {@code path}. */
    public Optional<MimePart> at(String path) {
        if (path.equals(this.path)) {
            return Optional.of(this);
        }
        return children.stream().flatMap(child -> child.at(path).stream()).findFirst();
    }

    boolean isMultipart() {
        return type().startsWith("multipart/");
    }

    /** Whether it is one opaque piece of S/MIME, signed or encrypted. */
    boolean isSmime() {
        return is("application/pkcs7-mime") || is("application/x-pkcs7-mime");
    }

    /** Whether it is what Outlook packs a mail into. */
    boolean isTnef() {
        return is("application/ms-tnef") || is("application/vnd.ms-tnef");
    }

    /** Whether it is an invitation, or an answer to one. */
    boolean isCalendar() {
        return is("text/calendar") || is("application/ics");
    }

    /** The kind of report that a multipart/report is; empty for what is none. */
    String report() {
        return is("multipart/report")
                ? contentType.parameter("report-type").orElse("unknown").toLowerCase(Locale.ROOT)
                : "";
    }

    @Override
    public String toString() {
        return "MimePart[" + path + ", " + (end - start) + " bytes]";
    }
}
