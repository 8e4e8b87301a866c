// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.outside;

import io.dragoman.bench.wire.HmacSha256;
import io.dragoman.bench.wire.HttpInput;
import io.dragoman.bench.wire.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/** Agents' answers on their way to the gateway: a few connections, each customer's always on the same one, in order. */
final class Replies {
    private static final int CONNECTIONS = 8;

    private final List<Connection> connections;

    /**
     * Connects with the first answer.
     *
     * @param key the desk's secret, decoded
     */
    Replies(int gateway, byte[] key) {
        connections = IntStream.range(0, CONNECTIONS)
                .mapToObj(any -> new Connection(gateway, new HmacSha256(key)))
                .toList();
        connections.forEach(connection -> {
            Thread thread = new Thread(connection, "replies");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Posts an answer soon. */
    void add(byte[] conversation, int customer, int sequence) {
        connections.get(customer % CONNECTIONS).waiting.add(new Reply(conversation, customer, sequence));
    }

    private record Reply(byte[] conversation, int customer, int sequence) {}

    private static final class Connection implements Runnable {
        private static final int OK = 200;

        private final BlockingQueue<Reply> waiting = new LinkedBlockingQueue<>();
        private final HttpInput input = new HttpInput();
        private final InetSocketAddress gateway;
        private final HmacSha256 hmac;
        private final Template body =
                new Template("{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"" + "I".repeat(36)
                        + "\"},\"message\":{\"text\":\"We have found it, and it will be with you tomorrow. "
                        + "#CCCCCCCC.SSSSSSSS.0000000000000000#\"},\"author\":{\"name\":\"Mara\"}}}");
        private final Template head = new Template("POST /desks/helpdesk HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.bytes().length
                + "\r\nwebhook-id: reply-CCCCCCCC-SSSSSSSS\r\nwebhook-timestamp: EEEEEEEEEE\r\n"
                + "webhook-signature: v1," + "X".repeat(44) + "\r\n\r\n");
        private final Template.Field conversation = body.field("I".repeat(36));
        private final Template.Field customer = body.field("CCCCCCCC");
        private final Template.Field sequence = body.field("SSSSSSSS");
        private final Template.Field idCustomer = head.field("CCCCCCCC");
        private final Template.Field idSequence = head.field("SSSSSSSS");
        private final Template.Field seconds = head.field("EEEEEEEEEE");
        private final Template.Field signature = head.field("X".repeat(44));

        private Connection(int gateway, HmacSha256 hmac) {
            this.gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway);
            this.hmac = hmac;
        }

        @Override
        public void run() {
            try {
                Reply next = waiting.take();
                try (SocketChannel channel = SocketChannel.open(gateway)) {
                    while (true) {
                        post(channel, next);
                        next = waiting.take();
                    }
                }
            } catch (IOException e) {
                System.err.println("an agent's answer was not taken: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void post(SocketChannel channel, Reply reply) throws IOException {
            fill(reply);
            ByteBuffer[] request = {ByteBuffer.wrap(head.bytes()), ByteBuffer.wrap(body.bytes())};
            while (request[1].hasRemaining()) {
                channel.write(request);
            }
            while (!input.complete()) {
                if (!input.read(channel)) {
                    throw new IOException("the gateway has closed the connection");
                }
            }
            if (input.status() != OK) {
                throw new IOException("the gateway answered " + input.status() + " " + input.text());
            }
            input.drop();
        }

        private void fill(Reply reply) {
            conversation.fill(reply.conversation);
            customer.fill(reply.customer);
            sequence.fill(reply.sequence);
            idCustomer.fill(reply.customer);
            idSequence.fill(reply.sequence);
            long now = Instant.now().getEpochSecond();
            seconds.fill(now);
            String signed = String.join(
                    ".", "reply-" + digits(reply.customer) + "-" + digits(reply.sequence), Long.toString(now), "");
            byte[] mac = hmac.of(signed.getBytes(StandardCharsets.US_ASCII), body.bytes());
            signature.fill(Base64.getEncoder().encode(mac));
        }

        private static String digits(int number) {
            String text = Integer.toString(number);
            return "0".repeat(8 - text.length()) + text;
        }
    }
}
