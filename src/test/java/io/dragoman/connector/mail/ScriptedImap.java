// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An IMAP server with two mails that does what GreenMail will not: lack IDLE, tell of it, refuse to give one mail. */
final class ScriptedImap implements AutoCloseable {
    final List<String> commands = new CopyOnWriteArrayList<>();
    volatile boolean refusesFirstMail;
    volatile boolean idles;
    /** Else CAPABILITY is answered OK and nothing more. */
    volatile boolean tellsCapabilities = true;
    /** What every login is answered; empty lets in. */
    volatile String refusal = "";

    volatile boolean arrivesAsIdleBegins;
    private volatile int mails = 2;
    private volatile int validity = 7;
    private volatile OutputStream idling = OutputStream.nullOutputStream();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    ScriptedImap() throws IOException {
        Thread thread = new Thread(this::serve, "scripted-imap");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** A third mail arrives; who idles is told. */
    void arrives() throws IOException {
        mails = 3;
        write(idling, "* 3 EXISTS");
    }

    /** The folder is deleted and made again, with one mail in it; who idles is told nothing. */
    void madeAnew() {
        validity = 8;
        mails = 1;
    }

    /** A third mail arrives, and who idles is not told. */
    void arrivesInSilence() {
        mails = 3;
    }

    void awaits(String command) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (commands.stream().noneMatch(line -> line.contains(command)) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    OutputStream out = client.getOutputStream();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
                write(out, "* OK ready");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    commands.add(line);
                    String[] words = line.split(" ", 3);
                    answer(out, in, words[0], words[1].toUpperCase(Locale.ROOT), words.length > 2 ? words[2] : "");
                }
            } catch (IOException e) {
                // the client left, or the test is over
            }
        }
    }

    private void answer(OutputStream out, BufferedReader in, String tag, String command, String rest)
            throws IOException {
        String end = " OK done";
        switch (command) {
            case "CAPABILITY" -> {
                if (tellsCapabilities) {
                    write(out, "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2" + (idles ? " IDLE" : ""));
                }
            }
            case "AUTHENTICATE" -> {
                if (!rest.contains(" ")) {
                    write(out, "+ ");
                    commands.add(in.readLine());
                }
            }
            case "EXAMINE" ->
                write(
                        out,
                        "* FLAGS (\\Seen)\r\n* " + mails
                                + " EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY " + validity
                                + "] ok\r\n* OK [UIDNEXT 13] ok");
            case "IDLE" -> {
                idling = out;
                if (arrivesAsIdleBegins) {
                    arrives();
                }
                write(out, "+ idling");
                commands.add(tag + " IDLE is on");
                commands.add(in.readLine());
            }
            case "LOGIN" -> end = refusal.isEmpty() ? end : " " + refusal;
            case "FETCH" -> end = fetch(out, rest);
            default -> {}
        }
        write(out, tag + end);
    }

    private String fetch(OutputStream out, String rest) throws IOException {
        int first = rest.charAt(0) - '0';
        int last = rest.charAt(1) == ':' ? rest.charAt(2) - '0' : first;
        for (int number = first; number <= last; number++) {
            String mail = "From: ana@customer.example\r\nSubject: mail " + number + "\r\n\r\nwords\r\n";
            if (!rest.contains("BODY")) {
                write(
                        out,
                        "* " + number + " FETCH (UID " + (10 + number) + " RFC822.SIZE " + mail.length()
                                + " INTERNALDATE \"20-Nov-2026 09:30:00 +0000\")");
            } else if (number == 1 && refusesFirstMail) {
                return " NO [SERVERBUG] broken mail";
            } else {
                write(out, "* " + number + " FETCH (BODY[]<0> {" + mail.length() + "}\r\n" + mail + ")");
            }
        }
        return " OK done";
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
