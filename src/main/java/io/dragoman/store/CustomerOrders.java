// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Json;
import io.dragoman.store.Erasures.Told;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders in shops, by the addresses that they were made with: in small letters, and as {@code PhoneNumber} has them. */
public final class CustomerOrders {
    private static final int MOST = 10;
    private static final String THESE = " IN (SELECT value FROM texts(?))";

    private final Sql sql;

    CustomerOrders(Sql sql) {
        this.sql = sql;
    }

    /**
     * Keeps one, unless what is known is as new or newer.
     *
     * @param account the shop's
     * @param email null where the shop tells none; what was known stays
     */
    public boolean put(String account, CustomerOrder order, @Nullable String email, @Nullable String phone) {
        return sql.update(
                        """
                        INSERT INTO customer_order(account,external_id,email,phone,at,changed_at,content) VALUES(?,?,?,?,?,?,?)
                        ON CONFLICT(account,external_id) DO UPDATE SET email=COALESCE(excluded.email,customer_order.email),
                          phone=COALESCE(excluded.phone,customer_order.phone), at=excluded.at, changed_at=excluded.changed_at,
                          content=excluded.content WHERE customer_order.changed_at<excluded.changed_at""",
                        account,
                        order.id(),
                        email,
                        phone,
                        order.at().toEpochMilli(),
                        order.changedAt().toEpochMilli(),
                        Json.write(order))
                > 0;
    }

    /** The last ones made with one of these addresses, the latest first. */
    public List<CustomerOrder> of(List<String> emails, List<String> phones) {
        return of(emails, phones, MOST);
    }

    /** So many of them. */
    public List<CustomerOrder> of(List<String> emails, List<String> phones, int most) {
        return emails.isEmpty() && phones.isEmpty()
                ? List.of()
                : sql.all("""
                        SELECT content FROM (
                          SELECT account, external_id, at, content FROM customer_order WHERE email IN (SELECT value FROM texts(?))
                          UNION SELECT account, external_id, at, content FROM customer_order WHERE phone IN (SELECT value FROM texts(?))
                        ) o ORDER BY at DESC, external_id DESC LIMIT ?""", CustomerOrders::order, emails, phones, most);
    }

    /** A shop wants what it told of one of its customers forgotten, or all that it told. */
    public int forget(Told told) {
        if (told.all()) {
            return sql.update("DELETE FROM customer_order WHERE account=?", told.account());
        }
        return forget("DELETE FROM customer_order WHERE account=? AND email", told.account(), told.emails())
                + forget("DELETE FROM customer_order WHERE account=? AND phone", told.account(), told.phones())
                + forget("DELETE FROM customer_order WHERE account=? AND external_id", told.account(), told.orders());
    }

    private int forget(String deletion, String account, List<String> values) {
        return sql.update(deletion + THESE, account, values);
    }

    private static CustomerOrder order(ResultSet row) throws SQLException {
        return Json.read(row.getString(1), CustomerOrder.class);
    }
}
