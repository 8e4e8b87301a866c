// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.BrokenConnection;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Trust;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.connector.tls.CertificateRefused;
import io.dragoman.connector.tls.TrustContext;
import io.dragoman.model.CurrentTenant;
import io.dragoman.model.Reason;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.StoreClosedException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One connection to a mailbox. Every wait in it ends: connecting, reading and writing have timeouts, and
 * {@link #cut()} ends whatever is under way from another thread.
 */
final class Mailbox implements AutoCloseable {
    /** How many mails, and how many bytes of them, one poll takes. */
    static final int MOST = 50;

    static final long LARGEST_BATCH = 25_000_000;

    /** How many bytes of a mail are asked for at once. */
    static final int FETCH_SIZE = 1_048_576;

    private static final int CONNECT_MILLIS = 20_000;
    private static final int READ_MILLIS = 60_000;

    /** How many folders an error names. */
    private static final int MOST_FOLDERS = 20;

    /** Ends writes and waits that take too long; its tasks only close sockets. */
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(null, task, "mail-timer", 0, false); // for all tenants: of none
        thread.setDaemon(true);
        return thread;
    });

    private final MailServer server;
    private final Store store;
    private final MailSockets sockets;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final AutoCloseable stop;

    private Mailbox(
            MailServer server, Store store, MailSockets sockets, Function<Runnable, AutoCloseable> whenStopping) {
        this.server = server;
        this.store = store;
        this.sockets = sockets;
        this.stop = whenStopping.apply(this::cut);
    }

    /** Prepares a connection, which is cut when the gateway stops; {@link #connect()} makes it. */
    static Mailbox to(MailServer server, Trust trust, PollContext context, AnswerLimit limit) {
        return to(server, trust, context::onStop, limit);
    }

    /** Prepares a connection that whoever made it must {@link #cutAfter} a while. */
    static Mailbox to(MailServer server, Trust trust, AnswerLimit limit) {
        return to(server, trust, cut -> () -> {}, limit);
    }

    private static Mailbox to(
            MailServer server, Trust trust, Function<Runnable, AutoCloseable> whenStopping, AnswerLimit limit) {
        MailSockets sockets = new MailSockets(limit);
        String protocol = server.tls() == Tls.TRUE ? server.group() + "s" : server.group();
        try {
            Store store = Session.getInstance(properties(server, protocol, sockets, trust))
                    .getStore(protocol);
            return new Mailbox(server, store, sockets, whenStopping);
        } catch (MessagingException e) {
            throw new IllegalStateException("the mail library knows no " + protocol, e);
        }
    }

    private static Properties properties(MailServer server, String protocol, MailSockets sockets, Trust trust) {
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.put(prefix + "connectiontimeout", String.valueOf(CONNECT_MILLIS));
        properties.put(prefix + "timeout", String.valueOf(READ_MILLIS));
        properties.put(prefix + "writetimeout", String.valueOf(READ_MILLIS));
        properties.put(prefix + "executor.writetimeout", TIMER);
        properties.put(prefix + "socketFactory", sockets);
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(
                prefix + "ssl.socketFactory",
                sockets.over(TrustContext.of(trust).getSocketFactory()));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "fetchsize", String.valueOf(FETCH_SIZE));
        properties.put(prefix + "peek", "true");
        if (server.tls() == Tls.START) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
        }
        if (server.usesToken()) {
            properties.put(prefix + "auth.mechanisms", "XOAUTH2");
            // RFC 5034 §4: a token is too long for the line of the command, and Microsoft's POP3 refuses it there
            properties.put(prefix + "auth.xoauth2.two.line.authentication.format", String.valueOf(isPop3(server)));
        } else if (isPop3(server) && !server.isInAscii()) {
            properties.put(prefix + "auth.mechanisms", "PLAIN LOGIN"); // UTF-8 (RFC 4616); LOGIN: see Pop3Answers
            properties.put(prefix + "sasl.authorizationid", "");
        }
        return properties;
    }

    private static boolean isPop3(MailServer server) {
        return server.group().equals("pop3");
    }

    Store connect() throws TransportFailure, MessagingException {
        Secret secret = server.secret();
        try {
            store.connect(server.host(), server.port(), server.user(), secret == null ? null : secret.value());
            return store;
        } catch (NullPointerException e) { // how the library takes a greeting or a CAPABILITY that says nothing
            String group = server.group();
            throw down("its answers are none of an " + group + " server; correct " + group + ".host and " + group
                    + ".port");
        }
    }

    /** Does nothing when it was us who ended the connection; else says what happened. */
    void throwUnlessCut(Exception problem) throws TransportFailure {
        if (!isCut()) {
            throw failure(problem);
        }
    }

    /** Closes the connection under whoever waits on it. */
    void cut() {
        cut.set(true);
        sockets.close();
    }

    /** Whether it was us who ended the connection. */
    boolean isCut() {
        return cut.get();
    }

    /** Does something that may wait, after a while and on a thread of its own. */
    static Future<?> after(long millis, Runnable task) {
        Runnable mine = CurrentTenant.kept(task);
        return TIMER.schedule(
                () -> {
                    Thread thread = new Thread(mine, "mail-look");
                    thread.setDaemon(true);
                    thread.start();
                },
                Math.max(1, millis),
                TimeUnit.MILLISECONDS);
    }

    /** Cuts the connection after a while. */
    Future<?> cutAfter(long millis) {
        return TIMER.schedule(this::cut, Math.max(1, millis), TimeUnit.MILLISECONDS);
    }

    /** That the server did not answer for too long. */
    TransportFailure tooLate() {
        return TransportFailure.notSent(Reason.TIMEOUT, where() + "no answer in time");
    }

    /** What an exception of the mail library means, without what the server said. */
    TransportFailure failure(Exception problem) {
        Optional<String> known = sockets.problem();
        if (known.isPresent()) {
            return sockets.isLoginRefused() ? TransportFailure.loginRefused(where() + known.get()) : down(known.get());
        }
        if (problem instanceof AuthenticationFailedException && LoginAnswer.later(problem.getMessage())) {
            return down("it cannot let anybody log in now");
        }
        if (problem instanceof AuthenticationFailedException) {
            String group = server.group();
            return TransportFailure.loginRefused(where() + "the login was refused; correct " + group + ".user and "
                    + group + (server.usesToken() ? ".token, or oauth" : ".password"));
        }
        for (Throwable cause = problem; cause != null; cause = next(cause)) {
            if (cause instanceof SocketTimeoutException) {
                return tooLate();
            }
            if (cause instanceof UnknownHostException) {
                return down("no such host");
            }
            if (cause instanceof javax.net.ssl.SSLException) {
                return down(CertificateRefused.in(cause).orElse("TLS failed"));
            }
        }
        boolean broken = problem instanceof FolderClosedException || problem instanceof StoreClosedException;
        return down("the connection failed (" + (broken ? "it broke" : BrokenConnection.words(problem)) + ")");
    }

    private TransportFailure down(String what) {
        return TransportFailure.notSent(Reason.PROVIDER_DOWN, where() + what);
    }

    private String where() {
        return server.group() + " server " + server.host() + ": ";
    }

    /** That a folder is not there, with the names of those that are: servers put a prefix before them. */
    TransportFailure noSuchFolder(String name) {
        List<String> there = new ArrayList<>();
        try {
            for (Folder folder : store.getDefaultFolder().list("*")) {
                if (there.size() < MOST_FOLDERS && (folder.getType() & Folder.HOLDS_MESSAGES) != 0) {
                    there.add("'" + SafeText.line(folder.getFullName(), 60) + "'");
                }
            }
        } catch (MessagingException e) {
            there.clear(); // then the bare fact must do
        }
        return down("no such folder '" + SafeText.line(name, 60) + "'"
                + (there.isEmpty() ? "" : "; there are " + String.join(", ", there)));
    }

    private static @org.jspecify.annotations.Nullable Throwable next(Throwable problem) {
        Throwable cause = problem instanceof MessagingException mail && mail.getNextException() != null
                ? mail.getNextException()
                : problem.getCause();
        return cause == problem ? null : cause;
    }

    @Override
    public void close() {
        Future<?> watchdog = cutAfter(CONNECT_MILLIS); // saying goodbye must not take longer
        try {
            store.close();
        } catch (MessagingException | RuntimeException e) {
            // it is gone already
        } finally {
            watchdog.cancel(false);
            sockets.close();
            PollContext.unregister(stop);
        }
    }
}
