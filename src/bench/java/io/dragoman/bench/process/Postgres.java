// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** A PostgreSQL server, in which each gateway gets a database of its own. */
public final class Postgres {
    private static final List<String> OPTIONS = List.of("-Xmx64m", "-XX:+UseSerialGC");

    private final URI url;

    private Postgres(URI url) {
        this.url = url;
    }

    /**
     * One that runs; the password is in the environment, as for PostgreSQL's own programs.
     *
     * @param url such as {@code postgresql://user@host:5432/postgres}; the user may create databases
     */
    public static Postgres at(String url) {
        return new Postgres(URI.create(url));
    }

    /** One of its own from a Maven artifact, which ends with the benchmark. */
    public static Postgres start() throws IOException {
        Child process = Child.java(PostgresMain.class, OPTIONS);
        String line = process.readLine();
        while (!line.startsWith("ready ")) { // its library tells what it does
            line = process.readLine();
        }
        return at(line.substring("ready ".length()));
    }

    /** Makes a database, and tells where it is: the setting {@code store.url}. */
    public String newDatabase() throws IOException {
        String name = "dragoman_bench_" + Long.toString(System.nanoTime(), 36);
        Properties login = new Properties();
        login.setProperty("user", url.getUserInfo());
        login.setProperty("password", password());
        String server = String.format(Locale.ROOT, "jdbc:postgresql://%s:%d%s", url.getHost(), port(), url.getPath());
        try (Connection connection = DriverManager.getConnection(server, login);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IOException("no database could be made at " + url, e);
        }
        return String.format(Locale.ROOT, "postgresql://%s@%s:%d/%s", url.getUserInfo(), url.getHost(), port(), name);
    }

    /**
     * What the server has done so far.
     *
     * @param cpuSeconds how long its processes that live have kept a processor busy; 0 on another machine
     * @param commits transactions, of all databases
     * @param logBytes written to its log
     */
    public record Work(double cpuSeconds, double commits, double logBytes) {
        /** What it did since then. */
        public Work since(Work before) {
            return new Work(cpuSeconds - before.cpuSeconds, commits - before.commits, logBytes - before.logBytes);
        }
    }

    /** Looks what it has done. */
    public Work work() throws IOException {
        Properties login = new Properties();
        login.setProperty("user", url.getUserInfo());
        login.setProperty("password", password());
        String server = String.format(Locale.ROOT, "jdbc:postgresql://%s:%d%s", url.getHost(), port(), url.getPath());
        try (Connection connection = DriverManager.getConnection(server, login);
                Statement statement = connection.createStatement()) {
            double seconds = 0;
            try (ResultSet pids = statement.executeQuery("SELECT pid FROM pg_stat_activity")) {
                while (pids.next()) {
                    seconds += ProcessHandle.of(pids.getLong(1))
                            .flatMap(process -> process.info().totalCpuDuration())
                            .map(duration -> duration.toNanos() / 1e9)
                            .orElse(0.0);
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT (SELECT SUM(xact_commit) FROM pg_stat_database),"
                    + " pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")) {
                rows.next();
                return new Work(seconds, rows.getDouble(1), rows.getDouble(2));
            }
        } catch (SQLException e) {
            throw new IOException("the database at " + url + " cannot be asked", e);
        }
    }

    static String password() {
        return Objects.requireNonNullElse(System.getenv("PGPASSWORD"), "none");
    }

    private int port() {
        return url.getPort() < 0 ? 5432 : url.getPort();
    }
}
