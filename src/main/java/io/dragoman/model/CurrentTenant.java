// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/**
 * Which tenant's work a thread does, for its log lines. A thread that is made meanwhile does the same tenant's, so that
 * pools need not know of it; what is shared by all is made where there is none.
 */
public final class CurrentTenant {
    private static final InheritableThreadLocal<String> NAME = new InheritableThreadLocal<>();

    private CurrentTenant() {}

    /** The tenant's name; empty for none. */
    public static String name() {
        String name = NAME.get();
        return name == null ? "" : name;
    }

    /** Does a piece of a tenant's work, on this thread; of none where the name is empty. */
    public static void during(String tenant, Runnable work) {
        String before = NAME.get();
        if (tenant.equals(before == null ? "" : before)) {
            work.run();
            return;
        }
        set(tenant);
        try {
            work.run();
        } finally {
            set(before == null ? "" : before);
        }
    }

    /** The same work as that of who asks now, for a thread that all tenants share. */
    public static Runnable kept(Runnable work) {
        String tenant = name();
        return () -> during(tenant, work);
    }

    private static void set(String tenant) {
        if (tenant.isEmpty()) {
            NAME.remove();
        } else {
            NAME.set(tenant);
        }
    }
}
