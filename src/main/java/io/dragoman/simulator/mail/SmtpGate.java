// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import io.dragoman.simulator.Answering.Answer;
import io.dragoman.simulator.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a mail server, hands on each command and each reply (RFC 5321), and answers a mail otherwise where it is
 * told so. Thread-safe.
 */
final class SmtpGate implements AutoCloseable {
    private static final String ECHO = " about the mail: ";
    private static final List<String> ODD_REPLIES =
            List.of("299 2.9.9 odd", "250", "no reply at all", "999 9.9.9 more than there is", "", "-1 below");

    private final ServerSocket socket;
    private final int server;
    private final Script script;

    SmtpGate(int server, Script script) {
        this.server = server;
        this.script = script;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "simulator-smtp-gate");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                Socket client = socket.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket there = new Socket(InetAddress.getLoopbackAddress(), server)) {
            Line ours = new Line(client);
            Line theirs = new Line(there);
            ours.write(theirs.reply());
            for (String command = ours.read(); command != null; command = ours.read()) {
                String reply = command.toUpperCase(Locale.ROOT).startsWith("DATA")
                        ? mail(ours, theirs)
                        : theirs.asked(command + "\r\n");
                if (reply == null) {
                    return;
                }
                ours.write(reply);
            }
        } catch (IOException e) {
            // one of the two is gone
        }
    }

    /** The reply to a mail; null ends the connection. */
    private @Nullable String mail(Line ours, Line theirs) throws IOException {
        ours.write("354 go on\r\n");
        StringBuilder mail = new StringBuilder();
        String line;
        do {
            line = ours.read();
            if (line == null) {
                return null;
            }
            mail.append(line).append("\r\n");
        } while (!line.equals("."));
        Answer answer = script.answer(mail.toString());
        return switch (answer) {
            case TAKEN -> theirs.took(mail);
            case THROTTLED -> "450 4.7.1 too many" + echo(mail) + "\r\n";
            case BUSY -> "421 4.3.2 not now" + echo(mail) + "\r\n";
            case REFUSED -> "550 5.1.1 nobody" + echo(mail) + "\r\n";
            case FAILED -> "451 4.3.0 it failed" + echo(mail) + "\r\n";
            case ODD -> script.odd(ODD_REPLIES) + "\r\n";
            case SILENT -> {
                theirs.took(mail);
                ours.read(); // until the client gives up
                yield null;
            }
            case CUT -> {
                theirs.took(mail);
                yield null;
            }
        };
    }

    /** Its text, as servers repeat what they refuse. */
    private static String echo(CharSequence mail) {
        String[] lines = mail.toString().split("\r\n");
        return ECHO + lines[Math.max(0, lines.length - 2)];
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One side. */
    private static final class Line {
        private final BufferedReader in;
        private final OutputStream out;

        Line(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            out = socket.getOutputStream();
        }

        @Nullable
        String read() throws IOException {
            return in.readLine();
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** A whole reply: its last line has no hyphen behind its number. */
        String reply() throws IOException {
            StringBuilder reply = new StringBuilder();
            String line;
            do {
                line = read();
                if (line == null) {
                    throw new IOException("the server hung up");
                }
                reply.append(line).append("\r\n");
            } while (line.length() > 3 && line.charAt(3) == '-');
            return reply.toString();
        }

        String asked(String command) throws IOException {
            write(command);
            return reply();
        }

        /** A mail that was read whole: the server hears of none that is refused here. */
        String took(CharSequence mail) throws IOException {
            String reply = asked("DATA\r\n");
            return reply.startsWith("354") ? asked(mail.toString()) : reply;
        }
    }
}
