// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.store.Events;
import io.dragoman.store.MediaRows;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of media and of what arrived. Blocks. */
public final class StoredBytes {
    private final ReadAccess store;
    private final MediaStore files;

    public StoredBytes(ReadAccess store, MediaStore files) {
        this.store = store;
        this.files = files;
    }

    /**
     * A media item.
     *
     * @param sha256 the name of its bytes
     * @param content null while it is being fetched, and where it could not be, or is no longer stored
     * @param pending whether it is being fetched
     */
    public record StoredMedia(
            @Nullable String sha256,
            MediaStore.@Nullable Content content,
            boolean pending,
            String mimeType,
            @Nullable String fileName) {
        @Override
        public String toString() {
            return "StoredMedia[" + mimeType + "]";
        }
    }

    /** Where the bytes are. */
    public MediaStore files() {
        return files;
    }

    /**
     * A media item by its id.
     *
     * @throws IOException where an object store cannot be asked now
     */
    public Optional<StoredMedia> media(String id) throws IOException {
        MediaRows.Row row = store.read(tx -> tx.media().find(id)).orElse(null);
        if (row == null) {
            return Optional.empty();
        }
        return Optional.of(new StoredMedia(
                row.sha256(),
                row.sha256() == null ? null : files.content(row.sha256()).orElse(null),
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
