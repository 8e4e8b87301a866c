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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A POP3 server with one mail that has raw UTF-8 in its header. To whom did not ask for UTF8 it gives a notice with the
 * mail inside, as Courier's does. It is as strict as RFC 6856 lets it be: no UTF8 behind a login, no STLS behind UTF8.
 */
final class ScriptedPop3 implements AutoCloseable {
    static final String MAIL = """
            From: Zoë <zoe@customer.example>
            To: support@shop.example
            Subject: grüße
            Message-ID: <one@customer.example>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8

            hello
            """.replace("\n", "\r\n");

    private static final String NOTICE = """
            From: postmaster@mail.shop.example
            Subject: Cannot display Unicode content
            MIME-Version: 1.0
            Content-Type: message/global
            Content-Transfer-Encoding: 8bit

            """.replace("\n", "\r\n") + MAIL;

    /** What was asked, in the order of its arrival; what is encrypted has {@code "tls "} before it. */
    final List<String> commands = new CopyOnWriteArrayList<>();

    /** What CAPA has besides UIDL, TOP and USER. */
    volatile List<String> capabilities = List.of();

    volatile List<String> capabilitiesInTls = List.of();
    volatile String user = "support";
    volatile String password = "secret";
    volatile String answerToUtf8 = "+OK";

    /** The command that is never answered; the connection stays open. */
    volatile String silentAt = "";

    /** The command at which the connection is closed. */
    volatile String leavesAt = "";

    private final @Nullable SSLContext tls;
    private final boolean first;
    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    /** @param first whether TLS starts with the first byte, else by STLS; without a context there is none */
    ScriptedPop3(@Nullable SSLContext tls, boolean first) throws IOException {
        this.tls = tls;
        this.first = first;
        Thread thread = new Thread(this::serve, "scripted-pop3");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket plain = listener.accept()) {
                new Talk(plain).run();
            } catch (IOException e) {
                // the client left, or the test is over
            }
        }
    }

    /** One connection. */
    private final class Talk {
        private final Socket plain;
        private Socket socket;
        private BufferedReader in;
        private boolean utf8;
        private boolean known;
        private String named = "";
        /** RFC 5034 §4: on a line of its own, for it is too long for that of the command. */
        private boolean tokenComes;

        Talk(Socket plain) throws IOException {
            this.plain = plain;
            this.socket = plain;
            this.in = reader(plain);
        }

        void run() throws IOException {
            if (first) {
                secure();
            }
            write("+OK ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add((socket == plain ? "" : "tls ") + line);
                if (tokenComes) {
                    tokenComes = false;
                    write(let(line.equals(encoded("user=" + user + "\1auth=Bearer " + password + "\1\1"))));
                    continue;
                }
                String[] words = line.split(" ", 2);
                String command = words[0].toUpperCase(Locale.ROOT);
                if (command.equals(leavesAt)) {
                    return;
                }
                if (!command.equals(silentAt)) {
                    write(answer(command, words.length > 1 ? words[1] : ""));
                }
                if (command.equals("STLS")) {
                    secure();
                }
            }
        }

        private String answer(String command, String rest) {
            return switch (command) {
                case "CAPA" ->
                    "+OK\r\nUIDL\r\nTOP\r\nUSER\r\n"
                            + String.join("", lines(socket == plain ? capabilities : capabilitiesInTls)) + ".";
                case "STLS" -> utf8 ? "-ERR not behind UTF8" : "+OK";
                case "UTF8" -> {
                    utf8 = !known && answerToUtf8.startsWith("+OK");
                    yield known ? "-ERR too late" : answerToUtf8;
                }
                case "USER" -> {
                    named = rest;
                    yield "+OK";
                }
                case "PASS" -> let(named.equals(user) && rest.equals(password));
                case "AUTH" -> {
                    tokenComes = rest.equals("XOAUTH2");
                    yield tokenComes ? "+ " : let(rest.equals("PLAIN " + encoded("\0" + user + "\0" + password)));
                }
                case "STAT" -> "+OK 1 200";
                case "LIST" -> "+OK 1 200";
                case "UIDL" -> "+OK\r\n1 one\r\n.";
                case "TOP" -> "+OK\r\n" + (utf8 ? MAIL : NOTICE).split("\r\n\r\n", 2)[0] + "\r\n\r\n.";
                case "RETR" -> "+OK\r\n" + (utf8 ? MAIL : NOTICE) + ".";
                default -> "+OK";
            };
        }

        private String let(boolean in) {
            known = in;
            return in ? "+OK" : "-ERR [AUTH] no";
        }

        private void write(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        private void secure() throws IOException {
            if (tls == null) {
                throw new IOException("this server has no TLS");
            }
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port(), true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            socket = secure;
            in = reader(secure);
        }
    }

    private static List<String> lines(List<String> texts) {
        return texts.stream().map(text -> text + "\r\n").toList();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }
}
