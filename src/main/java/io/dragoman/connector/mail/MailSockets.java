// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes the sockets of one connection to a mail server, and remembers those below TLS: closing these never waits. What
 * the server answers is bounded. Thread-safe.
 */
public final class MailSockets extends SocketFactory {
    private final AnswerLimit limit;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Whether TLS lies over the socket: then its own bytes say nothing. */
    private final AtomicBoolean encrypted = new AtomicBoolean();

    public MailSockets(AnswerLimit limit) {
        this.limit = limit;
    }

    /** What is wrong with the server; see {@link AnswerLimit#problem()}. */
    public Optional<String> problem() {
        return limit.problem();
    }

    /** Whether that is the login; see {@link AnswerLimit#isLoginRefused()}. */
    public boolean isLoginRefused() {
        return limit.isLoginRefused();
    }

    /** The factory for TLS over these sockets. */
    public SSLSocketFactory over(SSLSocketFactory tls) {
        return new Tls(this, tls);
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new PlainSocket();
        socket.setTcpNoDelay(true);
        remember(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("only unconnected sockets are made here");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket("", port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket("", port);
    }

    /** Closes what is open, and what is made from now on. */
    public void close() {
        closed.set(true);
        open.forEach(MailSockets::close);
    }

    private void remember(Socket socket) {
        open.add(socket);
        if (closed.get()) {
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    /** Its streams are bounded until TLS lies over it. */
    private final class PlainSocket extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            InputStream in = super.getInputStream();
            return encrypted.get() ? in : limit.over(in);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return encrypted.get() ? out : limit.over(out);
        }
    }

    /**
     * Lays TLS over connected sockets. The mail library makes and connects those itself where TLS starts with the first
     * byte, so they are remembered here.
     */
    private static final class Tls extends SSLSocketFactory {
        private final MailSockets sockets;
        private final SSLSocketFactory tls;

        Tls(MailSockets sockets, SSLSocketFactory tls) {
            this.sockets = sockets;
            this.tls = tls;
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            sockets.remember(socket);
            sockets.encrypted.set(true);
            return new BoundedTlsSocket((SSLSocket) tls.createSocket(socket, host, port, autoClose), sockets.limit);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(host, port);
        }
    }
}
