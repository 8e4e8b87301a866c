// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.config.AccountReader.Accounts;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Setting;
import io.dragoman.connector.WritesFirst;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What settings of channels name elsewhere in the configuration must be there: a channel of mail, business hours. */
final class AccountReferences {
    private final Node written;
    private final Accounts channels;
    private final Set<String> hours;
    private final Function<Account, Connector> connectors;
    private final Problems problems;

    /**
     * @param written the channels as they stand in their file
     * @param hours the names in {@code hours.yaml}
     */
    AccountReferences(
            Node written,
            Accounts channels,
            Set<String> hours,
            Function<Account, Connector> connectors,
            Problems problems) {
        this.written = written;
        this.channels = channels;
        this.hours = hours;
        this.connectors = connectors;
        this.problems = problems;
    }

    /** Tells what is not there. */
    void check() {
        for (Account account : channels.enabled()) {
            for (Setting<?> setting : connectors.apply(account).settings()) {
                String named = account.find(setting).map(String::valueOf).orElse("");
                if (setting.refersTo() != null && !named.isEmpty() && !Placeholders.in(named)) {
                    problem(setting.refersTo(), named)
                            .ifPresent(problem -> problems.add(place(account.id(), setting.name()), problem));
                }
            }
        }
    }

    private Optional<String> problem(Setting.Reference reference, String named) {
        return switch (reference) {
            case HOURS ->
                hours.contains(named)
                        ? Optional.empty()
                        : Optional.of("is '" + named + "', but config/hours.yaml has no such hours. "
                                + Suggestion.sentence(named, hours));
            case MAIL_CHANNEL -> mail(named);
        };
    }

    /** Nothing can be said of one that is switched off, or is wrong itself. */
    private Optional<String> mail(String named) {
        Set<String> mails = channels.enabled().stream()
                .filter(this::sendsMail)
                .map(Account::id)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!channels.ids().contains(named)) {
            return Optional.of("is '" + named + "', but there is no such channel. Name one of kind email. "
                    + Suggestion.sentence(named, mails));
        }
        return channels.enabled().stream()
                .filter(channel -> channel.id().equals(named) && !sendsMail(channel))
                .findFirst()
                .map(channel -> "is '" + named + "', which is of kind " + channel.kind()
                        + ", but must be a channel of kind email. " + Suggestion.sentence(named, mails));
    }

    private boolean sendsMail(Account account) {
        return connectors.apply(account) instanceof WritesFirst first && first.hasSubjects();
    }

    private Node place(String id, String setting) {
        Node node = written.get(id).orElse(written);
        for (String level : setting.split("\\.", -1)) {
            node = node.get(level).orElse(node);
        }
        return node;
    }
}
