// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.store.InboxOffsets.Partition;
import io.dragoman.store.InboxOffsets.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far partitions are, on any store. */
abstract class InboxOffsetsContract {
    private static final Partition FIRST = new Partition("id-1", "inbox", 0);

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void placeShouldBeginOnceAndAdvance() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            begin(store, FIRST, 5);
            begin(store, FIRST, 9);
            assertThat(find(store, FIRST)).isEqualTo(new Place(0, 5, null, 0, null));
            store.writeAndWait(tx -> {
                tx.inboxOffsets().advance(FIRST, 5, 8, 3, 2);
                return true;
            });
            assertThat(find(store, FIRST)).isEqualTo(new Place(0, 8, 3, 0, null));
            store.writeAndWait(tx -> {
                tx.inboxOffsets().skip(FIRST, 8, 20, 7_000);
                return true;
            });
            assertThat(find(store, FIRST)).isEqualTo(new Place(0, 20, null, 12, Instant.ofEpochMilli(7_000)));
        }
    }

    @Test
    void topicThatWasMadeAnewShouldBeAnother() {
        Partition anew = new Partition("id-2", "inbox", 0);
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            begin(store, FIRST, 100);
            begin(store, anew, 0);
            assertThat(find(store, anew).next()).isZero();
            assertThat(store.<List<Place>>read(tx -> tx.inboxOffsets().all("id-1")))
                    .extracting(Place::next)
                    .containsExactly(100L);
        }
    }

    /** Many readers of one partition at once, as after a partition was given to another while its reader slept. */
    @Test
    void oneOfThoseWhoReadTheSameShouldWriteAndNothingOfTheOthersShouldLast() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            begin(store, FIRST, 0);
            List<CompletableFuture<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String reader = "reader-" + i;
                readers.add(store.write(tx -> {
                    Bookmark.set(tx, reader, "wrote", 1);
                    tx.inboxOffsets().advance(FIRST, 0, 10, null, 1);
                    return true;
                }));
            }
            int conflicts = 0;
            for (CompletableFuture<Boolean> reader : readers) {
                try {
                    reader.join();
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(StoreException.Conflict.class);
                    conflicts++;
                }
            }
            assertThat(conflicts).isEqualTo(19);
            assertThat(test.number("SELECT count(*) FROM cursor WHERE source LIKE 'reader-%'"))
                    .isEqualTo(1);
            assertThat(find(store, FIRST).next()).isEqualTo(10);
            assertThatThrownBy(() -> store.writeAndWait(tx -> {
                        tx.inboxOffsets().skip(FIRST, 3, 4, 1);
                        return true;
                    }))
                    .isInstanceOf(StoreException.Conflict.class);
        }
    }

    private static void begin(Store store, Partition partition, long next) {
        store.writeAndWait(tx -> {
            tx.inboxOffsets().begin(partition, next, 1);
            return true;
        });
    }

    private static Place find(Store store, Partition partition) {
        return store.read(tx -> tx.inboxOffsets().find(partition)).orElseThrow();
    }
}
