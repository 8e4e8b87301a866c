// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.model.Role;
import io.dragoman.store.AuditLog.Entry;
import io.dragoman.store.AuditLog.Filter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log, on any store. */
abstract class AuditContract {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Filter ALL = new Filter(null, null, null, null);

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    private static Entry line(int n, String actor, String action) {
        return new Entry(
                "id-" + n, NOON.plusSeconds(n), actor, Role.AGENT, "10.0.0." + n, action, n == 1 ? null : "t", null);
    }

    private static void append(Store store, Entry... lines) {
        store.writeAndWait(tx -> {
            List.of(lines).forEach(tx.audit()::append);
            return true;
        });
    }

    private static List<String> ids(Store store, Filter filter, String before, int limit) {
        return store.read(tx -> tx.audit().latest(filter, before, limit)).stream()
                .map(Entry::id)
                .toList();
    }

    @Test
    void linesShouldBeReadAsTheyWereWrittenTheLatestFirst() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            append(store, line(1, "anna", "pause"), line(2, "ben", "pause"), line(3, "anna", "resume"));
            assertThat(store.<List<Entry>>read(tx -> tx.audit().latest(ALL, null, 10)))
                    .containsExactly(line(3, "anna", "resume"), line(2, "ben", "pause"), line(1, "anna", "pause"));
            assertThat(ids(store, ALL, null, 2)).containsExactly("id-3", "id-2");
            assertThat(ids(store, ALL, "id-2", 2)).containsExactly("id-1");
        }
    }

    @Test
    void linesShouldBeFoundByWhoAndWhatAndWhen() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            append(store, line(1, "anna", "pause"), line(2, "ben", "pause"), line(3, "anna", "resume"));
            assertThat(ids(store, new Filter("anna", null, null, null), null, 10))
                    .containsExactly("id-3", "id-1");
            assertThat(ids(store, new Filter("anna", "pause", null, null), null, 10))
                    .containsExactly("id-1");
            assertThat(ids(store, new Filter(null, "pause", null, null), null, 10))
                    .containsExactly("id-2", "id-1");
            assertThat(ids(store, new Filter(null, null, NOON.plusSeconds(2), null), null, 10))
                    .containsExactly("id-3", "id-2");
            assertThat(ids(store, new Filter(null, null, null, NOON.plusSeconds(2)), null, 10))
                    .containsExactly("id-1");
        }
    }

    @Test
    void storeShouldRefuseToChangeOrRemoveALine() throws Exception {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            append(store, line(1, "anna", "pause"));
            for (String statement : List.of(
                    "UPDATE audit SET actor='nobody'", "DELETE FROM audit", "DELETE FROM audit WHERE id='id-1'")) {
                try (Connection connection = test.connect()) {
                    assertThatThrownBy(() -> connection.createStatement().executeUpdate(statement))
                            .as(statement)
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("the audit log only grows");
                }
            }
            assertThat(ids(store, ALL, null, 10)).containsExactly("id-1");
        }
    }
}
