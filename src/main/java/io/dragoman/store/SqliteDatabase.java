// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The embedded database file: one writer, several readers, settings that keep every acknowledged commit through a power
 * cut, read back before anything is accepted.
 */
final class SqliteDatabase implements Database {
    private static final String AUDIT_ONLY_GROWS = """
            CREATE TRIGGER audit_is_new BEFORE INSERT ON audit WHEN EXISTS(SELECT 1 FROM audit WHERE id=NEW.id)
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
            CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
            CREATE TRIGGER audit_keeps BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
            """;

    private static final String STATES_KEPT = """
            CREATE TRIGGER conversation_state AFTER UPDATE OF status ON conversation WHEN NEW.status<>OLD.status
            BEGIN INSERT INTO state_change(conversation,n,status,at) VALUES(NEW.id,
              (SELECT COALESCE(MAX(n),0)+1 FROM state_change WHERE conversation=NEW.id), NEW.status, NEW.updated_at); END;
            """;

    /** Older ones can corrupt the database when a checkpoint meets a write (fixed in 3.51.3). */
    private static final int[] OLDEST = {3, 51, 3};

    private static final String LOCK = "dragoman.lock";
    /**
     * The journal is copied into the database when it has so many pages, 32 MB: a page that each of many commits changes
     * is copied once.
     */
    private static final String CHECKPOINT_PAGES = "8000";

    private static final int READERS = 4;
    /** Each waits as long as a busy database is waited for. */
    private static final int CHECKPOINTS = 6;

    private final String url;
    private final FileLock lock;
    private final List<Sql> reading = new CopyOnWriteArrayList<>();
    private final List<Sql> writing = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final BlockingQueue<Sql> readers = new ArrayBlockingQueue<>(READERS);

    private SqliteDatabase(String url, FileLock lock) {
        this.url = url;
        this.lock = lock;
    }

