// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMS centre that answers each login with octets of the test's own, and writes down what comes after it. */
final class RawCentre implements AutoCloseable {
    static final int DELIVER_SM = 0x05;
    static final int BIND_RESP = 0x80000009;

    private static final int UNBIND = 0x06;
    private static final int OPEN = -1;

    /** Command, status and number of each PDU that came after a login, but for its end. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    private final int closing;
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    /** What follows the answer to a login, in the same write. */
    interface Script {
        void write(DataOutputStream out) throws IOException;
    }

    RawCentre(Script script) throws IOException {
        this(script, OPEN);
    }

    /** One that closes the connection at a login, after its answer with this status; 0 for without an answer. */
    static RawCentre closing(int status) throws IOException {
        return new RawCentre(out -> {}, status);
    }

    private RawCentre(Script script, int closing) throws IOException {
        this.closing = closing;
        Thread thread = new Thread(() -> serve(script), "raw-centre");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve(Script script) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                while (true) {
                    int length = in.readInt();
                    int command = in.readInt();
                    int status = in.readInt();
                    int sequence = in.readInt();
                    in.readNBytes(length - 16);
                    if (command == (BIND_RESP & 0xff) && closing >= 0) {
                        if (closing > 0) {
                            ByteArrayOutputStream refusal = new ByteArrayOutputStream();
                            pdu(new DataOutputStream(refusal), BIND_RESP, closing, sequence, new byte[0]);
                            socket.getOutputStream().write(refusal.toByteArray());
                        }
                        break;
                    } else if (command == (BIND_RESP & 0xff)) {
                        ByteArrayOutputStream answer = new ByteArrayOutputStream();
                        DataOutputStream out = new DataOutputStream(answer);
                        pdu(out, BIND_RESP, sequence, new byte[] {'c', 0});
                        script.write(out);
                        socket.getOutputStream().write(answer.toByteArray());
                    } else if (command == UNBIND) {
                        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                        pdu(out, UNBIND | 0x80000000, sequence, new byte[0]);
                    } else {
                        heard.add(Integer.toHexString(command) + " " + status + " " + sequence);
                    }
                }
            } catch (IOException e) {
                // the next one, unless it is closed
            }
        }
    }

    static void pdu(DataOutputStream out, int command, int sequence, byte[] body) throws IOException {
        pdu(out, command, 0, sequence, body);
    }

    private static void pdu(DataOutputStream out, int command, int status, int sequence, byte[] body)
            throws IOException {
        out.writeInt(16 + body.length);
        out.writeInt(command);
        out.writeInt(status);
        out.writeInt(sequence);
        out.write(body);
    }

    static byte[] text(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        for (String number : List.of("4917000001", "4930114")) {
            out.writeBytes(new byte[] {1, 1});
            out.writeBytes((number + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(new byte[9]);
        out.write(text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
