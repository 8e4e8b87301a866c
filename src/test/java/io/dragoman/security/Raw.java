// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP as bare bytes: what no client library would send. */
final class Raw implements AutoCloseable {
    private final Socket socket;

    Raw(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
    }

    /** Sends one request on a connection of its own and reads all that comes, until the other side hangs up. */
    static String ask(int port, String request) throws IOException {
        try (Raw raw = new Raw(port)) {
            raw.send(request);
            return raw.rest();
        }
    }

    Raw send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** What comes until the other side hangs up; what a reset leaves of it. */
    String rest() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (IOException e) {
            // a reset, after what came before
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** The status line and headers of the next answer; empty when none comes while we have patience. */
    String head() throws IOException {
        try {
            return read();
        } catch (java.net.SocketTimeoutException e) {
            return "";
        }
    }

    Raw patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    private String read() throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = socket.getInputStream().read();
                b >= 0;
                b = socket.getInputStream().read()) {
            head.append((char) b);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    static int status(String answer) {
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
