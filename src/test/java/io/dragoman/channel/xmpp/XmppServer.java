// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.FreePort;
import io.dragoman.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One of Debian's XMPP servers for {@code chat.test}, with a root and ports of its own, on loopback, as its own user. */
abstract class XmppServer implements AutoCloseable {
    static final String DOMAIN = "chat.test";
    static final String PASSWORD = "correct horse";
    /** One of each for every test. */
    static final List<String> USERS = "abcdefghijklmnopqr"
            .chars()
            .boxed()
            .flatMap(test -> Stream.of("shop", "ana", "ben").map(user -> user + "-" + Character.toString(test)))
            .toList();

    final int port = FreePort.find();
    final int http = FreePort.find();
    final Path root;
    final Path authority;
    private final String user;
    private Process process;

    XmppServer(String user) throws IOException {
        this.user = user;
        root = Files.createTempDirectory(user);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        TestAuthority made = new TestAuthority(root, "Shop Root");
        authority = made.pem();
        configure(made.issue("server", DOMAIN, -1).write());
        give();
        start();
    }

    /** Writes its files. */
    abstract void configure(Path[] certificate) throws IOException;

    abstract List<String> command();

    abstract Map<String, String> environment();

    /** What is to be done when it runs for the first time. */
    abstract void ready() throws IOException, InterruptedException;

    void start() throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
        }
        command.addAll(command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("out").toFile());
        builder.environment().putAll(environment());
        process = builder.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!answers(port) || !answers(http)) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IOException(user + " does not start: " + Files.readString(root.resolve("out")));
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Ends it as a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void give() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return;
        }
        UserPrincipal owner =
                root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.toList()) {
                Files.setOwner(one, owner);
            }
        }
    }
}
