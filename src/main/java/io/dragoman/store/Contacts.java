// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Contact;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** People and the addresses they are known by. An address means something only on the channel it was seen on. */
public final class Contacts {
    /** With whether anything of what is seldom there is there at all: to look it up each time takes longer than this. */
    private static final String SELECT = """
            SELECT c.id, c.name, c.language, c.tags, i.type, i.value, i.verified,
              EXISTS(SELECT 1 FROM contact_attribute a WHERE a.contact=c.id)
                OR (SELECT min(account) FROM looked_up) IS NOT NULL OR (SELECT min(account) FROM customer_order) IS NOT NULL
            FROM contact c LEFT JOIN identity i ON i.contact=c.id""";

    private final Sql sql;
    private final Consents consents;
    private final ContactAttributes attributes;
    private final LookedUp lookedUp;
    private final CustomerOrders orders;

    Contacts(Sql sql, Consents consents, ContactAttributes attributes, LookedUp lookedUp, CustomerOrders orders) {
        this.sql = sql;
        this.consents = consents;
        this.attributes = attributes;
        this.lookedUp = lookedUp;
        this.orders = orders;
    }

    /** Who holds one of these identities on a channel, the surest identity first. */
    public Optional<Contact> byIdentity(String channel, List<Identity> identities) {
        return identities.stream()
                .flatMap(identity -> identity.forms().stream()
                        .map(form -> contact(sql.all(
                                SELECT
                                        + " WHERE c.id=(SELECT contact FROM identity WHERE channel=? AND type=? AND value=?)"
                                        + " ORDER BY i.place",
                                Contacts::row,
                                channel,
                                identity.type(),
                                form))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    public Optional<Contact> find(String id) {
        return contact(sql.all(SELECT + " WHERE c.id=? ORDER BY i.place", Contacts::row, id));
    }

    /** The names of these contacts, by id; who has none is not in it. */
    public Map<String, String> names(List<String> ids) {
        return sql
                .all(
                        "SELECT id, name FROM contact WHERE id IN (SELECT value FROM texts(?)) AND name IS NOT NULL",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        ids)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Adds a person. An identity that somebody else holds by now is a conflict: look again. */
    public void insert(String channel, Contact contact, long now) {
        sql.update(
                "INSERT INTO contact(id,name,language,tags,created_at) VALUES(?,?,?,?,?)",
                contact.id(),
                contact.name(),
                contact.language(),
                Json.write(contact.tags()),
                now);
        for (Identity identity : contact.identities()) {
            if (!addIdentity(channel, contact.id(), identity)) {
                throw new StoreException.Conflict("another worker added this contact");
            }
        }
    }

    /** Notes one more identity of a contact; false when another contact holds it, which is never changed. */
    public boolean addIdentity(String channel, String contact, Identity identity) {
        return sql.update(
                        """
                        INSERT INTO identity(channel,type,value,contact,verified,place)
                        VALUES(?,?,?,?,?,(SELECT count(*) FROM identity WHERE contact=?))
                        ON CONFLICT DO NOTHING""", channel, identity.type(), identity.value(), contact, identity.verified() ? 1 : 0, contact)
                > 0;
    }

    /** Updates what a channel says of a person; null leaves it. A contact that was merged meanwhile is a conflict: look again. */
    public void describe(String id, @Nullable String name, @Nullable String language) {
        int rows = sql.update(
                "UPDATE contact SET name=COALESCE(?,name), language=COALESCE(?,language)"
                        + " WHERE id=? AND merged_into IS NULL",
                name,
                language,
                id);
        if (rows == 0) {
            throw new StoreException.Conflict("this contact was merged into another");
        }
    }

    /**
     * Adds tags to a person, beside those that other conversations added meanwhile.
     *
     * @return the person with all of them
     */
    public Contact tag(Contact contact, List<String> tags) {
        Contact now = find(contact.id()).orElse(contact);
        Contact tagged = now.tagged(tags);
        if (!tagged.tags().equals(now.tags())
                && sql.update(
                                "UPDATE contact SET tags=? WHERE id=? AND tags=?",
                                Json.write(tagged.tags()),
                                now.id(),
                                Json.write(now.tags()))
                        == 0) {
            throw new StoreException.Conflict("another worker changed this contact");
        }
        return tagged;
    }

    /** Whether a person opted out of a channel. */
    public boolean optedOut(String channel, String contact) {
        return Boolean.FALSE.equals(consents.of(channel, contact).get(Purpose.SERVICE));
    }

    /** Whether one of these identities is a notification token that was stopped. */
    public boolean isStopped(String channel, List<Identity> identities) {
        return identities.stream()
                .filter(identity -> identity.type().equals(Identity.NOTIFICATION_TOKEN))
                .anyMatch(token -> consents.isStopped(channel, token));
    }

    /** A person without identities, one of these, if there is any, and whether more may be known. */
    private record Row(Contact contact, @Nullable Identity identity, boolean more) {}

    private static Row row(ResultSet row) throws SQLException {
        Contact contact = new Contact(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                List.of(),
                Arrays.asList(Json.read(row.getString(4), String[].class)));
        String type = row.getString(5);
        Identity identity = type == null ? null : new Identity(type, row.getString(6), row.getInt(7) == 1);
        return new Row(contact, identity, row.getBoolean(8));
    }

    /** A person with what is known of them; what the business says goes before what was looked up. */
    private Optional<Contact> contact(List<Row> rows) {
        return rows.stream()
                .findFirst()
                .map(Row::contact)
                .map(one -> new Contact(
                        one.id(),
                        one.name(),
                        one.language(),
                        rows.stream()
                                .map(Row::identity)
                                .flatMap(Stream::ofNullable)
                                .toList(),
                        one.tags()))
                .map(one -> rows.get(0).more() ? known(one) : one);
    }

    private Contact known(Contact one) {
        List<String> emails = verified(one, Identity.EMAIL);
        List<String> phones = verified(one, Identity.PHONE);
        Map<String, String> all = new HashMap<>(lookedUp.attributes(Identity.EMAIL, emails));
        all.putAll(lookedUp.attributes(Identity.PHONE, phones));
        attributes.of(one.id()).forEach(own -> all.put(own.name(), own.value()));
        return one.knowing(all, orders.of(emails, phones));
    }

    /** The same person with what is known of them by now. */
    public Contact refreshed(Contact contact) {
        return known(contact);
    }

    /** Their orders, the latest first. */
    public List<CustomerOrder> orders(Contact contact, int most) {
        return orders.of(verified(contact, Identity.EMAIL), verified(contact, Identity.PHONE), most);
    }

    private static List<String> verified(Contact one, String type) {
        return one.verified(type).stream()
                .flatMap(identity -> identity.forms().stream())
                .distinct()
                .toList();
    }
}
