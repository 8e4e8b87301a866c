// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.TestGateway;
import io.dragoman.store.Cursors.Turn;
import io.dragoman.store.Lanes.Claim;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that share a database know from their sessions with it who is there. */
final class PostgresPeersTest {
    private static final long LEASE = 3_600_000;
    private static final FlowKey SHOP = new FlowKey(Lanes.Kind.INBOX, "shop");

    @TempDir
    private Path folder;

    private final Supplier<String> ids = Arrivals.ids();
    private TestStore shared;
    private Store one;
    private Store two;

    @BeforeEach
    void open() {
        shared = TestStore.postgres(folder);
        one = shared.open(failure -> {});
        two = shared.open(failure -> {});
        assertThat(beat(one, "one").joined()).isTrue();
        assertThat(beat(two, "two").joined()).isTrue();
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void whatAGatewayHeldWhoseSessionEndedIsFreedAndALivingOneKeepsItsOwn() {
        Claim orphan = claim(one, "one", "m1");
        Claim kept = claim(two, "two", "m2");
        Turn lost = turn(one, "one", "mail").orElseThrow();
        assertThat(turn(two, "two", "mail")).isEmpty();
        assertThat(beat(two, "two").silent()).isEmpty();
        assertThat(this.<List<String>>unit(two, tx -> tx.peers().evict(List.of("one"))))
                .as("it is not silent")
                .isEmpty();
        one.close(); // its session ends, as that of a killed process does
        awaitSilenceOfOne();
        assertThat(this.<List<String>>unit(two, tx -> tx.peers().evict(List.of("one"))))
                .containsExactly("one");
        assertThat(two.<List<String>>read(tx -> tx.peers().all())).containsExactly("two");
        assertThat(turn(two, "two", "mail").orElseThrow().epoch()).isGreaterThan(lost.epoch());
        assertThat(this.<List<Claim>>unit(two, tx -> tx.lanes().claim(SHOP, false, "two", 9, 101, LEASE)))
                .as("long before its lease ends")
                .extracting(Claim::lane)
                .containsExactly(orphan.lane());
        assertThat(kept.lane()).isNotEqualTo(orphan.lane());
    }

    /** As of a process that stands still: nobody closes its connection, and the network answers for it. */
    @Test
    void gatewayThatSaysNothingForLongIsSilentAndWakesWithoutItsTurns() {
        Turn lost = turn(one, "one", "mail").orElseThrow();
        awaitSilenceOfOne();
        unit(two, tx -> tx.peers().evict(Set.of("one")));
        Turn heir = turn(two, "two", "mail").orElseThrow();
        unit(two, tx -> {
            tx.cursors().set(heir, "17", 2);
            return true;
        });
        TestGateway.await("its return", () -> one.write(tx -> tx.cursors().get("mail"))
                .handle((done, failure) -> failure == null)
                .join());
        assertThatThrownBy(() -> unit(one, tx -> {
                    tx.cursors().set(lost, "3", 3);
                    return true;
                }))
                .isInstanceOf(StoreException.Conflict.class);
        assertThat(turn(one, "one", "mail")).isEmpty();
        assertThat(beat(one, "one").joined())
                .as("it is told that it was evicted")
                .isTrue();
        assertThat(beat(one, "one").joined()).isFalse();
        assertThat(two.<String>read(tx -> tx.cursors().get("mail"))).isEqualTo("17");
    }

    /** One that was evicted may begin a turn before it knows: nobody would ever free it. */
    @Test
    void turnOfAGatewayThatIsNoPeerIsFreed() {
        unit(two, tx -> {
            tx.peers().leave("one");
            return true;
        });
        Turn orphan = turn(one, "one", "mail").orElseThrow();
        beat(two, "two");
        assertThat(turn(two, "two", "mail").orElseThrow().epoch()).isEqualTo(orphan.epoch() + 1);
    }

    @Test
    void storeIsNotCopiedWhileAGatewayIsAtWork() {
        StoreUrl to = new StoreUrl.Sqlite(folder.resolve("copy.db"));
        assertThatThrownBy(() -> new StoreCopy(shared.url(), to).run())
                .isInstanceOf(StoreException.InUse.class)
                .hasMessageContaining("a gateway is at work");
        one.close();
        two.close();
        assertThat(new StoreCopy(shared.url(), to).run()).containsKey("cursor");
    }

    private void awaitSilenceOfOne() {
        TestGateway.await("its silence", () -> {
            LockSupport.parkNanos(50_000_000);
            return beat(two, "two").silent().contains("one");
        });
    }

    private Claim claim(Store store, String owner, String key) {
        unit(store, tx -> tx.events().take(Arrivals.from("shop", key, key), ids, 1));
        return this.<List<Claim>>unit(store, tx -> tx.lanes().claim(SHOP, false, owner, 1, 100, LEASE))
                .get(0);
    }

    private Optional<Turn> turn(Store store, String owner, String source) {
        return unit(store, tx -> tx.cursors().take(source, owner, 1));
    }

    private Peers.Seen beat(Store store, String owner) {
        return unit(store, tx -> tx.peers().beat(owner, 1));
    }

    private <T> T unit(Store store, Function<Tx, T> work) {
        return store.writeAndWait(work);
    }
}
