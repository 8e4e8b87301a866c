// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.Fresh;
import io.dragoman.store.Deliveries.Kind;
import io.dragoman.store.FlowKey;
import io.dragoman.store.Lanes;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.work.NotBegun;
import io.dragoman.work.WorkSource.Taken;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attempt that ended with the process: that it may be out is not forgotten. */
final class InterruptedTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);
    private static final FlowKey FLOW = new FlowKey(Lanes.Kind.OUTBOX, "sms/sms");

    @TempDir
    private Path data;

    @Test
    void theDoubtOutlivesAnAttemptForWhichTheStoreCouldNotBeAsked() {
        Store before = open();
        before.write(tx -> tx.deliveries().insert(reply(), 1)).join();
        assertThat(claim(before, outbox()).interrupted()).isFalse();
        before.close(); // and no word of how it ended
        try (Store store = open()) {
            Outbox outbox = outbox();
            LeasedWork.Delivery again = claim(store, outbox);
            assertThat(again.interrupted()).isTrue();
            StoreException away = catchThrowableOfType(
                    StoreException.class,
                    () -> before.read(tx -> tx.deliveries().find("d1")));
            store.write(tx -> {
                        outbox.failed(tx, again, new NotBegun("the store could not be queried", away));
                        return true;
                    })
                    .join();
            Deliveries.Stored stored =
                    store.read(tx -> tx.deliveries().find("d1")).orElseThrow();
            assertThat(stored.state()).isEqualTo(Deliveries.State.RETRY);
            assertThat(stored.unsure()).isTrue();
        }
    }

    private Store open() {
        return Store.sqlite(data.resolve("dragoman.db"), 0, failure -> {});
    }

    private static Outbox outbox() {
        return new Outbox("w", CLOCK, new RetrySchedule(new Random(1)), new CircuitBreakers(8, CLOCK), id -> true);
    }

    private static LeasedWork.Delivery claim(Store store, Outbox outbox) {
        Taken taken = store.write(tx -> outbox.claim(tx, FLOW, false, 1)).join();
        return (LeasedWork.Delivery) taken.heads().get(0);
    }

    private static Fresh reply() {
        String lane = "out/sms/ana";
        return new Fresh(
                "d1",
                Kind.MESSAGE,
                new Deliveries.Destination(lane, "sms", "sms"),
                new Deliveries.Cause("key", "event", null, "conversation"),
                "{}",
                true,
                1);
    }
}
