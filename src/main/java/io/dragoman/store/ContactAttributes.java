// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.ContactAttribute;
import io.dragoman.model.PhoneNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the business says of contacts, by names of its own. */
public final class ContactAttributes {
    private final Sql sql;

    ContactAttributes(Sql sql) {
        this.sql = sql;
    }

    /** Those of a contact, by their names. */
    public List<ContactAttribute> of(String contact) {
        return sql.all(
                "SELECT name, value, source, at FROM contact_attribute WHERE contact=? ORDER BY name",
                row -> new ContactAttribute(
                        row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4))),
                contact);
    }

    /** Sets one, or takes it away where the value is null; false where it is so already. */
    public boolean set(String contact, String name, @Nullable String value, String source, long now) {
        return value == null
                ? sql.update("DELETE FROM contact_attribute WHERE contact=? AND name=?", contact, name) > 0
                : sql.update("""
                        INSERT INTO contact_attribute(contact,name,value,source,at) VALUES(?,?,?,?,?)
                        ON CONFLICT(contact,name) DO UPDATE SET value=excluded.value, source=excluded.source,
                          at=excluded.at, copied_from=NULL WHERE contact_attribute.value<>excluded.value""", contact, name, value, source, now) > 0;
    }

    /** The contacts that have a phone number or mail address on any channel; who was merged is the one they went into. */
    public List<String> holders(String type, String address) {
        List<String> forms = new ArrayList<>(PhoneNumber.forms(address));
        if (!forms.contains(address.toLowerCase(Locale.ROOT))) {
            forms.add(address.toLowerCase(Locale.ROOT));
        }
        return sql.all(
                "SELECT DISTINCT contact FROM identity WHERE type=? AND value IN (SELECT value FROM texts(?))"
                        + " ORDER BY contact",
                row -> row.getString(1),
                type,
                forms);
    }

    /** What the one that goes has and the one that stays has not is copied to it. */
    void merge(String merged, String survivor) {
        sql.update("""
                INSERT INTO contact_attribute(contact,name,value,source,at,copied_from)
                SELECT ?, name, value, source, at, contact FROM contact_attribute WHERE contact=?
                ON CONFLICT(contact,name) DO NOTHING""", survivor, merged);
    }

    /** What was copied and nobody set since goes again. */
    void unmerge(String merged, String survivor) {
        sql.update("DELETE FROM contact_attribute WHERE contact=? AND copied_from=?", survivor, merged);
    }
}
