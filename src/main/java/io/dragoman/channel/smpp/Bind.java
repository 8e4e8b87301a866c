// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.BrokenConnection;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.tls.CertificateRefused;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;

/** One session with the SMS centre, logged in. Thread-safe. */
final class Bind {
    /** How long a stop waits for what is under way, and for the answer to its unbind. */
    private static final long GOODBYE_MILLIS = 2_000;

    private final BindType type;
    private final DeferredAnswers answers = new DeferredAnswers();
    private final PduReader reader;
    private final SMPPSession session;
    private final WaitingThreads waiting = new WaitingThreads();
    private final Semaphore window;
    private final int places;
    private volatile @Nullable Connection connection;
    private volatile boolean leaving;

    private Bind(Account account, BindType type, PduReader reader, int timeout) {
        this.type = type;
        this.reader = reader;
        places = account.get(SmppSettings.WINDOW);
        window = new Semaphore(places);
        Connections sockets = new Connections(account.get(SmppSettings.TLS), account.trust(), timeout);
        session = new SMPPSession(answers, reader, (host, port) -> {
            Connection made = sockets.createConnection(host, port);
            connection = made;
            return made;
        });
        session.setTransactionTimer(timeout);
        session.setEnquireLinkTimer((int) account.get(SmppSettings.ENQUIRE_LINK).toMillis());
        session.setPduProcessorDegree(1); // messages stay in order, and nothing of ours waits on its thread
        session.setQueueCapacity(200);
    }

    /**
     * Logs in.
     *
     * @param arrivals takes each message with its session and the way to answer it; false when it cannot
     */
    static Bind open(Account account, BindType type, Arrivals arrivals) throws TransportFailure {
        int timeout = (int) account.get(SmppSettings.TIMEOUT).toMillis();
        PduReader reader = new PduReader(timeout);
        Bind bind = new Bind(account, type, reader, timeout);
        bind.session.setMessageReceiverListener(bind.new Receiver(arrivals));
        bind.session.addSessionStateListener((now, before, source) -> {
            if (now.isBound()) {
                reader.bound();
            } else if (now == SessionState.CLOSED) {
                bind.waiting.end();
            }
        });
        String host = account.get(SmppSettings.HOST);
        try {
            bind.waiting.during(
                    () -> bind.session.connectAndBind(host, SmppSettings.port(account), bind.login(account), timeout));
            if (!bind.isOpen()) {
                throw new IOException("it ended at once");
            }
            return bind;
        } catch (Exception e) {
            bind.session.close();
            throw reader.loginStatus() == 0 ? failure(e, host) : ErrorTable.bind(reader.loginStatus());
        }
    }

    /** Takes what a session brings. */
    interface Arrivals {
        boolean take(Bind bind, ShortMessage message, Arrival.Answer answer);
    }

    private BindParameter login(Account account) {
        return new BindParameter(
                type,
                account.get(SmppSettings.SYSTEM_ID),
                account.get(SmppSettings.PASSWORD).value(),
                account.get(SmppSettings.SYSTEM_TYPE),
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                account.get(SmppSettings.ADDRESS_RANGE));
    }

    /** What an exception of jsmpp's means, without its words, which hold the login. */
    private static TransportFailure failure(Exception problem, String host) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof NegativeResponseException refused) {
                return ErrorTable.bind(refused.getCommandStatus());
            } else if (cause instanceof ResponseTimeoutException || cause instanceof SocketTimeoutException) {
                return TransportFailure.notSent(Reason.TIMEOUT, host + ": no answer in time");
            } else if (cause instanceof UnknownHostException) {
                return down(host, "no such host");
            } else if (cause instanceof SSLException) {
                return down(host, CertificateRefused.in(cause).orElse("TLS failed"));
            }
        }
        return down(host, "the connection failed (" + BrokenConnection.words(problem) + ")");
    }

    private static TransportFailure down(String host, String what) {
        return TransportFailure.notSent(Reason.PROVIDER_DOWN, host + ": " + what);
    }

    /** A connection that ends between the answer to a login and jsmpp's taking note of it leaves a session "bound". */
    boolean isOpen() {
        Connection made = connection;
        return made != null && made.isOpen() && session.getSessionState().isBound();
    }

    /** Whether the SMS centre has answered our unbind: it has read every answer of ours before that. */
    boolean isUnbound() {
        return reader.isGoodbye();
    }

    boolean sends() {
        return type != BindType.BIND_RX && !leaving && isOpen();
    }

    /** How many more messages may be under way. */
    int room() {
        return window.availablePermits();
    }

    /** Does one submit_sm as soon as the window has a place; empty when it gets none in time. */
    <T> @Nullable T inWindow(Duration longest, Submission<T> submission) throws Exception {
        if (!window.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            return null;
        }
        try {
            return waiting.during(() -> submission.perform(session));
        } finally {
            window.release();
        }
    }

    /** One exchange over the session. */
    interface Submission<T> {
        T perform(SMPPSession session) throws Exception;
    }

    /** Answers a message that was brought; false when the session is gone. */
    private boolean answer(boolean data, int sequence, int status) {
        Connection open = connection;
        try {
            if (open != null && isOpen()) {
                if (data) {
                    answers.toDataSm(open.getOutputStream(), status, sequence);
                } else {
                    answers.toDeliverSm(open.getOutputStream(), status, sequence);
                }
                return true;
            }
        } catch (IOException e) {
            session.close();
        }
        return false;
    }

    /** Frees what a session that has ended still holds. */
    void discard() {
        session.close();
    }

    /** Waits a moment for what is under way, says goodbye and closes. */
    void close() {
        leaving = true;
        try {
            if (window.tryAcquire(places, GOODBYE_MILLIS, TimeUnit.MILLISECONDS)) {
                window.release(places);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.setTransactionTimer(GOODBYE_MILLIS);
        session.unbindAndClose();
    }

    @Override
    public String toString() {
        return "Bind[" + type + ", " + session.getSessionState() + "]";
    }

    /** Hands over what the session brings, and never waits. */
    private final class Receiver implements MessageReceiverListener {
        private final Arrivals arrivals;

        Receiver(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public void onAcceptDeliverSm(DeliverSm pdu) throws ProcessRequestException {
            take(ShortMessage.of(pdu), false, pdu.getSequenceNumber());
        }

        private void take(ShortMessage message, boolean data, int sequence) throws ProcessRequestException {
            if (!arrivals.take(Bind.this, message, status -> answer(data, sequence, status))) {
                throw new ProcessRequestException("no room", ErrorTable.BRING_AGAIN);
            }
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm pdu, Session source) throws ProcessRequestException {
            take(ShortMessage.of(pdu), true, pdu.getSequenceNumber());
            try {
                return new DataSmResult(new MessageId(""), new OptionalParameter[0]);
            } catch (PDUStringException e) {
                throw new IllegalStateException("an empty id is one", e);
            }
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification pdu) {
            // that a phone is reachable says nothing of a message
        }
    }
}
