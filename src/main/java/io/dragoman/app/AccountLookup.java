// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app;

import io.dragoman.app.ticket.DeskTicket;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.HelpdeskIdentity;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What queries and commands ask about channels and desks, by their ids.
 *
 * @param configured whether there is one that runs
 * @param desk whether it is a desk that runs
 * @param archive whether it is a desk that gets copies alone
 * @param insecure whether it accepts unauthenticated requests
 * @param channel the channel that runs, with its code
 * @param helpdesk which helpdesk a desk that runs speaks to
 * @param tickets where desks show their tickets
 */
public record AccountLookup(
        Predicate<String> configured,
        Predicate<String> desk,
        Predicate<String> archive,
        Predicate<String> insecure,
        Function<String, Optional<ConfiguredAccount>> channel,
        Function<String, Optional<HelpdeskIdentity>> helpdesk,
        DeskTicket.Pages tickets) {
    /** Empty where the configuration cannot be read. */
    public static final AccountLookup UNKNOWN = new AccountLookup(
            id -> true,
            id -> true,
            id -> false,
            id -> false,
            id -> Optional.empty(),
            id -> Optional.empty(),
            DeskTicket.Pages.NONE);

    /** What is configured at the moment of asking. */
    static AccountLookup of(ConnectorRegistry registry) {
        return new AccountLookup(
                id -> registry.find(id).isPresent(),
                id -> registry.now().desks().containsKey(id),
                id -> registry.now().archives().contains(id),
                id -> registry.find(id).map(ConfiguredAccount::account).stream().anyMatch(Account::insecure),
                id -> Optional.ofNullable(registry.now().channels().get(id)),
                id -> Optional.ofNullable(registry.now().desks().get(id)).map(HelpdeskIdentity::of),
                (desk, reference) -> Optional.ofNullable(registry.now().desks().get(desk))
                        .flatMap(found -> found.desk().ticketPage(found.account(), reference)));
    }
}
