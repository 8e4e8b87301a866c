// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what a request for {@code /media/<id>} gets; the port sends it. Thread-safe. */
public final class MediaServer {
    private final MediaLinks links;
    private final MediaStore files;
    private final Function<String, Optional<Known>> known;
    private final Clock clock;

    /**
     * @param known what the store knows of a media item
     */
    public MediaServer(MediaLinks links, MediaStore files, Function<String, Optional<Known>> known, Clock clock) {
        this.links = links;
        this.files = files;
        this.known = known;
        this.clock = clock;
    }

    /**
     * A media item of the store.
     *
     * @param sha256 the name of the bytes; null while they are to be fetched
     * @param failed whether they will never come
     */
    public record Known(
            @Nullable String sha256,
            boolean failed,
            String mimeType,
            @Nullable String fileName) {}

    /**
     * The answer: a file when {@code status} is 200.
     *
     * @param title says what is wrong otherwise
     */
    public record Answer(
            int status,
            String title,
            MediaStore.@Nullable Content content,
            @Nullable String sha256,
            Map<String, String> headers) {
        static Answer problem(int status, String title) {
            return new Answer(status, title, null, null, Map.of());
        }
    }

    /** Where the bytes are. */
    MediaStore files() {
        return files;
    }

    /** Looks up a media item by its id and the link's query. Blocks on the store. */
    public Answer answer(String id, String query) throws IOException {
        Optional<Instant> expires = links.check(id, query, clock.instant());
        if (expires.isEmpty()) {
            return Answer.problem(403, "This link is wrong or has expired.");
        }
        Optional<Known> item = known.apply(id);
        if (item.isEmpty() || item.get().failed()) {
            return Answer.problem(404, "This file could not be fetched.");
        }
        String sha256 = item.get().sha256();
        if (sha256 == null) {
            return new Answer(503, "This file is still being fetched.", null, null, Map.of("Retry-After", "5"));
        }
        Duration left = Duration.between(clock.instant(), expires.get());
        Map<String, String> headers =
                MediaHeaders.of(item.get().mimeType(), item.get().fileName(), left);
        return files.content(sha256)
                .map(content -> new Answer(200, "", content, sha256, headers))
                .orElse(Answer.problem(404, "This file is no longer stored."));
    }
}