    static SqliteDatabase open(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new StoreException.Unusable("store.url names no file");
        }
        try {
            OwnerOnly.folder(folder);
            FileLock lock = lock(folder.resolve(LOCK));
            OwnerOnly.file(file); // SQLite gives its other files the permissions of this one
            SqliteDatabase database = new SqliteDatabase("jdbc:sqlite:" + file.toAbsolutePath(), lock);
            database.migrate();
            return database;
        } catch (IOException e) {
            throw new StoreException.Unusable("the data folder " + folder + " cannot be written: " + e.getMessage()
                    + ". Make it writable for this user, or set store.url to another place.");
        }
    }

    static void preload() throws Exception {
        SQLiteJDBCLoader.initialize();
    }

    static boolean inUse(Path file) {
        Path lock = file.toAbsolutePath().resolveSibling(LOCK);
        if (!Files.exists(lock)) {
            return false;
        }
        try {
            lock(lock).channel().close();
            return false;
        } catch (StoreException.Unusable | IOException e) {
            return true;
        }
    }

    /** A connection that reads a database which another process may be writing; takes no lock. */
    static Sql look(Path file) {
        try {
            SQLiteConfig config = new SQLiteConfig();
            config.setReadOnly(true);
            config.setBusyTimeout(10_000);
            SQLiteDataSource source = new SQLiteDataSource(config);
            source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
            return new Sql(source.getConnection(), false);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(OwnerOnly.file(file), StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // held by this very process: the same answer
        }
        channel.close();
        throw new StoreException.InUse("the data folder " + file.getParent()
                + " is in use by another gateway. Stop that one, or give this one a data folder of its own.");
    }

    private void migrate() {
        SQLiteDataSource source = new SQLiteDataSource(config(false));
        source.setUrl(url);
        Migrations.run(
                source,
                "INTEGER",
                "BLOB",
                "STRICT",
                AUDIT_ONLY_GROWS,
                STATES_KEPT,
                "Start that one, or restore a back-up.");
    }

    @Override
    public Sql writer() {
        Sql sql = connect(false);
        demandDurable(sql);
        String version =
                sql.one("SELECT sqlite_version()", row -> row.getString(1)).orElse("0");
        if (older(version)) {
            throw new StoreException.Unusable("SQLite " + version + " can lose data; 3.51.3 or later is needed.");
        }
        return sql;
    }

    @Override
    public Sql borrow() throws InterruptedException {
        Sql idle = readers.poll();
        if (idle != null) {
            return idle;
        }
        return made.getAndIncrement() < READERS ? connect(true) : readers.take();
    }

    @Override
    public void giveBack(Sql reader) {
        readers.add(reader);
    }

    /** One writer, so that a transaction need not be begun again; and to take the lock at once, not at the first write. */
    @Override
    public boolean shared() {
        return false;
    }

    /** Nothing else writes here, so that the same would end the same. */
    @Override
    public boolean worthRepeating(StoreException refusal) {
        return false;
    }

    @Override
    public boolean rowsHeld(StoreException refusal) {
        return false;
    }

    @Override
    public boolean unavailable(StoreException failure) {
        return false;
    }

    /** What a failed commit left in the file is for the next start to find out. */
    @Override
    public boolean outlivesConnections() {
        return false;
    }

    /** Writes the file anew, and then empties the journal, for which those who read must have ended for a moment. */
    @Override
    public void compact(Sql sql) {
        sql.update("PRAGMA temp_store=FILE"); // the copy is as large as the store
        sql.update("VACUUM");
        sql.update("PRAGMA temp_store=MEMORY");
        for (int i = 0; i < CHECKPOINTS; i++) {
            if (sql.number("PRAGMA wal_checkpoint(TRUNCATE)") == 0) {
                return;
            }
        }
        throw new StoreException.Busy("somebody reads the store all the time, so that its journal cannot be emptied");
    }

    private Sql connect(boolean readOnly) {
        try {
            SQLiteDataSource source = new SQLiteDataSource(config(readOnly));
            source.setUrl(url);
            Connection connection = source.getConnection();
            Sql sql = new Sql(connection, false);
            (readOnly ? reading : writing).add(sql);
            return sql;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static SQLiteConfig config(boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(10_000);
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, "67108864");
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, readOnly ? "0" : CHECKPOINT_PAGES);
        config.setCacheSize(readOnly ? -4_000 : -48_000); // KiB
        // what a savepoint would need to go back lives as long as the unit of work: a file for it is written in vain
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setGetGeneratedKeys(false); // nobody asks for them, and the driver would after each INSERT
        config.setReadOnly(readOnly);
        return config;
    }

    /** Reads back what keeps an acknowledged commit; a file system or a build that set it otherwise is refused. */
    static void demandDurable(Sql sql) {
        check(sql, "journal_mode", "wal");
        check(sql, "synchronous", "2");
        check(sql, "foreign_keys", "1");
    }

    private static void check(Sql sql, String pragma, String wanted) {
        String found = sql.one("PRAGMA " + pragma, row -> row.getString(1)).orElse("nothing");
        if (!found.equalsIgnoreCase(wanted)) {
            throw new StoreException.Unusable("SQLite set " + pragma + " to " + found + " but " + wanted
                    + " is needed to keep what is acknowledged. Is the data folder on a local disk?");
        }
    }

    private static boolean older(String version) {
        String[] parts = version.split("\\.", -1);
        for (int i = 0; i < OLDEST.length; i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
            if (part != OLDEST[i]) {
                return part < OLDEST[i];
            }
        }
        return false;
    }

    /** The last to close moves the journal into the file and removes it, which one that only reads cannot do. */
    @Override
    public void close() {
        for (Sql sql : reading) {
            try {
                // a count over all that there is may be under way, and closing would wait for its end
                sql.connection().unwrap(SQLiteConnection.class).getDatabase().interrupt();
            } catch (SQLException e) {
                // closed already
            }
            close(sql);
        }
        writing.forEach(SqliteDatabase::close);
        try {
            lock.channel().close();
        } catch (IOException e) {
            // the operating system frees it with the process
        }
    }

    private static void close(Sql sql) {
        try {
            sql.close();
        } catch (SQLException e) {
            // the process ends or the test does; the journal recovers whatever was left
        }
    }
}
