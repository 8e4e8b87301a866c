// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.ProviderCalls;
import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Connector;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.SelfTest.Check;
import io.dragoman.connector.SelfTest.Result;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code desk test}: whether a desk works, before anybody writes. */
@Command(
        name = "test",
        description = {
            "Look whether a desk can be reached and used with its settings; --json for programs.",
            "What a desk makes for that it takes back. Ends with 1 where anything failed."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman desk test helpdesk")
final class TryDesk implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DeskCommand parent;

    @Parameters(index = "0", paramLabel = "DESK", description = "The desk's id.")
    private String id = "";

    /** What {@code --json} prints. */
    private record Report(String id, String kind, boolean good, List<Check> checks) {}

    @Override
    public Integer call() {
        Dragoman dragoman = parent.dragoman();
        Loaded<?> loaded = dragoman.load();
        if (!(loaded instanceof Loaded.Usable<?> usable)) {
            return dragoman.failed("The configuration is invalid: ./dragoman check says why.");
        }
        Configuration configuration = usable.configuration();
        Optional<Account> desk = configuration.desk(id);
        if (desk.isEmpty()) {
            dragoman.refuse(
                    "There is no desk " + id + ".",
                    id,
                    configuration.desks().stream().map(Account::id).toList());
            return Dragoman.WRONG;
        }
        List<Check> checks = checks(dragoman, configuration, desk.get());
        boolean good = checks.stream().noneMatch(check -> check.result() == Result.FAILED);
        if (dragoman.json()) {
            dragoman.print(new Report(id, desk.get().kind(), good, checks));
        } else {
            checks.forEach(check -> say(dragoman, check));
            dragoman.out().flush();
        }
        return good ? Dragoman.OK : Dragoman.FAILED;
    }

    private static List<Check> checks(Dragoman dragoman, Configuration configuration, Account account) {
        Connector connector = dragoman.connectors().stream()
                .filter(one -> one.speaksFor(account))
                .map(kind -> ConfiguredAccount.of(account, kind).connector())
                .findFirst()
                .orElseThrow();
        if (!(connector instanceof SelfTest test)) {
            return List.of(Check.notChecked("the desk", "desks of kind " + account.kind() + " have no test"));
        }
        Clock clock = Clock.systemUTC();
        try (ProviderCalls calls = new ProviderCalls(configuration.gateway(), clock)) {
            return test.test(account, calls.transport().with(account.trust()), clock);
        }
    }

    private static void say(Dragoman dragoman, Check check) {
        String word =
                switch (check.result()) {
                    case OK -> "ok          ";
                    case FAILED -> "failed      ";
                    case NOT_CHECKED -> "not checked ";
                };
        dragoman.out().println(word + check.name() + ": " + check.found());
        if (check.undone() != null) {
            dragoman.out().println("            " + check.undone());
        }
        if (check.remedy() != null) {
            dragoman.out().println("            " + check.remedy());
        }
    }
}
