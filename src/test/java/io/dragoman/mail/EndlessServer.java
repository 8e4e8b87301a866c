// SPDX-License-Identifier: Apache-2.0
package io.dragoman.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server on loopback whose answer may have no end: what stands behind {@link #FOR_EVER} is repeated until the
 * client leaves, or until this server has sent {@link #MOST} bytes and hangs up: a client that takes everything survives.
 */
public final class EndlessServer implements AutoCloseable {
    /** In place of a command: what a server says first. */
    public static final String GREETING = "greeting";

    /** Between an answer and what follows it without an end. */
    public static final String FOR_EVER = "\0";

    /** In a line that is repeated: its number. */
    public static final String NUMBER = "#";

    /** Where the server gives up. */
    public static final long MOST = 60_000_000;

    private static final int CHUNK = 60_000;

    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final @Nullable SSLContext tls;
    private final boolean first;
    private final UnaryOperator<String> answers;
    private final AtomicLong sent = new AtomicLong();

    /**
     * @param tls null for a server without TLS
     * @param first whether TLS starts with the first byte, else by STARTTLS or STLS
     * @param answers what a command is answered
     */
    public EndlessServer(@Nullable SSLContext tls, boolean first, UnaryOperator<String> answers) throws IOException {
        this.tls = tls;
        this.first = first;
        this.answers = answers;
        Thread thread = new Thread(this::serve, "endless-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many bytes were written in all, to whom it may be. */
    public long sent() {
        return sent.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket plain = listener.accept()) {
                plain.setSendBufferSize(CHUNK);
                talk(first ? secure(plain) : plain);
            } catch (IOException e) {
                // the client left, or the test is over
            }
        }
    }

    private void talk(Socket begun) throws IOException {
        Socket socket = begun;
        BufferedReader in = reader(socket);
        answer(socket.getOutputStream(), answers.apply(GREETING));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            answer(socket.getOutputStream(), answers.apply(line));
            String command = line.toUpperCase(Locale.ROOT);
            if (command.endsWith("STARTTLS") || command.equals("STLS")) {
                socket = secure(socket);
                in = reader(socket);
            }
        }
    }

    private void answer(OutputStream out, String answer) throws IOException {
        String[] parts = answer.split(FOR_EVER, 2);
        write(out, parts[0]);
        for (int number = 1; parts.length > 1; ) {
            if (sent.get() > MOST) {
                throw new IOException("the client takes everything");
            }
            StringBuilder chunk = new StringBuilder();
            while (chunk.length() < CHUNK) {
                chunk.append(parts[1].replace(NUMBER, String.valueOf(number++)));
            }
            write(out, chunk.toString());
        }
    }

    private void write(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes);
        out.flush();
        sent.addAndGet(bytes.length);
    }

    private Socket secure(Socket socket) throws IOException {
        if (tls == null) {
            throw new IOException("this server has no TLS");
        }
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }
}
