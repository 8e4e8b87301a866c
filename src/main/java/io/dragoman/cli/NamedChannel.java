// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.rules.RuleBook;
import java.util.Optional;

/**
 * The channel that a command line names, in a configuration that can be used.
 *
 * @param loaded with its rules
 */
record NamedChannel(Account account, Loaded.Usable<RuleBook> loaded) {
    /**
     * Finds it, or says what is wrong: then the command ends with {@link Dragoman#WRONG}.
     *
     * @param done what cannot be done otherwise, such as {@code tried}
     */
    static Optional<NamedChannel> find(Dragoman dragoman, Loaded<RuleBook> read, String id, String done) {
        if (!(read instanceof Loaded.Usable<RuleBook> usable)) {
            read.errors().forEach(problem -> dragoman.err().println(problem));
            dragoman.err().println("Nothing can be " + done + " with this configuration: ./dragoman check");
            dragoman.err().flush();
            return Optional.empty();
        }
        Configuration configuration = usable.configuration();
        Optional<Account> account = configuration.channel(id);
        if (account.isEmpty()) {
            dragoman.refuse(
                    "There is no channel " + id + ".",
                    id,
                    configuration.channels().stream().map(Account::id).toList());
        }
        return account.map(found -> new NamedChannel(found, usable));
    }
}
