// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** The one thread that writes: what waits is committed together, with one sync of the disk. */
final class BareWriter implements Runnable {
    private static final int AT_ONCE = 512;

    private final BlockingQueue<Unit> waiting = new LinkedBlockingQueue<>();
    private final Connection connection;
    private final BareRows rows;

    private BareWriter(Connection connection) throws SQLException {
        this.connection = connection;
        rows = new BareRows(connection);
    }

    /** Writes some rows, and tells whether they were new. */
    interface Work {
        boolean in(BareRows rows) throws SQLException;
    }

    private record Unit(Work work, Consumer<Boolean> after) {}

    /** Opens the file with the durability of the gateway's, and starts the thread. */
    static BareWriter open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            BareRows.create(statement);
        }
        connection.setAutoCommit(false);
        BareWriter writer = new BareWriter(connection);
        new Thread(writer, "writer").start();
        return writer;
    }

    /** Hands work over; {@code after} runs on the writer's thread once it is on the disk. */
    void submit(Work work, Consumer<Boolean> after) {
        waiting.add(new Unit(work, after));
    }

    @Override
    public void run() {
        try {
            while (true) {
                commitTogether();
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void commitTogether() throws SQLException, InterruptedException {
        List<Unit> units = new ArrayList<>();
        units.add(waiting.take());
        waiting.drainTo(units, AT_ONCE - 1);
        List<Boolean> results = new ArrayList<>();
        for (Unit unit : units) {
            results.add(unit.work.in(rows));
        }
        connection.commit();
        for (int i = 0; i < units.size(); i++) {
            units.get(i).after.accept(results.get(i));
        }
    }
}
