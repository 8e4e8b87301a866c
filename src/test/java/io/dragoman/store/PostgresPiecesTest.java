// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import io.dragoman.model.MessagePiece;
import io.dragoman.model.Part;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces of one message that come to two gateways at the same moment. */
final class PostgresPiecesTest {
    @TempDir
    private Path folder;

    @Test
    void bothPiecesShouldBeOneMessageAndNeitherBeRefused() throws Exception {
        TestStore shared = TestStore.postgres(folder);
        try (Store one = shared.open(failure -> {});
                Store two = shared.open(failure -> {})) {
            Set<String> refusals = ConcurrentHashMap.newKeySet();
            List<MessageReceived> whole = new ArrayList<>();
            for (int message = 0; message < 5; message++) {
                CountDownLatch added = new CountDownLatch(1);
                CountDownLatch met = new CountDownLatch(1);
                int number = message;
                CompletableFuture<List<MessageReceived>> first = one.write(tx -> {
                    List<MessageReceived> done = tx.waitingPieces().add("shop", piece(number, 1), 1);
                    added.countDown();
                    await(met);
                    LockSupport.parkNanos(20_000_000); // the other comes to the rows that this one has changed
                    return done;
                });
                await(added);
                CompletableFuture<List<MessageReceived>> second = two.write(tx -> {
                    met.countDown();
                    try {
                        return tx.waitingPieces().add("shop", piece(number, 2), 1);
                    } catch (StoreException e) {
                        refusals.add(e.state());
                        throw e;
                    }
                });
                whole.addAll(first.get(20, TimeUnit.SECONDS));
                whole.addAll(second.get(20, TimeUnit.SECONDS));
            }
            assertThat(whole)
                    .extracting(received -> ((Part.Text) received.parts().get(0)).text())
                    .containsExactly("0a 0b", "1a 1b", "2a 2b", "3a 3b", "4a 4b");
            assertThat(refusals).as("an insert met the other's row").doesNotContain("23505");
            assertThat(shared.number("SELECT count(*) FROM waiting_piece")).isZero();
        }
    }

    private static MessagePiece piece(int message, int number) {
        MessageReceived part = MessageReceived.of(
                message + "/" + number,
                Instant.EPOCH,
                new Sender("ana", List.of(new Identity("test", "ana", true)), null, null),
                message + "/" + number,
                List.of(new Part.Text(message + (number == 1 ? "a " : "b"))),
                null);
        return new MessagePiece(part, "r" + message, number, 2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
