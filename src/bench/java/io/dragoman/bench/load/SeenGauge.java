// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

import io.dragoman.bench.wire.HttpInput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** How many messages the desk has seen, asked for twenty times a second on a thread of its own. */
final class SeenGauge implements LongSupplier, Runnable {
    private static final byte[] QUESTION = HttpInput.ascii("GET /count HTTP/1.1\r\nHost: desk\r\n\r\n");
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final InetSocketAddress desk;
    private volatile long seen;

    private SeenGauge(InetSocketAddress desk) {
        this.desk = desk;
    }

    static SeenGauge start(InetSocketAddress desk) {
        SeenGauge gauge = new SeenGauge(desk);
        Thread thread = new Thread(gauge, "seen");
        thread.setDaemon(true);
        thread.start();
        return gauge;
    }

    @Override
    public long getAsLong() {
        return seen;
    }

    @Override
    public void run() {
        try (SocketChannel channel = SocketChannel.open(desk)) {
            HttpInput input = new HttpInput();
            while (true) {
                channel.write(ByteBuffer.wrap(QUESTION));
                while (!input.complete()) {
                    if (!input.read(channel)) {
                        return;
                    }
                }
                seen = Long.parseLong(input.text());
                input.drop();
                LockSupport.parkNanos(INTERVAL_NANOS);
            }
        } catch (IOException e) {
            // the desk has ended: nothing more is seen, and the load stops at its limit
        }
    }
}
