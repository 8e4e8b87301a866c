// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.store.Store;
import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that become visible out of their order, as those of several gateways do. */
final class ChangeFollowerTest {
    private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void numberThatBecomesVisibleLateShouldBeGivenAndHoldThePlaceUntilThen() throws Exception {
        try (TestStore test = TestStore.sqlite(folder);
                Store store = test.open(failure -> {})) {
            ChangeFollower follower = new ChangeFollower(0);
            write(test, 1, "a");
            write(test, 4, "d");
            assertThat(next(store, follower, START)).containsExactly("a", "d");
            assertThat(follower.settled()).isEqualTo(1);
            assertThat(follower.highest()).isEqualTo(4);
            assertThat(next(store, follower, START)).isEmpty();
            write(test, 2, "b");
            assertThat(next(store, follower, START)).containsExactly("b");
            assertThat(follower.settled()).isEqualTo(2);
            write(test, 3, "c");
            write(test, 5, "c");
            assertThat(next(store, follower, START)).containsExactly("c");
            assertThat(follower.settled()).isEqualTo(5);
        }
    }

    @Test
    void numberThatNeverComesShouldHoldThePlaceForAMinute() throws Exception {
        try (TestStore test = TestStore.sqlite(folder);
                Store store = test.open(failure -> {})) {
            ChangeFollower follower = new ChangeFollower(0);
            write(test, 2, "b");
            assertThat(next(store, follower, START)).containsExactly("b");
            next(store, follower, START.plusSeconds(59));
            assertThat(follower.settled()).isZero();
            next(store, follower, START.plusSeconds(61));
            assertThat(follower.settled()).isEqualTo(2);
        }
    }

    @Test
    void whoIsBehindShouldBeGivenTheRestTheNextTime() throws Exception {
        try (TestStore test = TestStore.sqlite(folder);
                Store store = test.open(failure -> {})) {
            for (int i = 1; i <= 12; i++) {
                write(test, i, "c" + i % 5);
            }
            ChangeFollower follower = new ChangeFollower(0);
            assertThat(next(store, follower, START)).hasSize(5);
            assertThat(follower.behind()).isTrue();
            assertThat(next(store, follower, START)).containsExactly("c1", "c2");
            assertThat(follower.behind()).isFalse();
        }
    }

    private static List<String> next(Store store, ChangeFollower follower, Instant now) {
        return store.read(tx -> new ArrayList<>(follower.next(tx, 10, now)));
    }

    private static void write(TestStore test, long seq, String conversation) throws SQLException {
        try (Connection connection = test.connect();
                var insert = connection.prepareStatement("INSERT INTO change(seq, conversation) VALUES(?,?)")) {
            insert.setLong(1, seq);
            insert.setString(2, conversation);
            insert.executeUpdate();
        }
    }
}
