// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports, for addresses that must be known before somebody listens there. */
final class Ports {
    private Ports() {}

    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
