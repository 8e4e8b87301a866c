// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smpp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in to the SMS centre, and the queue of what it has for them: the first of it is brought again and again,
 * over whatever session receives, until it is taken. Thread-safe.
 */
final class SmppSessions implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final long LOGIN_MILLIS = 5_000;

    private final ServerSocket socket;
    private final SMPPServerSessionListener listener;
    private final ToIntFunction<BindRequest> login;
    private final List<SMPPServerSession> bound = new CopyOnWriteArrayList<>();
    private final BlockingDeque<Delivery> queue = new LinkedBlockingDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulator-smpp");
        thread.setDaemon(true);
        return thread;
    });

    private volatile @Nullable Thread bringer;

    /** Brings one thing over a session that receives. */
    interface Delivery {
        void perform(SMPPServerSession session)
                throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                        IOException;

        /** It is taken. */
        default void taken() {}
    }

    /**
     * Takes whoever connects.
     *
     * @param login the command_status for somebody who logs in; 0 lets them in
     */
    SmppSessions(ServerSocket socket, ToIntFunction<BindRequest> login, SubmitListener submits) {
        this.socket = socket;
        this.login = login;
        try {
            listener = new SMPPServerSessionListener(socket.getLocalPort(), new Loopback(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.setMessageReceiverListener(submits);
        threads.execute(this::accept);
        threads.execute(this::bring);
    }

    /** A socket that listens on loopback; port 0 for any free one. */
    static ServerSocket loopback(int port) {
        try {
            return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one socket there is. */
    private record Loopback(ServerSocket socket) implements ServerConnectionFactory {
        @Override
        public ServerConnection listen(int port) {
            return new ServerSocketConnection(socket);
        }

        @Override
        public ServerConnection listen(int port, int timeout) {
            return listen(port);
        }

        @Override
        public ServerConnection listen(int port, int timeout, int backlog) {
            return listen(port);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How many are logged in. */
    int count() {
        return (int) bound.stream()
                .filter(session -> session.getSessionState().isBound())
                .count();
    }

    void queue(Delivery delivery) {
        queue.add(delivery);
    }

    /** Breaks all connections, in the midst of whatever they do. */
    void disconnect() {
        bound.forEach(SMPPServerSession::close);
        bound.clear();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                SMPPServerSession session = listener.accept();
                threads.execute(() -> letIn(session));
            } catch (IOException e) {
                // the next one, unless it is closed
            }
        }
    }

    private void letIn(SMPPServerSession session) {
        session.setTransactionTimer(10_000);
        session.setEnquireLinkTimer(30_000);
        session.addSessionStateListener((now, before, source) -> {
            Thread waiting = bringer;
            if (now == SessionState.CLOSED && waiting != null) {
                waiting.interrupt(); // jsmpp waits for an answer though nobody is there any more
            }
        });
        try {
            BindRequest request = session.waitForBind(LOGIN_MILLIS);
            int status = login.applyAsInt(request);
            if (status == 0) {
                request.accept("simulated");
                bound.add(session);
            } else {
                request.reject(status);
            }
        } catch (TimeoutException | IOException | PDUException | IllegalStateException e) {
            session.close();
        }
    }

    private void bring() {
        bringer = Thread.currentThread();
        while (!socket.isClosed()) {
            try {
                Delivery first = queue.peekFirst();
                if (first != null && brought(first)) {
                    queue.removeFirst();
                    first.taken();
                } else {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                // a session ended: on to the next one
            }
        }
    }

    private boolean brought(Delivery delivery) {
        Optional<SMPPServerSession> receiver = bound.stream()
                .filter(session -> session.getSessionState().isReceivable())
                .findFirst();
        if (receiver.isEmpty()) {
            return false;
        }
        try {
            delivery.perform(receiver.get());
            return true;
        } catch (PDUException
                | ResponseTimeoutException
                | InvalidResponseException
                | NegativeResponseException
                | IOException e) {
            bound.removeIf(session -> !session.getSessionState().isBound());
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
            disconnect();
        }
    }
}
