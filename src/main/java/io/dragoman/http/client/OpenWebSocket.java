// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.TextSocket;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The client's end of a WebSocket. A thread of its own reads, no more than one message ahead. */
final class OpenWebSocket implements TextSocket {
    private static final int CONTINUED = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LONGEST_CONTROL = 125;

    private static final int NO_CODE = 1005;
    private static final int BROKE_OFF = 1006;
    private static final int PROTOCOL = 1002;
    private static final int NO_TEXT = 1003;
    private static final int TOO_LARGE = 1009;

    private final Socket socket;
    private final DataInputStream in;
    /** Taken once: a socket that the other side has closed meanwhile gives none. */
    private final OutputStream out;

    private final String host;
    private final long largest;
    private final RandomGenerator random;
    /** One text at most, and the end. */
    private final BlockingQueue<Incoming> came = new LinkedBlockingQueue<>();

    private final Semaphore room = new Semaphore(1);
    private volatile @Nullable Closed end;

    private OpenWebSocket(Socket socket, String host, int largest, RandomGenerator random) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
        this.host = host;
        this.largest = largest;
        this.random = random;
    }

    /** Begins to read. */
    static OpenWebSocket on(Socket socket, String host, int largest, RandomGenerator random) throws IOException {
        OpenWebSocket open = new OpenWebSocket(socket, host, largest, random);
        Thread reader = new Thread(open::read, "websocket-" + host);
        reader.setDaemon(true);
        reader.start();
        return open;
    }

    private void read() {
        try {
            while (end == null) {
                Incoming next = message();
                if (next instanceof Closed closed) {
                    over(closed);
                } else {
                    handOver(next);
                }
            }
        } catch (IOException e) {
            over(new Closed(BROKE_OFF));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the one before is taken, as long as there is somebody. */
    private void handOver(Incoming next) throws InterruptedException {
        boolean handed = false;
        while (!handed && end == null) {
            handed = room.tryAcquire(1, TimeUnit.SECONDS);
            if (handed) {
                came.add(next);
            }
        }
    }

    /** The end comes behind what was read before it. */
    private void over(Closed how) {
        if (end == null) {
            end = how;
            came.add(how);
        }
        hangUp();
    }

    private Incoming message() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            int first = in.readUnsignedByte();
            int kind = first & 0x0f;
            long length = length(in.readUnsignedByte());
            boolean control = kind >= CLOSE;
            if (length < 0 || (first & 0x70) != 0 || (control && length > LONGEST_CONTROL)) {
                return new Closed(PROTOCOL);
            }
            if (text.size() + length > largest) {
                return new Closed(TOO_LARGE);
            }
            byte[] payload = in.readNBytes((int) length);
            if (payload.length < length) {
                return new Closed(BROKE_OFF);
            }
            if (kind == CLOSE) {
                return new Closed(
                        length < 2 ? NO_CODE : ByteBuffer.wrap(payload).getShort() & 0xffff);
            } else if (kind == PING) {
                frame(PONG, payload);
            } else if (kind == TEXT || kind == CONTINUED) {
                text.writeBytes(payload);
                if ((first & 0x80) != 0) {
                    return new Text(text.toString(StandardCharsets.UTF_8));
                }
            } else if (kind != PONG) {
                return new Closed(NO_TEXT);
            }
        }
    }

    /** In bytes; negative for a frame that no server may send. */
    private long length(int second) throws IOException {
        long length = second == 126 ? in.readUnsignedShort() : second == 127 ? in.readLong() : second;
        return second > 127 ? -1 : length;
    }

    @Override
    public void send(String text) throws TransportFailure {
        try {
            frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw TransportFailure.maybeSent(Reason.PROVIDER_DOWN, host + ": the WebSocket is closed");
        }
    }

    /** Masked, as a client's frames have to be (RFC 6455 §5.3). */
    private synchronized void frame(int kind, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) (0x80 | kind));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    @Override
    public Incoming next(Duration wait) {
        try {
            Closed over = end;
            Incoming next = came.poll(over == null ? wait.toNanos() : 0, TimeUnit.NANOSECONDS);
            if (next instanceof Text) {
                room.release();
            }
            return next != null ? next : over != null ? over : new Silence();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Closed(BROKE_OFF);
        }
    }

    @Override
    public void close(int code) {
        if (end == null) {
            Closed own = new Closed(BROKE_OFF);
            end = own;
            came.add(own);
            Thread goodbye = new Thread(() -> goodbye(code), "websocket-end");
            goodbye.setDaemon(true);
            goodbye.start();
        }
    }

    private void goodbye(int code) {
        try {
            frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
        } catch (IOException e) {
            // gone already
        } finally {
            hangUp();
        }
    }

    private void hangUp() {
        try {
            socket.close();
        } catch (IOException e) {
            // gone already
        }
    }
}
