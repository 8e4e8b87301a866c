// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smshttp;

import io.dragoman.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Debian's Kannel with files and ports of its own, on loopback, with one SMS centre that it logs in to by SMPP. */
public final class Kannel implements AutoCloseable {
    private static final Path BEARERBOX = Path.of("/usr/sbin/bearerbox");
    private static final Path SMSBOX = Path.of("/usr/sbin/smsbox");

    private final int admin = FreePort.find();
    private final int boxes = FreePort.find();
    private final int sendsms;
    private final Path root;
    private Process bearerbox;
    private Process smsbox;

    /**
     * Starts it.
     *
     * @param centre the port of the SMS centre
     * @param sendsms the port of its own on which it takes messages
     * @param getUrl what it calls for each text
     */
    public Kannel(Path root, int centre, int sendsms, String getUrl) throws IOException {
        this.root = root;
        this.sendsms = sendsms;
        Files.createDirectories(root.resolve("spool"));
        Files.writeString(root.resolve("kannel.conf"), """
                group = core
                admin-port = %d
                admin-interface = "127.0.0.1"
                admin-password = secret
                smsbox-port = %d
                smsbox-interface = "127.0.0.1"
                box-allow-ip = "127.0.0.1"
                store-type = spool
                store-location = "%s/spool"
                sms-combine-concatenated-mo = true

                group = smsc
                smsc = smpp
                smsc-id = centre
                host = "127.0.0.1"
                port = %d
                transceiver-mode = true
                smsc-username = kannel
                smsc-password = secret
                system-type = ""
                reconnect-delay = 1

                group = smsbox
                bearerbox-host = "127.0.0.1"
                sendsms-port = %d
                sendsms-interface = "127.0.0.1"
                http-request-retry = 100000
                http-queue-delay = 1

                group = sendsms-user
                username = shop
                password = secret
                concatenation = true
                max-messages = 10

                group = sms-service
                keyword = default
                catch-all = true
                get-url = "%s"
                concatenation = true
                omit-empty = true
                max-messages = 0
                """.formatted(admin, boxes, root, centre, sendsms, getUrl));
        bearerbox = start(BEARERBOX, boxes);
        smsbox = start(SMSBOX, sendsms);
    }

    public static boolean isInstalled() {
        return Files.isExecutable(BEARERBOX) && Files.isExecutable(SMSBOX);
    }

    /** Kills the part that calls us, in the midst of whatever it does; the other keeps what it got. */
    public void killSmsbox() throws InterruptedException {
        smsbox.destroyForcibly().waitFor();
    }

    public void startSmsbox() throws IOException {
        smsbox = start(SMSBOX, sendsms);
    }

    private Process start(Path program, int port) throws IOException {
        Path out = root.resolve(program.getFileName() + ".out");
        Process process = new ProcessBuilder(
                        program.toString(), root.resolve("kannel.conf").toString())
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!answers(port)) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                process.destroyForcibly();
                throw new IOException(program + " does not start: " + Files.readString(out));
            }
            LockSupport.parkNanos(20_000_000);
        }
        return process;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            killSmsbox();
            bearerbox.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
