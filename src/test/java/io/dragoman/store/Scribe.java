// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A process that takes in events through the real writer and says, by a write of its own, which of them it was told are
 * committed. To be watched by strace.
 */
public final class Scribe {
    private static final int MOST_TRIES = 10;

    private Scribe() {}

    /**
     * Arguments: the database file, {@code FULL} or {@code NORMAL}, how many events each of three threads brings, after
     * how many pages a checkpoint is made.
     */
    public static void main(String[] arguments) throws InterruptedException {
        try (SqliteDatabase database = SqliteDatabase.open(Path.of(arguments[0]))) {
            Sql sql = database.writer();
            sql.update("PRAGMA synchronous=" + arguments[1]);
            sql.one("PRAGMA wal_autocheckpoint=" + arguments[3], row -> row.getLong(1));
            Writer writer = new Writer(database, sql, Runnable::run, woken -> {}, failure -> Runtime.getRuntime()
                    .halt(70));
            int events = Integer.parseInt(arguments[2]);
            Supplier<String> ids = Arrivals.ids();
            CountDownLatch done = new CountDownLatch(3);
            OutputStream out = new FileOutputStream(FileDescriptor.out); // unbuffered: one write for one word
            for (int thread = 0; thread < 3; thread++) {
                String sender = "sender-" + thread;
                new Thread(() -> {
                            bring(writer, out, ids, sender, events);
                            done.countDown();
                        })
                        .start();
            }
            done.await();
            writer.stop();
        }
    }

    /** As a sender does: again when it was refused, though not for ever. */
    private static boolean taken(Writer writer, Supplier<String> ids, Events.Arrived arrived) {
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                writer.write(tx -> tx.events().take(arrived, ids, 1)).join();
                return true;
            } catch (CompletionException e) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        return false;
    }

    private static void bring(Writer writer, OutputStream out, Supplier<String> ids, String sender, int events) {
        for (int i = 0; i < events; i++) {
            String key = sender + "." + i;
            String text = key + " ".repeat(i % 700);
            if (!taken(writer, ids, Arrivals.message(sender, key, text))) {
                return;
            }
            try {
                out.write(("ack " + key + '\n').getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
