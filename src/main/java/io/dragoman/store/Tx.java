// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.EnumSet;
import java.util.Set;

/** What one unit of work may do: everything in it becomes durable together, or nothing does. Not thread-safe. */
public final class Tx {
    private final Events events;
    private final Lanes lanes;
    private final Contacts contacts;
    private final Conversations conversations;
    private final Messages messages;
    private final MediaRows media;
    private final Deliveries deliveries;
    private final Cursors cursors;
    private final Ledger ledger;
    private final Set<Lanes.Kind> woken = EnumSet.noneOf(Lanes.Kind.class);

    Tx(Sql sql) {
        lanes = new Lanes(sql, woken);
        events = new Events(sql, lanes);
        contacts = new Contacts(sql);
        conversations = new Conversations(sql);
        messages = new Messages(sql);
        media = new MediaRows(sql);
        deliveries = new Deliveries(sql, lanes);
        cursors = new Cursors(sql);
        ledger = new Ledger(sql);
    }

    public Events events() {
        return events;
    }

    public Lanes lanes() {
        return lanes;
    }

    public Contacts contacts() {
        return contacts;
    }

    public Conversations conversations() {
        return conversations;
    }

    public Messages messages() {
        return messages;
    }

    public MediaRows media() {
        return media;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public Cursors cursors() {
        return cursors;
    }

    public Ledger ledger() {
        return ledger;
    }

    Set<Lanes.Kind> woken() {
        return woken;
    }
}
