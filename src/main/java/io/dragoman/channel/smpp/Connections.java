// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Trust;
import io.dragoman.connector.tls.TrustContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;

/**
 * Connects one session. With TLS, certificate and host name are checked before a byte of SMPP is sent; jsmpp's own
 * factories check the name nowhere.
 */
final class Connections implements ConnectionFactory {
    private final boolean tls;
    private final Trust trust;
    private final int timeout;

    /** @param timeout for connecting and for the handshake, in milliseconds */
    Connections(boolean tls, Trust trust, int timeout) {
        this.tls = tls;
        this.trust = trust;
        this.timeout = timeout;
    }

    @Override
    public Connection createConnection(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeout);
            socket.connect(new InetSocketAddress(host, port), timeout);
            return new SocketConnection(tls ? encrypted(socket, host, port) : socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket encrypted(Socket socket, String host, int port) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) TrustContext.of(trust).getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }
}
