// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.audit;

import io.dragoman.store.AuditLog;
import io.dragoman.store.ReadAccess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was done by whom. Blocks. */
public final class AuditQueries {
    private final ReadAccess store;

    public AuditQueries(ReadAccess store) {
        this.store = store;
    }

    /**
     * Lines, the latest first.
     *
     * @param next what to give as {@code before} for the page behind it; null behind the last
     */
    public record AuditPage(
            List<AuditLog.Entry> entries, @Nullable String next) {}

    public AuditPage page(AuditLog.Filter filter, @Nullable String before, int limit) {
        List<AuditLog.Entry> entries = store.read(tx -> tx.audit().latest(filter, before, limit + 1));
        boolean more = entries.size() > limit;
        List<AuditLog.Entry> shown = more ? List.copyOf(entries.subList(0, limit)) : entries;
        return new AuditPage(shown, more ? shown.get(limit - 1).id() : null);
    }
}
