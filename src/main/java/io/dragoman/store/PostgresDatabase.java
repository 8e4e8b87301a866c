// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL that keeps commits through a power cut, asked at each connection of the writer, and may be shared. */
final class PostgresDatabase implements Database {
    private static final String AUDIT_ONLY_GROWS = """
            CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$;
            CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit
              FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
            CREATE TRIGGER audit_keeps BEFORE TRUNCATE ON audit
              FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
            """;

    private static final String STATES_KEPT = """
            CREATE FUNCTION conversation_state_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO state_change(conversation,n,status,at) VALUES(NEW.id,
              (SELECT COALESCE(MAX(n),0)+1 FROM state_change WHERE conversation=NEW.id), NEW.status, NEW.updated_at);
              RETURN NULL; END $$;
            CREATE TRIGGER conversation_state AFTER UPDATE OF status ON conversation
              FOR EACH ROW WHEN (NEW.status<>OLD.status) EXECUTE FUNCTION conversation_state_kept();
            """;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    /** The first with everything that we use; older ones are out of support. */
    private static final int OLDEST = 14;

    private static final int READERS = 6;
    private static final int CONNECT_SECONDS = 5;
    /** A server that does not answer a statement for so long is taken for gone. */
    private static final int SILENCE_SECONDS = 30;

    /** Met another's: serialization failure, deadlock, lock not free. */
    private static final Set<String> ROWS_HELD = Set.of("40001", "40P01", "55P03");

    /** A key that is there: somebody may have inserted it at the same time. */
    private static final String KEY_THERE = "23505";

    /** A newer program added to a table: what was prepared before does not fit, and is prepared anew. */
    private static final String PLAN_OF_BEFORE = "0A000";

    private final PGSimpleDataSource source;
    private final HikariDataSource readers;
    /** The writer's newest connection. */
    private volatile @Nullable Sql writing;

    private PostgresDatabase(PGSimpleDataSource source, HikariDataSource readers) {
        this.source = source;
        this.readers = readers;
    }

    static PostgresDatabase open(StoreUrl.Postgres url) {
        PGSimpleDataSource source = source(url);
        migrate(source, url);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("store-readers");
        config.setReadOnly(true);
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_SECONDS * 1000L);
        try {
            return new PostgresDatabase(source, new HikariDataSource(config));
        } catch (HikariPool.PoolInitializationException e) {
            throw unreachable(url, e);
        }
    }

    /** A connection that only reads, without a pool and without a migration. */
    static Sql look(StoreUrl.Postgres url) {
        try {
            Connection connection = source(url).getConnection();
            connection.setReadOnly(true);
            return new Sql(connection, true);
        } catch (SQLException e) {
            throw unreachable(url, e);
        }
    }

    private static PGSimpleDataSource source(StoreUrl.Postgres url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url.jdbc());
        source.setUser(url.user());
        if (url.password() != null) {
            source.setPassword(url.password().value());
        }
        source.setApplicationName("dragoman");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SILENCE_SECONDS);
        source.setTcpKeepAlive(true);
        // its default prints the values of a refused row, which are a customer's words
        source.setLogServerErrorDetail(false);
        return source;
    }

    private static void migrate(PGSimpleDataSource source, StoreUrl.Postgres url) {
        try (Connection connection = source.getConnection()) {
            Sql sql = new Sql(connection, true);
            demandDurable(sql);
            if (url.severalHosts() && setting(sql, "synchronous_standby_names").isEmpty()) {
                LOG.warn(
                        "store.url names several hosts, but the primary acknowledges commits before a standby has them:"
                                + " when a standby takes its place, what was acknowledged last can be lost. Set"
                                + " synchronous_standby_names in postgresql.conf.");
            }
        } catch (SQLException e) {
            throw unreachable(url, e);
        }
        Migrations.run(source, "BIGINT", "BYTEA", "", AUDIT_ONLY_GROWS, STATES_KEPT, "May the user create tables?");
    }

    private static StoreException.Unusable unreachable(StoreUrl.Postgres url, Exception e) {
        return new StoreException.Unusable("the database " + url + " cannot be used: " + firstLine(e)
                + ". Is it running, and are store.url and store.password of config/gateway.yaml right?");
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public Sql writer() {
        try {
            Sql sql = new Sql(source.getConnection(), true);
            try {
                demandDurable(sql);
                // two gateways that wait for each other's rows find out soon, not after the server's whole second
                sql.update("SET lock_timeout TO 100");
                // each statement of the writer has its index; a plan that was kept from when a table was empty reads
                // all of it
                sql.update("SET enable_seqscan TO off");
                sql.update("SET jit TO off");
                // one that froze within a transaction must not hold the others for ever
                sql.update("SET idle_in_transaction_session_timeout TO 30000");
                writing = sql;
                return sql;
            } catch (StoreException e) {
                sql.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Reads back what keeps an acknowledged commit. */
    private static void demandDurable(Sql sql) {
        sql.update("SET synchronous_commit TO on");
        check(sql, "fsync", Set.of("on"));
        check(sql, "full_page_writes", Set.of("on"));
        check(sql, "synchronous_commit", Set.of("on"));
        int version = Integer.parseInt(setting(sql, "server_version_num")) / 10_000;
        if (version < OLDEST) {
            throw new StoreException.Unusable("this is PostgreSQL " + version + "; " + OLDEST + " or later is needed.");
        }
    }

    private static void check(Sql sql, String name, Set<String> wanted) {
        String found = setting(sql, name);
        if (!wanted.contains(found)) {
            throw new StoreException.Unusable("PostgreSQL runs with " + name + "=" + found
                    + ", which can lose what is acknowledged. Set it to on in postgresql.conf.");
        }
    }

    private static String setting(Sql sql, String name) {
        return sql.one("SELECT current_setting(?)", row -> row.getString(1), name)
                .orElse("");
    }

    /** The server gives the room of deleted rows back by itself; this asks for it now, of the tables that may be small. */
    @Override
    public void compact(Sql sql) {
        for (String table :
                List.of("contact", "identity", "consent", "conversation", "message", "external", "media", "delivery")) {
            sql.update("VACUUM " + table);
        }
    }

    @Override
    public Sql borrow() {
        try {
            return new Sql(readers.getConnection(), true);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    @Override
    public void giveBack(Sql reader) {
        try {
            reader.close();
        } catch (SQLException e) {
            // the pool finds out and makes another, or the gateway ends
        }
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public boolean worthRepeating(StoreException refusal) {
        return rowsHeld(refusal)
                || refusal.state().equals(KEY_THERE)
                || refusal.state().equals(PLAN_OF_BEFORE);
    }

    @Override
    public boolean rowsHeld(StoreException refusal) {
        return ROWS_HELD.contains(refusal.state());
    }

    /** Connection lost (08), shut down or starting (57P), out of something (53), a standby (25006), or no answer. */
    @Override
    public boolean unavailable(StoreException failure) {
        String state = failure.state();
        if (!(failure.getCause() instanceof SQLException)) {
            return false;
        }
        return failure.getCause() instanceof SQLTransientConnectionException
                || state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.equals("25006");
    }

    @Override
    public boolean outlivesConnections() {
        return true;
    }

    @Override
    public void close() {
        readers.close();
        Sql last = writing;
        if (last != null) {
            giveBack(last);
        }
    }
}
