// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Prints what PostgreSQL does for the store's look-ups, for the journey and for letting a month go, with its large tables as
 * they are, by time, and by conversation: docs/decisions/0008. Arguments: messages (200000), parts of the time (24), parts of
 * the hash (16; 0 for the store as it is alone), rounds (3), and the folder for the data.
 */
public final class LayoutFigures {
    private static final int RUNS = 200;
    private static final int JOURNEYS = 270;
    private static final int WARM = 90;

    private final Random random = new Random(7);
    private final LayoutRows rows;
    private final int parts;
    private final LayoutServer server;
    private final Map<LayoutTables, Store> stores = new EnumMap<>(LayoutTables.class);

    private LayoutFigures(LayoutRows rows, int parts, LayoutServer server) {
        this.rows = rows;
        this.parts = parts;
        this.server = server;
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        int code = 0;
        try {
            run(arguments);
        } catch (Exception e) {
            e.printStackTrace();
            code = 1;
        }
        System.exit(code); // the database's server goes with the process
    }

    private static void run(String[] arguments) throws Exception {
        LayoutRows rows = new LayoutRows(Long.parseLong(argument(arguments, 0, "200000")), System.currentTimeMillis());
        int parts = Integer.parseInt(argument(arguments, 1, "24"));
        int hashes = Integer.parseInt(argument(arguments, 2, "16"));
        int rounds = Integer.parseInt(argument(arguments, 3, "3"));
        Path folder = Path.of(argument(
                arguments, 4, Files.createTempDirectory("dragoman-layout").toString()));
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres"));
        Map.of(
                        "fsync",
                        "on",
                        "full_page_writes",
                        "on",
                        "synchronous_commit",
                        "on",
                        "shared_buffers",
                        "1GB",
                        "max_wal_size",
                        "2GB",
                        "checkpoint_timeout",
                        "30min",
                        "autovacuum",
                        "off",
                        "shared_preload_libraries",
                        "pg_stat_statements")
                .forEach(builder::setServerConfig);
        builder.setServerConfig("maintenance_work_mem", "256MB").setServerConfig("max_locks_per_transaction", "1024");
        try (EmbeddedPostgres postgres = builder.start();
                Connection look = postgres.getPostgresDatabase().getConnection()) {
            LayoutServer server = new LayoutServer(look);
            server.execute("CREATE EXTENSION pg_stat_statements");
            server.execute("CREATE EXTENSION pageinspect");
            LayoutFigures figures = new LayoutFigures(rows, parts, server);
            List<LayoutTables> all = hashes == 0 ? List.of(LayoutTables.PLAIN) : List.of(LayoutTables.values());
            for (LayoutTables one : all) {
                figures.fill(one, postgres.getPort(), folder, hashes);
            }
            figures.server.sizes(all);
            for (int round = 0; round < rounds; round++) {
                System.out.println("\nround " + (round + 1));
                figures.round(all, round);
            }
            figures.stores.values().forEach(Store::close);
        }
    }

    private static String argument(String[] arguments, int n, String otherwise) {
        return arguments.length > n ? arguments[n] : otherwise;
    }

    private void fill(LayoutTables layout, int port, Path folder, int hashes) throws SQLException {
        long start = System.nanoTime();
        server.execute("CREATE SCHEMA " + layout.schema());
        stores.put(
                layout,
                Store.open(
                        new StoreUrl.Postgres(
                                URI.create("postgresql://postgres@127.0.0.1:" + port + "/postgres?currentSchema="
                                        + layout.schema() + ",public"),
                                new Secret("postgres")),
                        folder,
                        0,
                        failure -> {}));
        server.execute("SET synchronous_commit TO off");
        Connection look = server.connection();
        look.setAutoCommit(false);
        layout.make(look, rows.bounds(parts), hashes);
        look.commit();
        look.setAutoCommit(true);
        if (layout == LayoutTables.PLAIN) {
            rows.load(look, layout.schema());
        } else {
            LayoutRows.copy(look, LayoutTables.PLAIN.schema(), layout.schema());
        }
        server.execute("SET search_path TO public");
        for (String table : LayoutTables.ALL) {
            server.execute("VACUUM (FREEZE, ANALYZE) " + layout.schema() + "." + table);
        }
        server.execute("VACUUM (FREEZE, ANALYZE) " + layout.schema() + ".conversation");
        server.execute("CHECKPOINT");
        System.out.printf(
                Locale.ROOT, "%s: %,d messages in %.0f s%n", layout, rows.count(), (System.nanoTime() - start) / 1e9);
    }

