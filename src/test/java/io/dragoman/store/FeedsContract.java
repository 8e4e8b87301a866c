// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.FeedEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a feed is on any store. */
abstract class FeedsContract {
    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    private static FeedEntry entry(String address, String key) {
        return new FeedEntry(address, key, "{\"k\":\"" + key + "\"}");
    }

    private static List<Long> seqs(List<Feeds.Entry> entries) {
        return entries.stream().map(Feeds.Entry::seq).toList();
    }

    @Test
    void feedShouldNumberOnceAndGoOnWhereItMoved() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            for (String key : List.of("a", "b", "a", "c", "b")) {
                store.writeAndWait(tx -> tx.feeds().append("chat", entry("ana", key), 1));
            }
            store.writeAndWait(tx -> tx.feeds().append("chat", entry("bob", "a"), 1));
            store.writeAndWait(tx -> tx.feeds().append("other", entry("ana", "a"), 1));
            assertThat(seqs(store.read(tx -> tx.feeds().after("chat", "ana", 0, 10))))
                    .containsExactly(1L, 2L, 3L);
            assertThat(store.read(tx -> tx.feeds().after("chat", "ana", 1, 1))
                            .get(0)
                            .key())
                    .isEqualTo("b");

            store.writeAndWait(tx -> tx.feeds().append("chat", entry("user", "u"), 1));
            for (int i = 0; i < 2; i++) {
                store.writeAndWait(tx -> {
                    tx.feeds().move("chat", "ana", "user");
                    return true;
                });
            }
            assertThat(store.<String>writeAndWait(tx -> tx.feeds().append("chat", entry("ana", "late"), 1)))
                    .isEqualTo("user");
            List<Feeds.Entry> moved = store.read(tx -> tx.feeds().after("chat", "user", 0, 10));
            assertThat(moved).extracting(Feeds.Entry::key).containsExactly("u", "a", "b", "c", "late");
            assertThat(seqs(moved)).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(store.<Boolean>read(
                            tx -> tx.feeds().movedTo("chat", "ana").isPresent()))
                    .isTrue();
        }
    }

    /** A reader goes on from the highest number it saw: a lower one that became visible later would be lost to it. */
    @Test
    void numberThatWasReadShouldHaveNoneBeforeItToCome() throws Exception {
        try (TestStore test = fresh(folder);
                Store one = test.open(failure -> {});
                Store two = one.shared() ? test.open(failure -> {}) : null) {
            List<Store> writers = two == null ? List.of(one, one) : List.of(one, two);
            List<CompletableFuture<String>> written = new ArrayList<>();
            IntStream.range(0, 40)
                    .forEach(i -> written.add(writers.get(i % 2)
                            .write(tx -> tx.feeds().append("chat", entry("ana", "k" + i / 2 % 15), 1))));
            CompletableFuture<Void> all = CompletableFuture.allOf(written.toArray(new CompletableFuture<?>[0]));
            List<Long> read = new ArrayList<>();
            boolean done;
            do {
                done = all.isDone();
                long last = read.isEmpty() ? 0 : read.get(read.size() - 1);
                read.addAll(seqs(one.read(tx -> tx.feeds().after("chat", "ana", last, 1000))));
            } while (!done);
            all.join();
            assertThat(read).isEqualTo(LongStream.rangeClosed(1, 15).boxed().toList());
        }
    }

    @Test
    void howFarACustomerWasMailedShouldBeKeptForEachConversation() throws Exception {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.unreadMails().mailed("c1", 3);
                tx.unreadMails().mailed("c1", 7);
                return true;
            });
            assertThat(store.<Long>read(tx -> tx.unreadMails().until("c1"))).isEqualTo(7);
            assertThat(store.<Long>read(tx -> tx.unreadMails().until("c2"))).isZero();
        }
    }
}
