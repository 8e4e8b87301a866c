// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.outside;

import io.dragoman.bench.wire.Figures;
import io.dragoman.bench.wire.HttpInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The process of the outside. Arguments: its port (0 for any) and how many customers there are; for a desk that answers,
 * and WhatsApp's API beside it, also the gateway's port and the desk's secret. It says {@code ready} and its port. {@code GET /count} tells how many different messages arrived, {@code GET /report} all
 * there is to check, {@code GET /latency} how old messages were on their arrival since it was last asked.
 */
public final class OutsideMain {
    private static final byte[] COUNT = HttpInput.ascii("GET /count ");
    private static final byte[] REPORT = HttpInput.ascii("GET /report ");
    private static final byte[] LATENCY = HttpInput.ascii("GET /latency ");

    private final Selector selector;
    private final Histogram latency;
    private final Party party;

    private OutsideMain(Selector selector, Histogram latency, Party party) {
        this.selector = selector;
        this.latency = latency;
        this.party = party;
    }

    /** Runs until it is ended. */
    public static void main(String[] args) throws IOException {
        int customers = Integer.parseInt(args[1]);
        Histogram latency = Mark.histogram();
        Desk desk = new Desk(new Tally(customers), latency);
        Party party = args.length == 2 ? desk : new TwoWay(desk, new Tally(customers), replies(args[2], args[3]));
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 1024);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("ready " + server.socket().getLocalPort());
            new OutsideMain(selector, latency, party).serve(server);
        }
    }

    private static Replies replies(String gateway, String secret) {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        return new Replies(Integer.parseInt(gateway), key);
    }

    private void serve(ServerSocketChannel server) throws IOException {
        while (true) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    accept(server);
                } else {
                    serve(key);
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        SocketChannel channel = server.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new HttpInput());
    }

    private void serve(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        HttpInput input = (HttpInput) key.attachment();
        try {
            if (!input.read(channel)) {
                channel.close();
                return;
            }
            while (input.complete()) {
                byte[] own = own(input);
                write(channel, own == null ? party.answer(input) : own);
                input.drop();
            }
        } catch (IOException e) {
            channel.close();
        }
    }

    private byte @Nullable [] own(HttpInput input) {
        if (input.startsWith(COUNT)) {
            return text(Long.toString(party.count()));
        }
        if (input.startsWith(REPORT)) {
            return text(party.figures().toString());
        }
        if (input.startsWith(LATENCY)) {
            String figures = new Figures().with(latency).toString();
            latency.reset();
            return text(figures);
        }
        return null;
    }

    private static byte[] text(String text) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + text.length() + "\r\n\r\n" + text)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void write(SocketChannel channel, byte[] answer) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(answer);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }
}