    private void round(List<LayoutTables> all, int round) throws SQLException {
        for (LayoutTables layout : all) {
            Store store = stores.get(layout);
            List<String> some = server.some("SELECT id FROM " + layout.schema() + ".conversation WHERE status='closed'"
                    + " ORDER BY id DESC LIMIT 20000");
            List<String> lasting =
                    server.some("SELECT id FROM " + layout.schema() + ".conversation WHERE status='open' LIMIT 1000");
            List<String> events = IntStream.range(0, RUNS)
                    .mapToObj(i -> server.text("SELECT id FROM " + layout.schema() + ".event WHERE id>='"
                            + LayoutRows.firstId(rows.at(random.nextLong(rows.count() - 10)))
                            + "' ORDER BY id LIMIT 1"))
                    .toList();
            time(layout, "event by its key, a repetition", tx -> tx.events()
                    .find(random.nextBoolean() ? "shop" : "desk", key()));
            time(layout, "event by its key, a new one", tx -> tx.events()
                    .find("shop", "wamid.none" + random.nextInt()));
            time(layout, "message by the channel's id", tx -> tx.messages().byExternalId("shop", key()));
            time(layout, "event by its id", tx -> tx.events().find(any(events)));
            time(layout, "deliveries of a message", tx -> tx.deliveries().ofMessage(any(events)));
            time(layout, "timeline, a conversation of 10", tx -> tx.threadView().latest(any(some), 50));
            time(layout, "timeline, one of the whole time", tx -> tx.threadView()
                    .latest(any(lasting), 50));
            time(layout, "page of the list, 50 with last message", tx -> tx.threadView()
                    .lastOfEach(tx.conversations().page(Conversations.Filter.ALL, Long.MAX_VALUE, "", 50).stream()
                            .map(one -> one.conversation().id())
                            .toList()));
            time(layout, "ledger of a day", 10, tx -> tx.ledger().since(Instant.ofEpochMilli(rows.end() - 86_400_000)));
            time(layout, "counts of all events (metrics)", 1, tx -> tx.events().counts());
            for (String table : List.of("lane", "conversation", "change")) {
                server.execute("VACUUM " + layout.schema() + "." + table); // nothing does it by itself here
            }
            LayoutJourney journey = new LayoutJourney(store, some);
            journey.run(WARM);
            long log = server.log();
            server.reset();
            long start = System.nanoTime();
            journey.run(JOURNEYS);
            double wall = (System.nanoTime() - start) / 1e6 / JOURNEYS;
            String work = server.work(JOURNEYS);
            System.out.println(layout + " journey, most of it: "
                    + server.text("SELECT round((total_exec_time/" + JOURNEYS
                            + ")::numeric,3)||' ms, '||round((shared_blks_hit+shared_blks_read)::numeric/" + JOURNEYS
                            + ")||' pages: '||left(regexp_replace(query,'\\s+',' ','g'),110) FROM pg_stat_statements"
                            + " ORDER BY total_exec_time DESC LIMIT 1"));
            System.out.printf(
                    Locale.ROOT,
                    "%-6s %-40s %s, wall %7.3f ms, log %,d bytes%n",
                    layout,
                    "journey, a message",
                    work,
                    wall,
                    (server.log() - log) / JOURNEYS);
            server.execute("CHECKPOINT");
            goes(layout, round);
        }
    }

    /** A month is past retention. */
    private void goes(LayoutTables layout, int round) throws SQLException {
        String until = rows.bounds(parts).get(round + 1);
        String s = layout.schema() + ".";
        server.execute("SET session_replication_role TO replica"); // event.raw refers to raw, without an index for it
        double keys = server.seconds("DELETE FROM " + s + "external WHERE message<'" + until + "'");
        long log = server.log();
        double rest = 0;
        for (String table : List.of("attempt", "delivery", "decision", "message", "event", "raw")) {
            String key = table.equals("attempt") ? "delivery" : table.equals("decision") ? "event" : "id";
            rest += layout.drops(table)
                    ? server.seconds("DROP TABLE " + layout.part(table, round))
                    : server.seconds("DELETE FROM " + s + table + " WHERE " + key + "<'" + until + "'");
        }
        server.execute("RESET session_replication_role");
        long changed = server.log() - log;
        double vacuum = 0;
        for (String table : LayoutTables.ALL) {
            if (!layout.drops(table)) {
                vacuum += server.seconds("VACUUM " + s + table);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-6s a month goes: channel's ids %.2f s, the rest %.2f s and %,d KB of log, vacuum %.2f s and %,d KB%n",
                layout,
                keys,
                rest,
                changed / 1024,
                vacuum,
                (server.log() - log - changed) / 1024);
    }

    private String key() {
        return LayoutRows.key(random.nextLong(rows.count() / 4, rows.count()));
    }

    private String any(List<String> ids) {
        return ids.get(random.nextInt(ids.size()));
    }

    private void time(LayoutTables layout, String what, Consumer<Tx> work) throws SQLException {
        time(layout, what, RUNS, work);
    }

    private void time(LayoutTables layout, String what, int runs, Consumer<Tx> work) throws SQLException {
        Store store = stores.get(layout);
        for (int i = 0; i < Math.min(runs, 40); i++) { // each reader has prepared it
            store.read(tx -> {
                work.accept(tx);
                return true;
            });
        }
        server.reset();
        double[] millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            store.read(tx -> {
                work.accept(tx);
                return true;
            });
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT, "%-6s %-40s %s, median %7.3f ms%n", layout, what, server.work(runs), millis[runs / 2]);
    }
}
