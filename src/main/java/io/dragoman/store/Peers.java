// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The gateways that share a PostgreSQL. Each holds a lock of the database by the session that it writes with: a session that
 * ends (killed process, lost connection, or silent for {@link #PATIENCE}) gives it back, and then what that gateway held is
 * freed for the others. One that was only slow is fenced off, so a wrong guess costs a repetition and nothing else. No clock
 * of a gateway counts in it.
 */
public final class Peers {
    /** How long the database waits for word from a gateway before it ends its session. */
    public static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(10);

    private static final String LOCK = "(hashtextextended('peer ' || owner, 0))";
    private static final String SILENT = "pg_try_advisory_xact_lock_shared" + LOCK;

    private final Sql sql;
    private final Lanes lanes;
    private final Cursors cursors;

    Peers(Sql sql, Lanes lanes, Cursors cursors) {
        this.sql = sql;
        this.lanes = lanes;
        this.cursors = cursors;
    }

    /**
     * What a gateway finds when it tells that it is there.
     *
     * @param joined whether it was not among the peers: it is new, or the others took it for gone
     * @param present the others that are there
     * @param silent those whose session has ended
     * @param pollers which gateway polls each account
     */
    public record Seen(boolean joined, Set<String> present, Set<String> silent, Map<String, String> pollers) {}

    /** Tells that a gateway is there, and looks who is not. Writes only where something has changed. */
    public Seen beat(String owner, long now) {
        boolean joined =
                sql.update("INSERT INTO peer(owner, seen_at) VALUES(?,?) ON CONFLICT(owner) DO NOTHING", owner, now)
                        > 0;
        // each time, for the session may be another than before; for one that has the lock it is a word with itself
        sql.all(
                "SELECT set_config('idle_session_timeout',?,false), set_config('idle_in_transaction_session_timeout',?,false),"
                        + " pg_try_advisory_lock" + LOCK + " FROM peer WHERE owner=?",
                row -> true,
                Long.toString(PATIENCE.toMillis()),
                Long.toString(PATIENCE.toMillis()),
                owner);
        cursors.recoverOrphans();
        Map<Boolean, Set<String>> others =
                sql.all("SELECT owner FROM peer WHERE owner<>?", row -> row.getString(1), owner).stream()
                        .collect(Collectors.partitioningBy(this::isSilent, Collectors.toSet()));
        return new Seen(joined, of(others, false), of(others, true), cursors.owners());
    }

    private static Set<String> of(Map<Boolean, Set<String>> others, boolean silent) {
        return Objects.requireNonNull(others.get(silent));
    }

    private boolean isSilent(String owner) {
        return sql.one("SELECT 1 FROM peer WHERE owner=? AND " + SILENT, row -> true, owner)
                .isPresent();
    }

    /** Whether any gateway is at work. */
    boolean anyAtWork() {
        return !all().stream().allMatch(this::isSilent);
    }

    /** The gateways that have not left. */
    public List<String> all() {
        return sql.all("SELECT owner FROM peer ORDER BY owner", row -> row.getString(1));
    }

    /** Removes a gateway and frees what it still holds. */
    public void leave(String owner) {
        sql.update("DELETE FROM peer WHERE owner=?", owner);
        lanes.recover(owner);
        cursors.recover(owner);
    }

    /** Removes those of these gateways that are silent still, frees what they hold and returns them. */
    public List<String> evict(Collection<String> gone) {
        List<String> evicted = gone.stream().filter(this::isSilent).toList();
        evicted.forEach(this::leave);
        return evicted;
    }
}
