// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.config.AccountReader.Accounts;
import io.dragoman.connector.Account;
import io.dragoman.connector.BotPolicy;
import io.dragoman.connector.DeskPolicy;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The desk to which a bot hands over must be there and take conversations, and bots never hand over in a circle. */
final class BotReferences {
    private final Node written;
    private final Accounts desks;
    private final Map<String, Account> enabled;
    private final Problems problems;

    /** @param written the desks as they stand in their file */
    BotReferences(Node written, Accounts desks, Problems problems) {
        this.written = written;
        this.desks = desks;
        this.enabled =
                desks.enabled().stream().collect(Collectors.toMap(Account::id, Function.identity(), (a, b) -> a));
        this.problems = problems;
    }

    /** Tells what is wrong. */
    void check() {
        for (Account desk : desks.enabled()) {
            Optional<String> next = BotPolicy.of(desk).map(BotPolicy::next);
            if (next.isPresent() && !Placeholders.in(next.get())) {
                problem(desk, next.get()).ifPresent(problem -> problems.add(place(desk.id()), problem));
            }
            if (next.isPresent() && DeskPolicy.of(desk).archive()) {
                problems.add(
                        written.get(desk.id()).orElse(written),
                        "is both an archive and a bot, but an archive has no conversations. Leave archive or holds out.");
            }
        }
    }

    private Optional<String> problem(Account bot, String next) {
        Set<String> candidates = new TreeSet<>(desks.ids());
        candidates.remove(bot.id());
        enabled.values().stream()
                .filter(desk -> DeskPolicy.of(desk).archive())
                .map(Account::id)
                .forEach(candidates::remove);
        if (!desks.ids().contains(next)) {
            return Optional.of("is '" + next + "', but config/desks.yaml has no such desk. "
                    + Suggestion.sentence(next, candidates));
        } else if (Optional.ofNullable(enabled.get(next))
                .filter(desk -> DeskPolicy.of(desk).archive())
                .isPresent()) {
            return Optional.of("is '" + next + "', which is an archive and has no conversations. "
                    + Suggestion.sentence(next, candidates));
        }
        Set<String> passed = new LinkedHashSet<>(Set.of(bot.id()));
        Optional<String> desk = Optional.of(next);
        while (desk.isPresent() && passed.add(desk.get())) {
            desk = Optional.ofNullable(enabled.get(desk.get()))
                    .flatMap(BotPolicy::of)
                    .map(BotPolicy::next);
        }
        return desk.filter(bot.id()::equals)
                .map(circle -> "makes a circle of bots: " + String.join(", ", passed) + ", " + circle
                        + ". The last one must name a desk that is no bot, where people answer.");
    }

    private Node place(String id) {
        Node desk = written.get(id).orElse(written);
        return desk.get(BotPolicy.NEXT.name()).orElse(desk);
    }
}
