// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Transport;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Media whose bytes stand in the JSON that named it: base64 in {@code data}, or a {@code data:} address (RFC 2397). An
 * event keeps only where they stand; they are taken from the stored request when the media is fetched.
 */
public final class InlineMedia {
    /** Marks a source that is a JSON pointer into the request. */
    private static final String SOURCE = "inline:";

    private static final String DATA = "data:";
    private static final String BASE64 = ";base64";

    private InlineMedia() {}

    /**
     * Where the bytes stand, and what they are.
     *
     * @param mimeType as the address says it; null when it does not
     * @param size in bytes, decoded
     */
    record Found(String source, @Nullable String mimeType, long size) {}

    /** The bytes in a part, where there are any. */
    static Optional<Found> find(JsonFields part) throws MalformedPayload {
        boolean data = part.has("data");
        String url = part.findText("url").orElse("");
        if (!data && !isDataUrl(url)) {
            return Optional.empty();
        }
        if (data && part.has("url")) {
            throw new MalformedPayload(part.at("url") + " or " + part.at("data") + " must be there, and not both");
        }
        String field = data ? "data" : "url";
        String text = data ? part.text("data") : url;
        byte[] bytes = decoded(text)
                .orElseThrow(() -> new MalformedPayload(
                        part.at(field) + " must be " + (data ? "bytes in base64" : "data:<type>;base64,<bytes>")));
        return Optional.of(new Found(SOURCE + part.pointer(field), type(text), bytes.length));
    }

    /** Whether a media item's bytes stand in the request that brought it. */
    public static boolean isInline(Part.Media media) {
        return media.source() != null && media.source().startsWith(SOURCE);
    }

    /** Stores the bytes: {@link Outcome.Fetched}, or why not. */
    public static Outcome fetch(Part.Media media, Request origin, long largest, Transport transport) {
        try {
            JsonNode text =
                    Json.tree(origin.body()).at(String.valueOf(media.source()).substring(SOURCE.length()));
            Optional<byte[]> bytes = decoded(text.asText());
            if (bytes.isEmpty()) {
                return new Outcome.Refused(Reason.MEDIA_REFUSED, "the media is not in its message any more");
            }
            return bytes.get().length > largest
                    ? MediaDownload.tooLarge(largest)
                    : new Outcome.Fetched(
                            transport.keep(new ByteArrayInputStream(bytes.get()), media.mimeType()), media.fileName());
        } catch (IOException e) {
            return new Outcome.Retry(Reason.MEDIA_REFUSED, "the media cannot be stored");
        }
    }

    private static boolean isDataUrl(String url) {
        return url.regionMatches(true, 0, DATA, 0, DATA.length());
    }

    /** The MIME type of an address, without its parameters. */
    private static @Nullable String type(String text) {
        if (!isDataUrl(text)) {
            return null;
        }
        String head = text.substring(DATA.length(), text.indexOf(','));
        String type = head.substring(0, head.indexOf(';'));
        return type.isBlank() ? null : type;
    }

    private static Optional<byte[]> decoded(String text) {
        String base64 = text;
        if (isDataUrl(text)) {
            int comma = text.indexOf(',');
            int before = comma - BASE64.length();
            if (comma < 0 || !text.regionMatches(true, before, BASE64, 0, BASE64.length())) {
                return Optional.empty();
            }
            base64 = text.substring(comma + 1);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
