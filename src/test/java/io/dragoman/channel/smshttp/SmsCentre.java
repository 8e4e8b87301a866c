// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smshttp;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The least of an SMS centre that speaks SMPP 3.4 (its chapters 4 and 5) over loopback with one client: it takes
 * messages, reports each as delivered, and brings texts.
 */
public final class SmsCentre implements Closeable {
    private static final int BIND_TRANSCEIVER = 0x09;
    private static final int SUBMIT_SM = 0x04;
    private static final int DELIVER_SM = 0x05;
    private static final int UNBIND = 0x06;
    private static final int ENQUIRE_LINK = 0x15;
    private static final int RESPONSE = 0x80000000;

    /** The texts that it took: data coding, a blank, and the text. */
    public final List<String> taken = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private volatile @Nullable Socket client;
    private volatile boolean refuses;
    private int sequence = 1000;
    private int ids;

    public SmsCentre() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "sms-centre");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Whether a client is logged in. */
    public boolean isBound() {
        Socket socket = client;
        return socket != null && !socket.isClosed();
    }

    /** Takes no more messages: the number is no number (ESME_RINVDSTADR). */
    public void refuses(boolean now) {
        refuses = now;
    }

    /** Breaks the connection. */
    public void disconnect() throws IOException {
        Socket socket = client;
        client = null;
        if (socket != null) {
            socket.close();
        }
    }

    /** A customer's text, in the centre's default alphabet as long as it is ASCII, else in UCS-2. */
    public void brings(String from, String text) throws IOException {
        boolean plain = text.chars().allMatch(unit -> unit < 128);
        byte[] bytes = text.getBytes(plain ? StandardCharsets.US_ASCII : StandardCharsets.UTF_16BE);
        send(DELIVER_SM, next(), shortMessage(from, 0, plain ? 0 : 8, bytes));
    }

    private synchronized int next() {
        return ++sequence;
    }

    private static byte[] shortMessage(String from, int esmClass, int coding, byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        address(out, from);
        address(out, "4930111");
        out.writeBytes(new byte[] {(byte) esmClass, 0, 0, 0, 0, 0, 0, (byte) coding, 0, (byte) text.length});
        out.writeBytes(text);
        return out.toByteArray();
    }

    private static void address(ByteArrayOutputStream out, String number) {
        out.write(1);
        out.write(1);
        out.writeBytes(number.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                serve(socket, new DataInputStream(socket.getInputStream()));
            } catch (IOException e) {
                client = null; // the next one, unless it is closed
            }
        }
    }

    private void serve(Socket socket, DataInputStream in) throws IOException {
        while (true) {
            byte[] body = new byte[in.readInt() - 16];
            int command = in.readInt();
            in.readInt();
            int number = in.readInt();
            in.readFully(body);
            if (command == BIND_TRANSCEIVER) {
                client = socket;
                send(RESPONSE | command, number, new byte[] {'c', 0});
            } else if (command == SUBMIT_SM) {
                take(number, body);
            } else if (command == UNBIND || command == ENQUIRE_LINK) {
                send(RESPONSE | command, number, new byte[0]);
            }
        }
    }

    private void take(int number, byte[] body) throws IOException {
        if (refuses) {
            send(RESPONSE | SUBMIT_SM, 0x0b, number, new byte[0]);
            return;
        }
        ByteBuffer pdu = ByteBuffer.wrap(body);
        word(pdu);
        pdu.getShort();
        word(pdu);
        pdu.getShort();
        String to = word(pdu);
        pdu.position(pdu.position() + 3);
        word(pdu);
        word(pdu);
        boolean report = pdu.get() != 0;
        pdu.get();
        int coding = pdu.get();
        pdu.get();
        byte[] text = new byte[pdu.get() & 0xff];
        pdu.get(text);
        String id = "id-" + ++ids;
        send(RESPONSE | SUBMIT_SM, number, (id + "\0").getBytes(StandardCharsets.US_ASCII));
        taken.add(coding + " " + new String(text, coding == 8 ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII));
        if (report) {
            String words = "id:" + id + " sub:001 dlvrd:001 submit date:2611281200 done date:2611281201"
                    + " stat:DELIVRD err:000 text:";
            send(DELIVER_SM, next(), shortMessage(to, 4, 0, words.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static String word(ByteBuffer pdu) {
        StringBuilder text = new StringBuilder();
        for (byte one = pdu.get(); one != 0; one = pdu.get()) {
            text.append((char) one);
        }
        return text.toString();
    }

    private void send(int command, int number, byte[] body) throws IOException {
        send(command, 0, number, body);
    }

    private synchronized void send(int command, int status, int number, byte[] body) throws IOException {
        Socket socket = client;
        if (socket == null) {
            throw new IOException("nobody is logged in to the SMS centre");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(whole);
        out.writeInt(16 + body.length);
        out.writeInt(command);
        out.writeInt(status);
        out.writeInt(number);
        out.write(body);
        socket.getOutputStream().write(whole.toByteArray());
    }

    @Override
    public void close() {
        try {
            server.close();
            disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
