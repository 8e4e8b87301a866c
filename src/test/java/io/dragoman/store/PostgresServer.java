// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL in a process of its own, from a Maven artifact, with the settings that a careful operator has. */
public final class PostgresServer implements AutoCloseable {
    private static @Nullable PostgresServer shared;

    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** The one that all tests of this process share; it ends with the process. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** One for a test that will ill-treat it. */
    public static PostgresServer start() {
        try {
            return new PostgresServer(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new, empty database. */
    public TestStore database(Path folder) {
        String name = "test_" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(jdbc("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestStore(
                new StoreUrl.Postgres(
                        URI.create("postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/" + name),
                        new Secret("postgres")),
                folder,
                jdbc(name),
                () -> commits(name));
    }

    public int port() {
        return postgres.getPort();
    }

    private String jdbc(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database
                + "?user=postgres&password=postgres";
    }

    /** Of connections that ended, so that the statistics are in. */
    private long commits(String database) {
        try (Connection connection = DriverManager.getConnection(jdbc("postgres"));
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT xact_commit FROM pg_stat_database WHERE datname='" + database + "'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
