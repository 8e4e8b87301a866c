// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file whose bytes stand in the request that brought it, in Base64. An event keeps only where they stand; they are
 * taken from the stored request when the file is fetched.
 *
 * @param event the place of its event among those of the request, from 0
 * @param item its place among what {@code media} finds there
 */
record InlineFile(int event, int item) {
    private static final String SOURCE = "body:";

    /** The Base64 of an object that {@code media} found; null where it has none. */
    static @Nullable String data(Map<?, ?> media) {
        return media.get("data") instanceof String text && !text.isBlank() ? text : null;
    }

    /** What an event keeps of it. */
    String source() {
        return SOURCE + event + "/" + item;
    }

    /** The one that a part was read from; empty where the part's bytes stand somewhere else. */
    static Optional<InlineFile> of(Part.Media media) {
        String source = String.valueOf(media.source());
        if (!source.matches(SOURCE + "[0-9]{1,6}/[0-9]{1,6}")) {
            return Optional.empty();
        }
        int slash = source.indexOf('/');
        return Optional.of(new InlineFile(
                Integer.parseInt(source.substring(SOURCE.length(), slash)),
                Integer.parseInt(source.substring(slash + 1))));
    }

    /** Stores the bytes of an object that {@code media} found again: {@link Outcome.Fetched}, or why not. */
    static Outcome keep(Part.Media part, @Nullable Object found, long largest, Transport transport) {
        String data = found instanceof Map<?, ?> map ? data(map) : null;
        Optional<byte[]> bytes = data == null ? Optional.empty() : decoded(data);
        if (bytes.isEmpty()) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "what stands in the message is no file in Base64");
        }
        if (bytes.get().length > largest) {
            return MediaDownload.tooLarge(largest);
        }
        try {
            return new Outcome.Fetched(
                    transport.keep(new ByteArrayInputStream(bytes.get()), part.mimeType()), part.fileName());
        } catch (IOException e) {
            return new Outcome.Retry(Reason.MEDIA_REFUSED, "the file cannot be stored");
        }
    }

    /** Also of a {@code data:} address (RFC 2397), with line ends, and of the letters for addresses. */
    private static Optional<byte[]> decoded(String text) {
        String base64 = text.regionMatches(true, 0, "data:", 0, 5) ? text.substring(text.indexOf(',') + 1) : text;
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(base64.replaceAll("\\s+", "").replace('-', '+').replace('_', '/'));
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
