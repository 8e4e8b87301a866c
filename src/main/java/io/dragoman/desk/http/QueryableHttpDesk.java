// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Transport;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The desk without code whose helpdesk can be asked for what an attempt perhaps wrote. */
final class QueryableHttpDesk extends HttpDesk implements DeliveryLookup<ToDesk> {
    QueryableHttpDesk(@Nullable DeskProfile profile) {
        super(profile);
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.QUERYABLE;
    }

    @Override
    public Answer lookUp(
            Account account, ToDesk outbound, Instant since, Predicate<String> known, Transport transport) {
        return new NoticeSender(account, known()).lookUp(outbound, since, known, transport);
    }
}
