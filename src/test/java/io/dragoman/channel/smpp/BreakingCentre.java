// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** An SMS centre, octet by octet, whose connection breaks once in the state of a session that a test names. */
final class BreakingCentre implements AutoCloseable {
    private static final int BIND_RECEIVER = 0x01;
    private static final int BIND_TRANSMITTER = 0x02;
    private static final int SUBMIT = 0x04;
    private static final int DELIVER = 0x05;
    private static final int UNBIND = 0x06;
    private static final int BIND_TRANSCEIVER = 0x09;
    private static final int ENQUIRE = 0x15;
    private static final int RESPONSE = 0x80000000;

    /** Where a session is when it breaks. */
    enum State {
        /** Connected, and the login unanswered. */
        OPEN,
        /** Logged in, and nothing under way. */
        BOUND,
        SUBMIT_PENDING,
        DELIVER_PENDING,
        ENQUIRE_PENDING,
        UNBINDING
    }

    /** What the centre took, in its order. */
    final List<String> submitted = new CopyOnWriteArrayList<>();
    /** The numbers of deliver_sm that were acknowledged. */
    final List<Integer> acknowledged = new CopyOnWriteArrayList<>();

    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final AtomicReference<State> breaking = new AtomicReference<>();
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final AtomicInteger breaks = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();

    BreakingCentre() throws IOException {
        start(() -> {
            while (true) {
                Socket socket = server.accept();
                start(() -> new Session(socket).serve());
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // the connection or the centre has ended
                    }
                },
                "breaking-centre");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next time that a session is in this state it breaks; in those that are the test's own doing, at once. */
    void breakIn(State state) throws IOException {
        breaking.set(state);
        if (state == State.BOUND || state == State.DELIVER_PENDING) {
            for (Session session : sessions) {
                if (session.receives || state == State.BOUND) {
                    session.breakIf(state);
                }
            }
        }
    }

    int breaks() {
        return breaks.get();
    }

    /** How many logins were answered. */
    int logins() {
        return logins.get();
    }

    int bound() {
        return sessions.size();
    }

    /** Whether somebody is logged in who is brought messages. */
    boolean receives() {
        return sessions.stream().anyMatch(session -> session.receives);
    }

    /** Brings a customer's text by a session that receives. */
    void delivers(int number, String text) throws IOException {
        for (Session session : sessions) {
            if (session.receives) {
                session.write(DELIVER, 0, number, RawCentre.text(text));
                return;
            }
        }
        throw new IOException("nobody receives");
    }

    /** One connection. */
    private final class Session {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;
        private volatile boolean receives;

        Session(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        void serve() throws IOException {
            try (socket) {
                while (true) {
                    int length = in.readInt();
                    int command = in.readInt();
                    in.readInt();
                    int number = in.readInt();
                    answer(command, number, in.readNBytes(length - 16));
                }
            } finally {
                sessions.remove(this);
            }
        }

        private void answer(int command, int number, byte[] body) throws IOException {
            switch (command) {
                case BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER -> {
                    breaks(State.OPEN);
                    receives = command != BIND_TRANSMITTER;
                    write(command | RESPONSE, 0, number, new byte[] {'c', 0});
                    sessions.add(this);
                    logins.incrementAndGet();
                }
                case SUBMIT -> {
                    submitted.add(new String(body, StandardCharsets.ISO_8859_1));
                    breaks(State.SUBMIT_PENDING);
                    write(
                            SUBMIT | RESPONSE,
                            0,
                            number,
                            ("id-" + submitted.size() + "\0").getBytes(StandardCharsets.US_ASCII));
                }
                case ENQUIRE -> {
                    breaks(State.ENQUIRE_PENDING);
                    write(ENQUIRE | RESPONSE, 0, number, new byte[0]);
                }
                case UNBIND -> {
                    breaks(State.UNBINDING);
                    write(UNBIND | RESPONSE, 0, number, new byte[0]);
                }
                case DELIVER | RESPONSE -> acknowledged.add(number);
                default -> {
                    // the answer to something that we did not ask
                }
            }
        }

        private void breaks(State state) throws IOException {
            if (breakIf(state)) {
                throw new IOException("broken");
            }
        }

        private boolean breakIf(State state) throws IOException {
            boolean now = breaking.compareAndSet(state, null);
            if (now) {
                sessions.remove(this);
                socket.setSoLinger(true, 0); // as a line that is cut: no goodbye
                socket.close();
                breaks.incrementAndGet();
            }
            return now;
        }

        private synchronized void write(int command, int status, int number, byte[] body) throws IOException {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            DataOutputStream pdu = new DataOutputStream(whole);
            pdu.writeInt(16 + body.length);
            pdu.writeInt(command);
            pdu.writeInt(status);
            pdu.writeInt(number);
            pdu.write(body);
            out.write(whole.toByteArray());
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Session session : sessions) {
            session.socket.close();
        }
    }
}
