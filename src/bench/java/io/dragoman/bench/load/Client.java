// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

import io.dragoman.bench.wire.HttpInput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One kept connection, and the customers who write over it, one request at a time, so that each customer's order is
 * that of the acknowledgements. What is not acknowledged is sent again, as WhatsApp does.
 */
final class Client {
    private final InetSocketAddress server;
    private final Selector selector;
    private final Webhook webhook;
    private final Customers customers;
    private HttpInput input = new HttpInput();
    private @Nullable SocketChannel channel;
    private long due;
    private boolean waiting;

    /** Not connected yet. */
    Client(InetSocketAddress server, Selector selector, Webhook webhook, Customers customers) {
        this.server = server;
        this.selector = selector;
        this.webhook = webhook;
        this.customers = customers;
    }

    /** Sends the message that is next, which was to be sent at that time ({@code System.nanoTime}). */
    void send(long dueNanos, long nowMicros) throws IOException {
        due = dueNanos;
        waiting = true;
        SocketChannel open = channel == null ? connect() : channel;
        ByteBuffer[] request = webhook.message(customers.current(), customers.sequence(), nowMicros);
        while (request[0].hasRemaining() || request[1].hasRemaining()) {
            open.write(request);
        }
    }

    /**
     * Reads what has come.
     *
     * @return the status of the answer; 0 when it is not whole yet, -1 when the connection has ended before it
     */
    int receive() throws IOException {
        SocketChannel open = channel;
        if (open == null || !input.read(open)) {
            close();
            return -1;
        }
        if (!input.complete()) {
            return 0;
        }
        int status = input.status();
        input.drop();
        waiting = false;
        return status;
    }

    /** The message was acknowledged: goes on to the next. */
    void advance() {
        customers.advance();
    }

    /** When the message under way was to be sent, or when it may be sent again. */
    long due() {
        return due;
    }

    /** Whether a message is under way. */
    boolean waiting() {
        return waiting;
    }

    /** The message is to be sent again at that time. */
    void rest(long untilNanos) {
        due = untilNanos;
        waiting = false;
    }

    /** Ends the connection; the next message opens another. */
    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel open = SocketChannel.open(server);
        open.setOption(StandardSocketOptions.TCP_NODELAY, true);
        open.configureBlocking(false);
        open.register(selector, SelectionKey.OP_READ, this);
        input = new HttpInput();
        channel = open;
        return open;
    }
}
