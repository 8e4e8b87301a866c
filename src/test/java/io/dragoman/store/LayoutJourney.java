// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Conversations.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What the journey of a message writes, from the webhook to the desk, by the product's own statements. */
final class LayoutJourney {
    private static final int AT_ONCE = 9;
    private static final FlowKey IN = FlowKey.inbox("shop");
    private static final FlowKey OUT = FlowKey.outbox(Deliveries.Kind.NOTICE, "desk", "shop");

    private final TimeBasedEpochGenerator uuids = Generators.timeBasedEpochGenerator();
    private final Supplier<String> ids = () -> uuids.generate().toString();
    private final Store store;
    private final List<String> conversations;
    private int count;

    LayoutJourney(Store store, List<String> conversations) {
        this.store = store;
        this.conversations = conversations;
    }

    /** So many messages, nine in a transaction as under load. */
    void run(int messages) {
        for (int done = 0; done < messages; done += AT_ONCE) {
            long now = System.currentTimeMillis();
            CompletableFuture<?>[] taken = new CompletableFuture<?>[AT_ONCE];
            for (int i = 0; i < AT_ONCE; i++) {
                int n = count++;
                String key = "wamid.new" + System.nanoTime() + "x" + n;
                taken[i] = store.takeIn(
                        tx -> tx.events().take(Arrivals.message("+1555" + n, key, "Where is it?"), ids, now));
            }
            CompletableFuture.allOf(taken).join();
            store.writeAndWait(tx -> work(tx, now));
            List<Lanes.Claim> claims = store.writeAndWait(tx -> {
                List<Lanes.Claim> found = tx.lanes().claim(OUT, false, "w", AT_ONCE, now, 60_000);
                tx.attempts()
                        .begin(
                                tx.deliveries().heads(found).values().stream()
                                        .map(Deliveries.Stored::id)
                                        .toList(),
                                now);
                return found;
            });
            store.writeAndWait(tx -> end(tx, claims, now));
        }
    }

    private boolean work(Tx tx, long now) {
        List<Lanes.Claim> claims = tx.lanes().claim(IN, false, "w", AT_ONCE, now, 60_000);
        Map<String, Events.Stored> heads = tx.events().heads(claims);
        if (heads.size() != AT_ONCE) {
            throw new IllegalStateException(
                    "the work of " + AT_ONCE + " messages was to be there, not of " + heads.size());
        }
        for (Lanes.Claim claim : claims) {
            Events.Stored event = heads.get(claim.lane());
            Versioned found = tx.conversations()
                    .find(conversations.get(Math.floorMod(event.id().hashCode(), conversations.size())))
                    .orElseThrow();
            Message.Place place = tx.conversations()
                    .update(
                            found.conversation()
                                    .change()
                                    .updatedAt(Instant.ofEpochMilli(now))
                                    .build(),
                            tx.conversations()
                                    .find(found.conversation().id())
                                    .orElseThrow()
                                    .version(),
                            null);
            tx.messages()
                    .insert(Message.received(
                            event.id(),
                            place,
                            new Message.Author(Message.Author.Kind.CONTACT, null),
                            Instant.ofEpochMilli(now),
                            Instant.ofEpochMilli(now),
                            List.of(new Part.Text("Where is it?"))));
            tx.messages().external("shop", event.key(), event.id());
            tx.messages().decision(event.id(), "{}");
            tx.deliveries()
                    .insert(
                            new Deliveries.Fresh(
                                    ids.get(),
                                    Deliveries.Kind.NOTICE,
                                    new Deliveries.Destination("out/desk/" + event.id(), "desk", "shop"),
                                    new Deliveries.Cause(
                                            "message:" + event.id(), event.id(), event.id(), place.conversation()),
                                    "{\"what\":\"message.received\"}",
                                    false,
                                    now),
                            now);
            tx.events().finish(claim, event.id(), Events.State.DONE, null, now);
        }
        return true;
    }

    private static boolean end(Tx tx, List<Lanes.Claim> claims, long now) {
        Map<String, Deliveries.Stored> heads = tx.deliveries().heads(claims);
        for (Lanes.Claim claim : claims) {
            String id = heads.get(claim.lane()).id();
            tx.attempts().end(id, 1, Attempts.Ending.SENT, null, null, "T1", now + 5);
            tx.deliveries().finish(claim, id, Deliveries.State.DELIVERED, null, null, now + 5);
        }
        return true;
    }
}
