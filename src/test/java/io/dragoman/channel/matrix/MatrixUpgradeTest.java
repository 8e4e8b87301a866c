// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.ChatMoved;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.simulator.matrix.MatrixSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A room whose version is changed goes on in another, and with it what was said there. */
@Timeout(60)
final class MatrixUpgradeTest {
    private final MatrixSimulator server = new MatrixSimulator(0);
    private final Matrix matrix = new Matrix();
    private final PlainTransport transport = new PlainTransport();
    private final List<CustomerEvent> events = new ArrayList<>();
    private final TestPollContext context = new TestPollContext(Duration.ofMillis(1));
    private final Account account =
            MatrixAccounts.of(MatrixAccounts.with(server.settings(), "invites", server.user("Ana")));
    private String position = "";

    @AfterEach
    void close() {
        context.stop();
        server.close();
    }

    private void pollUntil(BooleanSupplier reached) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        do {
            assertThat(System.nanoTime()).as("in vain: " + events).isLessThan(end);
            Batch batch = matrix.poll(account, position, transport, context);
            for (Request request : batch.requests()) {
                for (CustomerEvent event : matrix.read(account, Signature.polled(request))) {
                    if (context.taken.add(event.key())) {
                        events.add(event);
                    }
                }
            }
            position = batch.position();
        } while (!reached.getAsBoolean());
    }

    private boolean isIn(String room) {
        return server.membership(room, MatrixSimulator.SHOP).equals("join")
                && SyncPosition.read(position).joining().isEmpty();
    }

    private String group() throws Exception {
        pollUntil(() -> !position.isEmpty());
        String room = server.group("Ana", "Ben");
        pollUntil(() -> isIn(room));
        return room;
    }

    private List<MessageReceived> messages() {
        return events.stream()
                .filter(MessageReceived.class::isInstance)
                .map(MessageReceived.class::cast)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsWrittenInTheNewRoomFollowsItsMove(boolean open) throws Exception {
        String room = group();
        server.writes("Ana", room, "before");
        String next = server.upgrades("Ana", room, open);
        if (!open) {
            pollUntil(() -> events.stream().anyMatch(ChatMoved.class::isInstance)
                    && SyncPosition.read(position).invites().isEmpty()); // it was tried, and refused
            server.invites("Ben", next);
        }
        pollUntil(() -> isIn(next));
        server.writes("Ben", next, "after");
        pollUntil(() -> messages().size() == 2);
        assertThat(events.get(1)).isInstanceOfSatisfying(ChatMoved.class, moved -> {
            assertThat(moved.former()).isEqualTo(room);
            assertThat(moved.address()).isEqualTo(next);
        });
        assertThat(messages().get(1).threading().key()).isEqualTo(next);
        assertThat(messages().get(1).sender().address()).isEqualTo(next);
    }

    @Test
    void onlyAStateEventOfTheRoomMovesIt() throws Exception {
        String room = group();
        server.sends(
                "Ana",
                room,
                "m.room.tombstone",
                new ObjectMapper().createObjectNode().put("replacement_room", "!elsewhere"));
        server.writes("Ana", room, "still here");
        pollUntil(() -> messages().size() == 1);
        assertThat(events).noneMatch(ChatMoved.class::isInstance);
        assertThat(SyncPosition.read(position).replacing()).isEmpty();
    }

    @Test
    void positionOfBeforeShouldBeRead() {
        String before = "{\"since\":\"s1\",\"gaps\":[],\"invites\":[],\"joining\":[],\"reactions\":[],\"told\":[]}";
        assertThat(SyncPosition.read(before).replacing()).isEmpty();
    }
}
