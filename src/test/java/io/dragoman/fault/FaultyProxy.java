// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy on the loopback address that harms connections as scripted: the first connection gets the first fault
 * and so on; a connection without a fault is passed on unharmed.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final byte[] GARBAGE = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28};

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final ConcurrentLinkedQueue<Fault> script = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> pumps = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean cut;

    public FaultyProxy(int targetPort) {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** What happens to one connection; {@code at} counts bytes of the direction that the harm is done to. */
    public record Fault(Harm harm, long at, Duration pause) {
        /** Every answer comes late by this. */
        public static Fault latency(Duration pause) {
            return new Fault(Harm.LATENCY, 0, pause);
        }

        /** Reset as soon as it is accepted. */
        public static Fault resetAtOnce() {
            return new Fault(Harm.RESET_AT_ONCE, 0, Duration.ZERO);
        }

        /** Reset when so many bytes of the request have passed. */
        public static Fault resetRequestAfter(long bytes) {
            return new Fault(Harm.RESET_REQUEST, bytes, Duration.ZERO);
        }

        /** Reset when so many bytes of the answer have passed. */
        public static Fault resetAnswerAfter(long bytes) {
            return new Fault(Harm.RESET_ANSWER, bytes, Duration.ZERO);
        }

        /** The request arrives, the answer never comes, the connection stays. */
        public static Fault halfOpen() {
            return new Fault(Harm.HALF_OPEN, 0, Duration.ZERO);
        }

        /** Takes everything and passes on nothing. */
        public static Fault blackhole() {
            return new Fault(Harm.BLACKHOLE, 0, Duration.ZERO);
        }

        /** Ends the answer after so many bytes as if that were all. */
        public static Fault truncate(long bytes) {
            return new Fault(Harm.TRUNCATE, bytes, Duration.ZERO);
        }

        /** Turns over one bit in that byte of the answer. */
        public static Fault flipBit(long at) {
            return new Fault(Harm.FLIP_BIT, at, Duration.ZERO);
        }

        /** Passes the answer on in pieces of so many bytes with a pause after each. */
        public static Fault slice(long bytes, Duration pause) {
            return new Fault(Harm.SLICE, bytes, pause);
        }

        /** Closes only so long after the other side did. */
        public static Fault slowClose(Duration pause) {
            return new Fault(Harm.SLOW_CLOSE, 0, pause);
        }

        /** Answers with bytes of another protocol, here an alert of TLS, and passes on nothing. */
        public static Fault garbage() {
            return new Fault(Harm.GARBAGE, 0, Duration.ZERO);
        }

        static final Fault NONE = new Fault(Harm.NONE, 0, Duration.ZERO);
    }

    /** The kinds of harm. */
    public enum Harm {
        NONE,
        LATENCY,
        RESET_AT_ONCE,
        RESET_REQUEST,
        RESET_ANSWER,
        HALF_OPEN,
        BLACKHOLE,
        TRUNCATE,
        FLIP_BIT,
        SLICE,
        SLOW_CLOSE,
        GARBAGE
    }

    /** The next connection without a fault gets this one. */
    public FaultyProxy next(Fault fault) {
        script.add(fault);
        return this;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing passes in either direction and nobody is told, as in a network that is cut; until it is mended. */
    public void cut(boolean now) {
        cut = now;
    }

    private void awaitMended() {
        while (cut && !listener.isClosed()) {
            pause(Duration.ofMillis(20));
        }
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    /** Resets every open connection, as a rebooted host does, and returns when all are. */
    public void resetAll() {
        open.forEach(FaultyProxy::linger); // all first: the end of one makes its pump close the other
        open.forEach(FaultyProxy::quietly);
        try {
            for (Thread pump : pumps) {
                pump.join(5_000); // a socket that a thread still reads is not closed yet
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pumps.clear();
    }

    @Override
    public void close() {
        quietly(listener);
        open.forEach(FaultyProxy::quietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                awaitMended();
                connections.incrementAndGet();
                open.add(client);
                Fault fault = script.poll();
                serve(client, fault == null ? Fault.NONE : fault);
            } catch (IOException e) {
                // closed, or the target is not there: the client sees its connection end
            }
        }
    }

    private void serve(Socket client, Fault fault) throws IOException {
        if (fault.harm() == Harm.RESET_AT_ONCE) {
            reset(client);
            open.remove(client);
        } else if (fault.harm() == Harm.BLACKHOLE) {
            start(() -> swallow(client));
        } else if (fault.harm() == Harm.GARBAGE) {
            client.getInputStream().read();
            client.getOutputStream().write(GARBAGE);
            quietly(client);
        } else {
            Socket server = new Socket();
            open.add(server);
            try {
                server.connect(target, 5_000);
            } catch (IOException e) {
                quietly(client);
                throw e;
            }
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            pumps.add(start(() -> pump(client, server, client, fault, true)));
            pumps.add(start(() -> pump(server, client, client, fault, false)));
        }
    }

    private void swallow(Socket client) {
        try {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // it gave up
        }
        open.remove(client);
    }

    /** Connections that the harmed side has not let go of. */
    public int held() {
        return open.size();
    }

    private void pump(Socket from, Socket to, Socket client, Fault fault, boolean request) {
        byte[] buffer = new byte[8192];
        long passed = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int most = fault.harm() == Harm.SLICE && !request ? (int) fault.at() : buffer.length;
            for (int read = in.read(buffer, 0, most); read >= 0; read = in.read(buffer, 0, most)) {
                awaitMended();
                int good = harmless(fault, request, passed, read);
                if (!request) {
                    harm(fault, buffer, passed, read);
                }
                if (!(fault.harm() == Harm.HALF_OPEN && !request)) {
                    out.write(buffer, 0, good);
                    out.flush();
                }
                passed += good;
                if (good < read) {
                    end(fault, from, client);
                    return;
                }
                if (fault.harm() == Harm.SLICE && !request) {
                    pause(fault.pause());
                }
            }
            awaitMended();
            if (request) {
                open.remove(client);
                open.remove(to);
            }
            if (fault.harm() == Harm.SLOW_CLOSE) {
                pause(fault.pause());
            }
            if (fault.harm() != Harm.HALF_OPEN) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            quietly(from);
            quietly(to);
            open.removeAll(Set.of(from, to));
        }
    }

    /** How many of the bytes just read may pass before the connection ends. */
    private static int harmless(Fault fault, boolean request, long passed, int read) {
        boolean cuts = request
                ? fault.harm() == Harm.RESET_REQUEST
                : fault.harm() == Harm.RESET_ANSWER || fault.harm() == Harm.TRUNCATE;
        return cuts ? (int) Math.min(read, Math.max(0, fault.at() - passed)) : read;
    }

    private static void harm(Fault fault, byte[] buffer, long passed, int read) {
        if (fault.harm() == Harm.LATENCY) {
            pause(fault.pause());
        }
        if (fault.harm() == Harm.FLIP_BIT && fault.at() >= passed && fault.at() < passed + read) {
            buffer[(int) (fault.at() - passed)] ^= 1;
        }
    }

    private void end(Fault fault, Socket from, Socket client) {
        if (fault.harm() == Harm.TRUNCATE) {
            quietly(client);
        } else {
            reset(client);
        }
        quietly(from);
        open.remove(client);
        open.remove(from);
    }

    private static void reset(Socket socket) {
        linger(socket);
        quietly(socket);
    }

    /** Closing then sends RST instead of FIN. */
    private static void linger(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
    }

    private static void pause(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }

    private static void quietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // it was going away anyhow
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
