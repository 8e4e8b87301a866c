// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that answers as scripted: an answer of the empty string is silence, {@code CLOSE} hangs up. */
final class SmtpStub implements AutoCloseable {
    static final String CLOSE = "CLOSE";
    static final String SILENCE = "";

    private final ServerSocket listener;
    private final @Nullable SSLContext tls;
    private final Map<String, String> script = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    SmtpStub() {
        this(null);
    }

    /** With {@code tls}, from the first byte. */
    SmtpStub(boolean tls) {
        this(tls ? TestTls.trusting() : null);
    }

    /** With a context, TLS from the first byte. */
    SmtpStub(@Nullable SSLContext tls) {
        this.tls = tls;
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Answers commands that start with {@code command} by this. */
    SmtpStub on(String command, String answer) {
        script.put(command, answer);
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Every line that came, data included. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        quietly(listener);
        open.forEach(SmtpStub::quietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket socket = tls != null ? secure(plain, tls) : plain) {
            talk(socket);
        } catch (IOException e) {
            // the client went away
        }
    }

    private void talk(Socket first) throws IOException {
        Socket socket = first;
        BufferedReader in = reader(socket);
        if (!say(socket, "greeting", "220 stub ready")) {
            return;
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            String command = line.toUpperCase(Locale.ROOT);
            if (!say(socket, line, usual(command))) {
                return;
            }
            if (command.equals("STARTTLS")) {
                socket = secure(socket, TestTls.trusting());
                in = reader(socket);
            }
            if (command.equals("DATA") && !script.containsKey("DATA")) {
                for (line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                    heard.add(line);
                }
                if (!say(socket, "dot", "250 2.0.0 queued")) {
                    return;
                }
            }
        }
    }

    private static String usual(String command) {
        if (command.startsWith("EHLO")) {
            return "250-stub\r\n250-STARTTLS\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN XOAUTH2";
        }
        if (command.startsWith("AUTH")) {
            return "235 2.7.0 welcome";
        }
        if (command.equals("STARTTLS")) {
            return "220 go on";
        }
        return command.equals("DATA") ? "354 go on" : command.equals("QUIT") ? "221 bye" : "250 2.1.0 ok";
    }

    private boolean say(Socket socket, String line, String usual) throws IOException {
        String answer = scripted(line);
        if (CLOSE.equals(answer)) {
            return false;
        }
        String text = answer == null ? usual : answer;
        if (!text.isEmpty()) {
            socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        return true;
    }

    private @Nullable String scripted(String line) {
        return script.entrySet().stream()
                .filter(entry -> line.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Socket secure(Socket socket, SSLContext tls) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void quietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // closed already
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "smtp-stub");
        thread.setDaemon(true);
        thread.start();
    }
}
