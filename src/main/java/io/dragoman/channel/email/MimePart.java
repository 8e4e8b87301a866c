// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.connector.kit.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One node of a mail's tree. Its bytes are a slice of the raw mail. Immutable.
 *
 * @param path where it stands: empty for the mail itself, then {@code 1}, {@code 1.2}…
 * @param children empty for what is no multipart, or is one that cannot be taken apart
 */
record MimePart(
        String path,
        MimeHeaders headers,
        MimeField contentType,
        byte[] raw,
        int start,
        int end,
        List<MimePart> children) {

    /** The media type in lower case; what RFC 2045 says for a part without a usable one. */
    String type() {
        String value = contentType.value();
        if (value.indexOf('/') > 0) {
            return value;
        }
        return value.equals("html") || value.equals("text") ? "text/" + value.replace("text", "plain") : "text/plain";
    }

    boolean is(String type) {
        return type().equals(type);
    }

    String coding() {
        return headers.field("content-transfer-encoding").value();
    }

    /** The decoded content, at most {@code limit} bytes of it. */
    byte[] content(int limit) {
        return TransferCoding.decode(raw, start, end, coding(), limit);
    }

    /** The content as text. */
    String text(int limit) {
        byte[] bytes = content(limit);
        String charset = contentType.parameter("charset").orElse(null);
        if (charset == null && is("text/html")) {
            charset = HtmlCleaner.declaredCharset(bytes);
        }
        return SafeText.text(LegacyCharsets.decode(bytes, charset));
    }

    boolean isAttachment() {
        return headers.field("content-disposition").value().equals("attachment");
    }

    /** The name that the sender gave, made harmless. */
    Optional<String> fileName() {
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
    Optional<MimePart> at(String path) {
        if (path.equals(this.path)) {
            return Optional.of(this);
        }
        return children.stream().flatMap(child -> child.at(path).stream()).findFirst();
    }

    boolean isMultipart() {
        return type().startsWith("multipart/");
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
