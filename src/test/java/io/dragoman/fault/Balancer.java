// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What stands in front of several gateways: a connection goes to the next of them that takes it, and breaks with it. A
 * pause before what each client says keeps the load to what a small machine can work off.
 */
final class Balancer implements AutoCloseable {
    private final ServerSocket listener;
    private final int[] gateways;
    private volatile long pauseNanos;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Balancer(int port, Duration pause, int... gateways) throws IOException {
        this.listener = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        this.gateways = gateways.clone();
        this.pauseNanos = pause.toNanos();
        start(this::accept);
    }

    /** Pauses no more. */
    void hurry() {
        pauseNanos = 0;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "balancer");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                return; // it is closed
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                Socket gateway = gateway()) {
            open.add(gateway);
            start(() -> pump(gateway, client, () -> {}));
            pump(client, gateway, () -> LockSupport.parkNanos(pauseNanos));
            open.remove(gateway);
        } catch (IOException e) {
            // none of them takes it: the client tries again
        } finally {
            open.remove(client);
        }
    }

    private Socket gateway() throws IOException {
        IOException last = new IOException("there is no gateway");
        int first = next.getAndIncrement();
        for (int i = 0; i < gateways.length; i++) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                int port = gateways[Math.floorMod(first + i, gateways.length)];
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    /** Ends both when one of them ends. */
    private static void pump(Socket from, Socket to, Runnable pause) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pause.run();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // one of them broke it
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
