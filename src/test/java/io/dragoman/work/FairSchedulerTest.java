// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.journey.Inbox;
import io.dragoman.store.Arrivals;
import io.dragoman.store.Events;
import io.dragoman.store.FlowKey;
import io.dragoman.store.Lanes;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.work.FairScheduler.Round;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns on a real store: the backlog of one channel delays no other, and bulk work waits behind live work. */
final class FairSchedulerTest {
    private static final int WORKERS = 8;

    @TempDir
    private Path folder;

    private final Supplier<String> ids = Arrivals.ids();
    private final Inbox inbox = new Inbox("w", Clock.systemUTC());
    private final FairScheduler scheduler = new FairScheduler(inbox, WORKERS);
    private Store store;

    @BeforeEach
    void open() {
        store = Store.sqlite(folder.resolve("dragoman.db"), 0, failure -> {});
        store.onWork(scheduler::wake);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aBacklogOfThousandsDelaysNoOtherChannel() {
        unit(tx -> {
            for (int i = 0; i < 3_000; i++) {
                tx.events().take(Arrivals.from("busy", "sender-" + i, "b" + i), ids, 1);
            }
            return true;
        });
        Round first = round(WORKERS);
        assertThat(first.heads()).hasSize(WORKERS);
        unit(tx -> tx.events().take(Arrivals.from("quiet", "ana", "q1"), ids, 2));
        finish(first.heads().get(0));
        finish(first.heads().get(1));
        assertThat(List.of(round(1), round(1)))
                .as("the next turn but one at the latest")
                .flatExtracting(Round::heads)
                .extracting(FairSchedulerTest::source)
                .containsOnlyOnce("quiet");
    }

    @Test
    void channelsWithBacklogsShareTheWorkersEqually() {
        unit(tx -> {
            for (int channel = 0; channel < 4; channel++) {
                for (int i = 0; i < 20 * (channel + 1); i++) {
                    tx.events().take(Arrivals.from("c" + channel, "s" + i, channel + "-" + i), ids, 1);
                }
            }
            return true;
        });
        Round round = round(WORKERS);
        for (int channel = 0; channel < 4; channel++) {
            String name = "c" + channel;
            assertThat(round.heads())
                    .filteredOn(head -> source(head).equals(name))
                    .hasSize(2);
        }
    }

    @Test
    void bulkWorkWaitsBehindLiveWorkAndLeavesHalfOfTheWorkersFree() {
        unit(tx -> {
            for (int i = 0; i < 100; i++) {
                tx.events().take(Arrivals.from("shop", "s" + i, "old-" + i), ids, 1);
            }
            return true;
        });
        // dead and replayed: bulk
        for (int i = 0; i < 100; i++) {
            Round round = round(1);
            LeasedWork.Event head = (LeasedWork.Event) round.heads().get(0);
            unit(tx -> {
                tx.events().finish(head.claim(), head.stored().id(), Events.State.DEAD, "simulated", 2);
                tx.deadLetters().replayEvent(head.stored().id(), 3);
                return true;
            });
            scheduler.ended(head);
        }
        unit(tx -> tx.events().take(Arrivals.from("shop", "ana", "live"), ids, 4));
        Round round = round(WORKERS);
        assertThat(((LeasedWork.Event) round.heads().get(0)).stored().key()).isEqualTo("live");
        assertThat(round.heads())
                .as("the live one and half of the workers for bulk")
                .hasSize(1 + WORKERS / 2);
        assertThat(round.heads().subList(1, round.heads().size()))
                .allMatch(head -> head.claim().bulk());
        assertThat(round(3).heads())
                .as("no more bulk while so much is under way")
                .isEmpty();
    }

    @Test
    void whatCameByAnotherGatewayIsFoundByLooking() {
        unit(tx -> tx.events().take(Arrivals.from("shop", "ana", "m1"), ids, 1));
        FairScheduler other = new FairScheduler(new Inbox("w2", Clock.systemUTC()), WORKERS);
        assertThat(other.any()).isFalse();
        other.wake(store.read(tx -> tx.lanes().flows(Lanes.Kind.INBOX)).stream()
                .map(name -> new FlowKey(Lanes.Kind.INBOX, name))
                .toList());
        assertThat(other.any()).isTrue();
        assertThat(unit(tx -> other.claim(tx, 1)).heads()).hasSize(1);
    }

    private Round round(int most) {
        if (!scheduler.any()) {
            return new Round(List.of(), new java.util.LinkedHashSet<>());
        }
        Round round = unit(tx -> scheduler.claim(tx, most));
        scheduler.begun(round);
        return round;
    }

    private void finish(LeasedWork head) {
        unit(tx -> {
            tx.events().finish(head.claim(), ((LeasedWork.Event) head).stored().id(), Events.State.DONE, null, 5);
            return true;
        });
        scheduler.ended(head);
    }

    private static String source(LeasedWork head) {
        return ((LeasedWork.Event) head).stored().source();
    }

    private <T> T unit(Function<Tx, T> work) {
        return store.write(work).join();
    }
}
