// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.BrokenConnection;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.TextSocket;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.tls.CertificateRefused;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens WebSockets (RFC 6455) on plain sockets: to the very address that the guard has checked, which Java's own client
 * does not allow; nor did that always tell of a connection that had ended. Thread-safe.
 */
final class WebSockets {
    private final TransportSettings settings;
    private final SsrfGuard guard;
    private final SecureRandom random = new SecureRandom();

    WebSockets(TransportSettings settings, SsrfGuard guard) {
        this.settings = settings;
        this.guard = guard;
    }

    TextSocket open(HttpCall call, int largest) throws TransportFailure {
        URI uri = call.uri();
        String host = uri.getHost();
        if (!call.isTrusted()) {
            guard.check(uri);
        }
        try {
            Socket socket = connected(uri, call.isTrusted());
            try {
                return begun(socket, call, largest);
            } catch (IOException | RuntimeException e) {
                close(socket);
                throw e;
            }
        } catch (SsrfGuard.Blocked e) {
            throw TransportFailure.forbidden(host + " points into a private network");
        } catch (IOException e) {
            throw failure(host, e);
        }
    }

    private TextSocket begun(Socket socket, HttpCall call, int largest) throws IOException {
        URI uri = call.uri();
        Socket open = isTls(uri) ? protectedBy(socket, uri.getHost(), port(uri)) : socket;
        new WebSocketHandshake(open, random).begin(uri, call.headers());
        open.setSoTimeout(0);
        return OpenWebSocket.on(open, uri.getHost(), largest, random);
    }

    private static boolean isTls(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : isTls(uri) ? 443 : 80;
    }

    /** By the first of the host's addresses that answers. */
    private Socket connected(URI uri, boolean vouched) throws IOException {
        InetAddress[] known = vouched ? InetAddress.getAllByName(uri.getHost()) : guard.resolve(uri.getHost());
        int millis = Math.toIntExact(settings.connect().toMillis());
        IOException problem = new UnknownHostException(uri.getHost());
        for (InetAddress address : known) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port(uri)), millis);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(millis);
                return socket;
            } catch (IOException e) {
                close(socket);
                problem = e;
            }
        }
        throw problem;
    }

    private SSLSocket protectedBy(Socket socket, String host, int port) throws IOException {
        SSLSocket tls = (SSLSocket) settings.tls().getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    private static TransportFailure failure(String host, IOException cause) {
        if (cause instanceof WebSocketHandshake.Refused refused) {
            return TransportFailure.notSent(Reason.PROVIDER_DOWN, host + " " + refused.what());
        }
        Reason reason = cause instanceof SocketTimeoutException ? Reason.TIMEOUT : Reason.PROVIDER_DOWN;
        String detail = CertificateRefused.in(cause).orElse(host + ": " + BrokenConnection.words(cause));
        return TransportFailure.notSent(reason, detail);
    }
}
