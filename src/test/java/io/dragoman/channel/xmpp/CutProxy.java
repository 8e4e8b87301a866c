// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server that can be cut, or deaf: then what the server says does not arrive. */
final class CutProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean deaf;
    private volatile boolean mute;
    private final AtomicInteger swallowed = new AtomicInteger();

    CutProxy(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What the server says from now on is lost. */
    void deafen() {
        deaf = true;
    }

    /** What the client says from now on is lost. */
    void mute() {
        mute = true;
    }

    /** How many bytes of the client's were lost. */
    int swallowed() {
        return swallowed.get();
    }

    /** Ends every connection. The next ones are whole again. */
    void cut() {
        for (Socket socket : open) {
            quietly(socket);
        }
        open.clear();
        deaf = false;
        mute = false;
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                try {
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                    client.setTcpNoDelay(true);
                    there.setTcpNoDelay(true);
                    open.add(client);
                    open.add(there);
                    daemon(() -> pump(client, there, false));
                    daemon(() -> pump(there, client, true));
                } catch (IOException e) {
                    quietly(client);
                }
            }
        } catch (IOException e) {
            cut(); // closed
        }
    }

    private void pump(Socket from, Socket to, boolean down) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream()) {
            int count = in.read(buffer);
            while (count >= 0) {
                if (down ? !deaf : !mute) {
                    to.getOutputStream().write(buffer, 0, count);
                } else if (!down) {
                    swallowed.addAndGet(count);
                }
                count = in.read(buffer);
            }
        } catch (IOException e) {
            quietly(from);
        }
        quietly(to);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
