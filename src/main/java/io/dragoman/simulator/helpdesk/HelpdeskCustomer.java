// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Map;

/**
 * A customer as a helpdesk knows people; what is unknown is empty.
 *
 * @param extra what only this helpdesk knows of a customer
 */
@RecordBuilder
public record HelpdeskCustomer(
        String id,
        String name,
        String email,
        String phone,
        String externalId,
        Instant created,
        Instant updated,
        Map<String, String> extra) {
    public HelpdeskCustomer {
        extra = Map.copyOf(extra);
    }

    /** Whoever keeps it gives it its id. */
    public static HelpdeskCustomer of(String name, String email, String phone, String externalId) {
        return new HelpdeskCustomer("", name, email, phone, externalId, Instant.EPOCH, Instant.EPOCH, Map.of());
    }

    /** What only this helpdesk knows, or the empty string. */
    public String extra(String key) {
        return extra.getOrDefault(key, "");
    }

    @Override
    public String toString() {
        return "HelpdeskCustomer[" + id + "]";
    }
}
