// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server of a test that is stopped and started: below those that the system gives to clients, one of which
 * could otherwise take it in between.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int BEHIND = 32_768;

    private FreePort() {}

    public static int find() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: the next
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + (BEHIND - 1));
    }
}
