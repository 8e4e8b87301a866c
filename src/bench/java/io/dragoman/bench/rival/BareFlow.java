// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import io.vertx.core.Context;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;

/** A message's four commits, one sender's messages one after the other. On one event loop. */
final class BareFlow {
    private final Context loop;
    private final BareWriter writer;
    private final BareDesk desk;
    private final Map<String, Queue<BareMessage>> lanes = new HashMap<>();
    private final Map<String, Long> conversations = new HashMap<>();
    private long lastId = Instant.now().toEpochMilli() * 1000;

    BareFlow(Context loop, BareWriter writer, BareDesk desk) {
        this.loop = loop;
        this.writer = writer;
        this.desk = desk;
    }

    /** Commit 1, then the acknowledgement. */
    void accept(byte[] raw, Runnable acknowledge) {
        BareMessage message = BareMessage.read(++lastId, raw);
        commit(rows -> rows.accept(message), fresh -> {
            acknowledge.run();
            if (fresh) {
                enqueue(message);
            }
        });
    }

    private void enqueue(BareMessage message) {
        Queue<BareMessage> lane = lanes.computeIfAbsent(message.sender(), any -> new ArrayDeque<>());
        lane.add(message);
        if (lane.size() == 1) {
            journey(message);
        }
    }

    /** Commit 2: message, conversation and delivery. Commit 3: the attempt, before the wire is touched. */
    private void journey(BareMessage message) {
        Long known = conversations.get(message.sender());
        long conversation = known == null ? ++lastId : known;
        conversations.put(message.sender(), conversation);
        commit(
                rows -> rows.converse(message, conversation, known == null),
                any -> commit(rows -> rows.attempt(message), done -> send(message, conversation)));
    }

    /** Commit 4: the outcome. */
    private void send(BareMessage message, long conversation) {
        desk.post(message.id(), message.notice(conversation))
                .onSuccess(reference ->
                        commit(rows -> rows.settle(message, conversation, reference), any -> next(message)))
                .onFailure(error -> {
                    throw new IllegalStateException("the desk of a benchmark must not fail", error);
                });
    }

    private void next(BareMessage done) {
        Queue<BareMessage> lane = Objects.requireNonNull(lanes.get(done.sender()));
        lane.remove();
        BareMessage next = lane.peek();
        if (next == null) {
            lanes.remove(done.sender());
        } else {
            journey(next);
        }
    }

    private void commit(BareWriter.Work work, Consumer<Boolean> after) {
        writer.submit(work, result -> loop.runOnContext(any -> after.accept(result)));
    }
}
