// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.MediaPlace;
import io.dragoman.app.AccountLookup;
import io.dragoman.app.Commands;
import io.dragoman.app.OfflineGateway;
import io.dragoman.app.Queries;
import io.dragoman.config.Configuration;
import io.dragoman.config.GatewayFile;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.DeskPolicy;
import io.dragoman.connector.HelpdeskIdentity;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Commands that work on the store itself: what goes wrong with it is a sentence and exit code 1. */
final class OfflineStore {
    private OfflineStore() {}

    static GatewaySettings gateway(Dragoman dragoman) {
        return GatewayFile.read(dragoman.home(), dragoman.environment());
    }

    static OfflineGateway of(GatewaySettings gateway) {
        return new OfflineGateway(
                gateway.store().url(),
                gateway.store().data(),
                MediaPlace.readOnly(gateway.store(), Clock.systemUTC()),
                Clock.systemUTC());
    }

    /** What the configuration says of channels and desks; nothing while it is broken. */
    static AccountLookup accounts(Dragoman dragoman) {
        if (!(dragoman.load() instanceof Loaded.Usable<?> usable)) {
            return AccountLookup.UNKNOWN;
        }
        Configuration configuration = usable.configuration();
        Function<String, Optional<Account>> find =
                id -> configuration.channel(id).or(() -> configuration.desk(id));
        return new AccountLookup(
                id -> find.apply(id).isPresent(),
                id -> configuration.desk(id).isPresent(),
                id -> configuration
                        .desk(id)
                        .map(DeskPolicy::of)
                        .filter(DeskPolicy::archive)
                        .isPresent(),
                id -> find.apply(id).filter(Account::insecure).isPresent(),
                id -> configuration.channel(id).flatMap(account -> configured(dragoman, account)),
                id -> configuration
                        .desk(id)
                        .flatMap(account -> configured(dragoman, account))
                        .map(HelpdeskIdentity::of),
                (desk, reference) -> configuration
                        .desk(desk)
                        .flatMap(account -> configured(dragoman, account))
                        .flatMap(found -> found.desk().ticketPage(found.account(), reference)));
    }

    /** An account with the code for it, that of its profile where it has one. */
    static Optional<ConfiguredAccount> configured(Dragoman dragoman, Account account) {
        return dragoman.connectors().stream()
                .filter(connector -> connector.speaksFor(account))
                .findFirst()
                .map(connector -> ConfiguredAccount.of(account, connector));
    }

    /** Looks something up for which it does not matter which channels and desks there are, and shows it. */
    static int look(Dragoman dragoman, Function<Queries, Integer> work) {
        return look(dragoman, AccountLookup.UNKNOWN, work);
    }

    /** Looks something up and shows it. */
    static int look(Dragoman dragoman, AccountLookup accounts, Function<Queries, Integer> work) {
        try {
            return of(gateway(dragoman)).look(accounts, work);
        } catch (OfflineGateway.Unavailable e) {
            return unavailable(dragoman, e);
        }
    }

    /** Changes something in a store that no gateway uses, and shows it. */
    static int change(Dragoman dragoman, GatewaySettings gateway, Function<Commands, Integer> work) {
        try {
            return of(gateway).change(accounts(dragoman), work);
        } catch (OfflineGateway.Unavailable e) {
            return unavailable(dragoman, e);
        }
    }

    /** Says why the store cannot be used; the exit code. */
    static int unavailable(Dragoman dragoman, OfflineGateway.Unavailable why) {
        int failed = dragoman.failed("dragoman: " + why.getMessage());
        return why.inUse() ? Dragoman.WRONG : failed;
    }
}
