// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A GSM modem in a network, as smsd takes one ({@code device = @127.0.0.1:port}): a SIM with messages in it, and a network
 * that takes messages, as 3GPP TS 27.005 has them in PDU mode. Thread-safe.
 */
public final class GsmModem implements AutoCloseable {
    private static final int END_OF_PDU = 0x1a;

    private final ServerSocket server;
    private final TreeMap<Integer, String> sim = new TreeMap<>();
    private final AtomicInteger references = new AtomicInteger(250);
    private final List<Submitted> sent = new CopyOnWriteArrayList<>();
    private final String unreachable;

    /** A part that the network took, with the number that it gave it. */
    public record Submitted(int reference, SmsPdu.Submit part) {}

    /** @param unreachable the number to which the network takes nothing */
    public GsmModem(String unreachable) throws IOException {
        this.unreachable = unreachable;
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** A message comes, or a report. */
    public synchronized void brings(String pdu) {
        int place = 1;
        while (sim.containsKey(place)) {
            place++;
        }
        sim.put(place, pdu);
    }

    /** The network tells what became of each part to these numbers, as TP-Status has it. */
    public void reports(int status, String... numbers) {
        for (Submitted one : sent) {
            if (List.of(numbers).contains(one.part().to())) {
                brings(SmsPdu.report(one.reference(), one.part().to(), status));
            }
        }
    }

    public synchronized boolean isEmpty() {
        return sim.isEmpty();
    }

    public List<Submitted> sent() {
        return List.copyOf(sent);
    }

    /** The texts that one number got, joined of their parts. */
    public List<String> texts(String number) {
        return SmsPdu.Submit.join(sent.stream()
                .map(Submitted::part)
                .filter(part -> part.to().equals(number))
                .toList());
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "gsm-modem");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                thread(() -> serve(socket));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\r' || next == END_OF_PDU) {
                    out.write(
                            answer(line.toString().strip(), next == END_OF_PDU).getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    line.setLength(0);
                } else {
                    line.append((char) next);
                }
            }
        } catch (IOException e) {
            return; // smsd went
        }
    }

    private synchronized String answer(String command, boolean pdu) {
        if (pdu) {
            return submit(command);
        } else if (command.startsWith("AT+CMGS=")) {
            return "\r\n> ";
        } else if (command.startsWith("AT+CMGR=")) {
            String message = sim.get(place(command));
            return message == null
                    ? ok("")
                    : ok("+CMGR: 0,," + (message.length() / 2 - 1) + "\r\n" + message + "\r\n\r\n");
        } else if (command.startsWith("AT+CMGD=")) {
            sim.remove(place(command));
            return ok("");
        }
        return switch (command) {
            case "AT+CPMS?" -> {
                String used = "\"SM\"," + sim.size() + ",30";
                yield ok("+CPMS: " + used + "," + used + "," + used + "\r\n\r\n");
            }
            case "AT+CPIN?" -> ok("+CPIN: READY\r\n\r\n");
            case "AT+CSQ" -> ok("+CSQ: 20,0\r\n\r\n");
            case "AT+CREG?" -> ok("+CREG: 0,1\r\n\r\n");
            case "AT+CIMI" -> ok("262010000000001\r\n\r\n");
            case "AT+CGSN" -> ok("350000000000006\r\n\r\n");
            default -> ok("");
        };
    }

    private String submit(String pdu) {
        SmsPdu.Submit part = SmsPdu.Submit.of(pdu);
        if (part.to().equals(unreachable)) {
            return "\r\n+CMS ERROR: 38\r\n"; // network out of order
        }
        int reference = references.incrementAndGet() % 256;
        sent.add(new Submitted(reference, part));
        return ok("+CMGS: " + reference + "\r\n\r\n");
    }

    private static String ok(String answer) {
        return "\r\n" + answer + "OK\r\n";
    }

    private static int place(String command) {
        return Integer.parseInt(command.substring(command.indexOf('=') + 1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
