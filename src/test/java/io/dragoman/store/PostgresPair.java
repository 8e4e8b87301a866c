// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL and its standby, real ones: the first acknowledges a commit when the second has it on disk too. When the
 * first is killed the second takes its place, and gets a standby of its own where the first was.
 */
public final class PostgresPair implements AutoCloseable {
    private static final String DATABASE = "dragoman";

    private final Path folder;
    private PostgresServer primary;
    private PostgresServer standby;
    private int generation;

    private PostgresPair(Path folder) throws Exception {
        this.folder = folder;
        primary = PostgresServer.start(folder.resolve("server-0"));
        execute(primary, "postgres", "CREATE DATABASE " + DATABASE);
        standby = standby(io.dragoman.FreePort.find());
    }

    /** Starts both. */
    public static PostgresPair start(Path folder) throws Exception {
        return new PostgresPair(folder);
    }

    /** The store, by the addresses of both. */
    public TestStore store(Path beside) {
        String hosts = "127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port();
        return new TestStore(
                new StoreUrl.Postgres(
                        URI.create("postgresql://postgres@" + hosts + "/" + DATABASE), new Secret("postgres")),
                beside,
                "jdbc:postgresql://" + hosts + "/" + DATABASE
                        + "?user=postgres&password=postgres&targetServerType=primary");
    }

    /** Kills the first with SIGKILL and promotes the second. */
    public void failOver() throws Exception {
        primary.kill();
        execute(standby, "postgres", "SELECT pg_promote(true, 60)");
        // alone it would wait for a standby for ever; whoever promotes decides that, as Patroni does
        synchronous(standby, "");
        primary.close();
        PostgresServer old = primary;
        primary = standby;
        standby = standby(old.port());
    }

    /** A copy of the first as it is now, which follows it from then on. */
    private PostgresServer standby(int port) throws Exception {
        Path target = folder.resolve("server-" + ++generation);
        try (Connection connection = DriverManager.getConnection(primary.jdbc("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET wal_keep_size TO '256MB'");
            statement.execute("SELECT pg_reload_conf()");
            statement.execute("SELECT pg_start_backup('standby', true, false)");
            copy(primary.folder(), target);
            try (ResultSet rows = statement.executeQuery("SELECT labelfile FROM pg_stop_backup(false, false)")) {
                rows.next();
                Files.writeString(target.resolve("backup_label"), rows.getString(1));
            }
        }
        Files.writeString(
                target.resolve("postgresql.auto.conf"),
                "\nprimary_conninfo = 'host=127.0.0.1 port=" + primary.port() + " user=postgres'\n",
                StandardOpenOption.APPEND);
        Files.createFile(target.resolve("standby.signal"));
        PostgresServer follower = PostgresServer.start(target, port);
        await("SELECT count(*)=1 FROM pg_stat_replication WHERE state='streaming'");
        synchronous(primary, "*");
        await("SELECT count(*)=1 FROM pg_stat_replication WHERE sync_state='sync'");
        return follower;
    }

    private static void synchronous(PostgresServer server, String names) throws SQLException {
        execute(server, "postgres", "ALTER SYSTEM SET synchronous_standby_names TO '" + names + "'");
        execute(server, "postgres", "SELECT pg_reload_conf()");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                Path made = Files.createDirectories(to.resolve(from.relativize(path)));
                Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(path));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                String name = path.getFileName().toString();
                if (!name.startsWith("postmaster.") && !name.equals("epg-lock") && !name.equals("standby.signal")) {
                    try {
                        Files.copy(path, to.resolve(from.relativize(path)));
                    } catch (NoSuchFileException e) {
                        return FileVisitResult.CONTINUE; // it went away meanwhile, as the log says too
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void await(String condition) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (Connection connection = DriverManager.getConnection(primary.jdbc("postgres"));
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                try (ResultSet rows = statement.executeQuery(condition)) {
                    if (rows.next() && rows.getBoolean(1)) {
                        return;
                    }
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new AssertionError("waited in vain for " + condition);
    }

    private static void execute(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbc(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        primary.close();
        standby.close();
    }
}
