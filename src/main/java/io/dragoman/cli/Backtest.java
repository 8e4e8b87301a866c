// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.Setting;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Message;
import io.dragoman.rules.Decision;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.Situation;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code backtest}: what other rules would have made of the messages that came. */
@Command(
        name = "backtest",
        description = {
            "Run the stored messages through the rules in force and through others, and show what would differ in team,",
            "tags, priority, desk, reply or drop. Each message meets its conversation as it is now. Sends and stores nothing."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./dragoman backtest new-rules.yaml --since 30d")
final class Backtest implements Callable<Integer> {
    private static final int PAGE = 500;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(paramLabel = "FILE", description = "The other rules, written like config/rules.yaml.")
    private Path file = Path.of("");

    @Option(names = "--since", paramLabel = "TIME", description = "How far back: 12h, 30d; 30d when not said.")
    private String since = "30d";

    /** One message that would be treated otherwise. */
    private record Difference(String message, Instant receivedAt, String channel, List<String> changes) {}

    /** What {@code --json} prints. */
    private record Report(int messages, List<Difference> differences) {}

    @Override
    public Integer call() {
        Loaded<RuleBook> loaded = dragoman.load();
        if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
            return wrong("Nothing can be compared with this configuration: ./dragoman check");
        }
        Configuration configuration = usable.configuration();
        Problems problems = new Problems();
        Duration back;
        RuleBook other;
        try {
            back = Setting.duration("--since", "").parser().apply(since);
            other = read(configuration, problems);
        } catch (IllegalArgumentException e) {
            return wrong("--since " + e.getMessage() + ".");
        } catch (IOException e) {
            return wrong(file + " cannot be read. Name a file written like config/rules.yaml.");
        }
        if (problems.hasErrors()) {
            problems.all().forEach(problem -> dragoman.err().println(problem));
            return wrong("The other rules do not work.");
        }
        Instant from = Instant.now().minus(back);
        return OfflineStore.look(dragoman, tx -> show(compare(tx, configuration, usable.rules(), other, from)));
    }

    private RuleBook read(Configuration configuration, Problems problems) throws IOException {
        return RuleBook.read(
                Yaml.read(file.toString(), Files.readString(file), problems).orElse(null),
                configuration.replies(),
                configuration.hours(),
                configuration.channels().stream().map(Account::id).collect(Collectors.toSet()),
                configuration.desks().stream().map(Account::id).collect(Collectors.toSet()),
                problems);
    }

    private static Report compare(Tx tx, Configuration configuration, RuleBook now, RuleBook other, Instant from) {
        List<Difference> differences = new ArrayList<>();
        int messages = 0;
        List<Events.Stored> page = tx.events().messages(from.toEpochMilli(), "", PAGE);
        while (!page.isEmpty()) {
            for (Events.Stored stored : page) {
                Optional<Account> account = configuration.channel(stored.source());
                if (account.isPresent()) {
                    messages++;
                    Situation situation = situation(tx, configuration, account.get(), stored);
                    List<String> changes = changes(now.decide(situation), other.decide(situation));
                    if (!changes.isEmpty()) {
                        differences.add(new Difference(stored.id(), stored.receivedAt(), stored.source(), changes));
                    }
                }
            }
            page = tx.events()
                    .messages(from.toEpochMilli(), page.get(page.size() - 1).id(), PAGE);
        }
        return new Report(messages, differences);
    }

    private static Situation situation(Tx tx, Configuration configuration, Account account, Events.Stored stored) {
        MessageReceived event = (MessageReceived) stored.event();
        Optional<Message> message = tx.messages().find(stored.id()).filter(found -> found.sequence() > 1);
        Optional<Versioned> found = message.flatMap(later -> tx.conversations().find(later.conversation()));
        return found.flatMap(versioned -> tx.contacts()
                        .find(versioned.conversation().contact())
                        .map(contact -> new Situation(
                                event,
                                versioned.conversation(),
                                contact,
                                false,
                                Situation.Tally.NONE,
                                stored.receivedAt())))
                .orElseGet(() -> SampleSituations.first(configuration, account, event, stored.receivedAt()));
    }

    private static List<String> changes(Decision now, Decision other) {
        List<String> changes = new ArrayList<>();
        change(changes, "team", now.team(), other.team());
        change(changes, "tags", String.join(" ", now.tags()), String.join(" ", other.tags()));
        change(changes, "priority", now.priority(), other.priority());
        change(changes, "desk", now.desk(), other.desk());
        change(changes, "reply", reply(now), reply(other));
        change(changes, "drop", now.drop(), other.drop());
        return changes;
    }

    private static void change(List<String> changes, String what, @Nullable Object now, @Nullable Object other) {
        if (!Objects.equals(now, other)) {
            changes.add(what + " " + word(now) + " -> " + word(other));
        }
    }

    private static String word(@Nullable Object value) {
        String word = value == null ? "" : value.toString();
        return word.isEmpty() ? "-" : value instanceof Enum<?> ? word.toLowerCase(Locale.ROOT) : word;
    }

    private static String reply(Decision decision) {
        return decision.replies().stream()
                .filter(reply -> reply.suppressed() == null)
                .map(Decision.Reply::reply)
                .collect(Collectors.joining(" "));
    }

    private int show(Report report) {
        if (dragoman.json()) {
            dragoman.print(report);
            return Dragoman.OK;
        }
        for (Difference difference : report.differences()) {
            dragoman.out().println(difference.message() + "  " + difference.receivedAt() + "  " + difference.channel());
            difference.changes().forEach(change -> dragoman.out().println("    " + change));
        }
        dragoman.out()
                .println(report.differences().size() + " of " + report.messages()
                        + " messages would be treated otherwise.");
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private int wrong(String sentence) {
        dragoman.err().println(sentence);
        dragoman.err().flush();
        return Dragoman.WRONG;
    }
}
