// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.AgentTyping;
import io.dragoman.connector.CustomerTyping;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.intake.Acknowledge;
import io.dragoman.intake.ArrivalLog;
import io.dragoman.intake.EventReader;
import io.dragoman.intake.JwksCache;
import io.dragoman.intake.StoreEvents;
import io.dragoman.intake.TakeIn;
import io.dragoman.intake.Verify;
import io.dragoman.journey.CustomerTypingRelay;
import io.dragoman.journey.TypingRelay;
import io.dragoman.store.blob.MediaStore;
import io.dragoman.work.TopicState;
import io.dragoman.work.TypingSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** From the wire to the store: what {@code routes/intake.camel.yaml} names. */
final class IntakePart {
    private static final int LARGEST_ROW_BODY = 256 * 1024;
    private static final int FETCHES = 4;

    final Verify verify;
    final StoreEvents store;
    final TypingSink typing;
    /** What is posted goes through it on its way into the store; null for straight into the store. */
    final @Nullable ArrivalLog log;

    private record TypingRelays(TypingRelay agents, CustomerTypingRelay customers) implements TypingSink {
        @Override
        public void agent(String desk, AgentTyping typing) {
            agents.typing(desk, typing);
        }

        @Override
        public void customer(String channel, CustomerTyping typing) {
            customers.typing(channel, typing);
        }
    }

    /** @param targets desks that nothing goes to now are not told of typing either */
    IntakePart(Foundation base, CircuitBreakers targets) {
        typing = new TypingRelays(
                new TypingRelay(base.store, base.registry, base.feedWatch),
                new CustomerTypingRelay(
                        base.store, base.registry, base.transport, base::newId, base.clock, targets::isClosed));
        verify = new Verify(base.meters, new JwksCache(base.transport, fetches()), base.activity);
        TakeIn takeIn = new TakeIn(base::newId, base.clock, base.meters, base.ignored, base.activity, base.traces);
        EventReader reader = new EventReader(() -> base.registry.all().toList());
        log = base.setup
                .settings()
                .inbox()
                .map(inbox -> InboxPlace.log(inbox, base, reader, takeIn))
                .orElse(null);
        store = new StoreEvents(
                base.store, log, reader, body -> large(base.files, body), takeIn, base.clock, base.feedWatch, typing);
        base.camel.bind("verify", verify);
        base.camel.bind("store", store);
        base.camel.bind("acknowledge", new Acknowledge());
    }

    /**
     * Prepares for what will be posted.
     *
     * @throws io.dragoman.store.StoreException.Unusable with what to do
     */
    void open() {
        if (log != null) {
            log.open();
        }
    }

    /** Begins to take in what others acknowledged. */
    void drain() {
        if (log != null) {
            log.drain();
        }
    }

    /** Leaves what others acknowledged to the other gateways. */
    void stopDraining() {
        if (log != null) {
            log.stopDraining();
        }
    }

    /** Ends what is posted; nothing under way needs it any more. */
    void close() {
        if (log != null) {
            log.close();
        }
    }

    /** How the topic is that what is posted goes through; null where there is none. */
    @Nullable
    TopicState topic() {
        return log == null ? null : log.state();
    }

    /** A few threads that wait for providers' servers; they end when there is nothing to fetch. */
    private static Executor fetches() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(FETCHES, FETCHES, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "dragoman-jwks");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static @Nullable String large(MediaStore files, byte[] body) throws IOException {
        return body.length <= LARGEST_ROW_BODY
                ? null
                : files.keep(new ByteArrayInputStream(body), "application/octet-stream", body.length)
                        .sha256();
    }
}
