// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A port for a server of a test that is stopped and started, that is started later, or that nobody may listen on. It is
 * below those that the system gives to clients and to whoever asks for any, and no other test gets it while this process
 * lives: each has locked the byte of its port in a file that all processes share. The lock ends with the process.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int BEHIND = behind();
    private static final FileChannel SHARED = shared();
    /** Referred to as long as they are to last. */
    private static final List<FileLock> LOCKS = new ArrayList<>();

    private FreePort() {}

    /** One that is this process's own from now on. */
    public static synchronized int find() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND);
            if (take(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + (BEHIND - 1));
    }

    /** Whether it is this process's own from now on, and was nobody's before. */
    static synchronized boolean take(int port) {
        FileLock lock = lock(port);
        if (lock == null) {
            return false;
        }
        LOCKS.add(lock); // where a stranger listens too: nobody needs to try it again
        return isFree(port);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable FileLock lock(int port) {
        try {
            return SHARED.tryLock(port, 1, false);
        } catch (OverlappingFileLockException e) {
            return null; // of this process
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel shared() {
        String name = "dragoman-test-ports-" + System.getProperty("user.name");
        try {
            return FileChannel.open(
                    Path.of(System.getProperty("java.io.tmpdir"), name),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first that the system gives to clients; where it does not say, as Linux has it by itself. */
    private static int behind() {
        try {
            String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
            int first = Integer.parseInt(range.strip().split("\\s+")[0]);
            return first > FIRST + 1_000 ? first : 32_768;
        } catch (IOException e) {
            return 32_768;
        }
    }
}
