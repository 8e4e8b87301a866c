// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.store.Events;
import io.dragoman.store.MediaRows;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.blob.MediaFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of media and of what arrived. Blocks. */
public final class StoredBytes {
    private final ReadAccess store;
    private final MediaFiles files;

    public StoredBytes(ReadAccess store, MediaFiles files) {
        this.store = store;
        this.files = files;
    }

    /**
     * A media item.
     *
     * @param file null while it is being fetched, and where it could not be, or is no longer stored
     * @param pending whether it is being fetched
     */
    public record StoredMedia(
            @Nullable Path file,
            boolean pending,
            String mimeType,
            @Nullable String fileName) {
        @Override
        public String toString() {
            return "StoredMedia[" + mimeType + "]";
        }
    }

    public Optional<StoredMedia> media(String id) {
        return store.read(tx -> tx.media().find(id))
                .map(row -> new StoredMedia(
                        row.sha256() == null ? null : files.find(row.sha256()).orElse(null),
                        row.state() == MediaRows.State.PENDING,
                        row.mimeType() == null ? row.part().mimeType() : row.mimeType(),
                        row.fileName() == null ? row.part().fileName() : row.fileName()));
    }

    /**
     * What arrived, by its own id or by that of an event which it brought.
     *
     * @throws IOException where its bytes are no longer stored
     */
    public Optional<byte[]> raw(String id) throws IOException {
        Optional<Events.Raw> found = store.read(
                tx -> tx.events().raw(id).or(() -> tx.events().find(id).flatMap(event -> tx.events()
                        .raw(event.raw()))));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String file = found.get().bodyFile();
        return Optional.of(file == null ? found.get().request().body() : files.read(file));
    }
}
