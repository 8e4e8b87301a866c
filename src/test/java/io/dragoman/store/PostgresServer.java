// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.FreePort;
import io.dragoman.connector.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL in a process of its own, from a Maven artifact, with the settings that a careful operator has. */
public final class PostgresServer implements AutoCloseable {
    private static final String WITH_TABLES = "with_tables";

    private static @Nullable PostgresServer shared;

    private final @Nullable Path folder;
    private EmbeddedPostgres postgres;
    private int databases;

    private PostgresServer(@Nullable Path folder, int port) {
        this.folder = folder;
        this.postgres = begin(port);
    }

    /** The one that all tests of this process share; it ends with the process. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = new PostgresServer(null, FreePort.find());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** One for a test that will ill-treat it, its data in a folder that outlives it. */
    public static PostgresServer start(Path folder) {
        return start(folder, FreePort.find());
    }

    /** One on the data that is in a folder, if any. */
    static PostgresServer start(Path folder, int port) {
        return new PostgresServer(folder, port);
    }

    Path folder() {
        return Objects.requireNonNull(folder);
    }

    private EmbeddedPostgres begin(int port) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setPort(port);
        if (folder != null) {
            builder.setDataDirectory(folder).setCleanDataDirectory(false);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as the loss of its machine would: SIGKILL for the server and all of its children. */
    public void kill() throws IOException {
        Path pid = Objects.requireNonNull(folder).resolve("postmaster.pid");
        long server = Long.parseLong(Files.readAllLines(pid).get(0).trim());
        ProcessHandle handle = ProcessHandle.of(server).orElseThrow();
        List<ProcessHandle> children = handle.children().toList();
        handle.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        handle.onExit().join();
    }

    /** Starts it again where it was, on what it left on disk. */
    public void restart() throws IOException {
        int port = postgres.getPort();
        Files.deleteIfExists(Objects.requireNonNull(folder).resolve("epg-lock"));
        postgres = begin(port);
    }

    /** A new, empty database, whose tables the product made once in another. */
    public synchronized TestStore database(Path folder) {
        if (databases++ == 0) {
            TestStore first = database(folder, WITH_TABLES, "");
            Store.open(first.url(), folder, 0, failure -> {}).close();
        }
        return database(folder, "test_" + databases, " TEMPLATE " + WITH_TABLES);
    }

    private TestStore database(Path folder, String name, String like) {
        try (Connection connection = DriverManager.getConnection(jdbc("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + like);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestStore(
                new StoreUrl.Postgres(
                        URI.create("postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/" + name),
                        new Secret("postgres")),
                folder,
                jdbc(name));
    }

    public int port() {
        return postgres.getPort();
    }

    String jdbc(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database
                + "?user=postgres&password=postgres";
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
