// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.ProviderCalls;
import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Connector;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.WebhookSetup.Plan;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code connect}: leads a provider's webhooks to a channel. */
@Command(
        name = "connect",
        description = {
            "Tell a channel's provider where to post, or say where to set it by hand.",
            "Changes the webhook at the provider and looks whether it is so; --dry-run only says what it would do."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman connect shop-telegram --dry-run", "  ./dragoman connect shop-telegram"})
final class Connect implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel's or desk's id.")
    private String id = "";

    @Option(names = "--dry-run", description = "Only say what it would do.")
    private boolean dryRun;

    /**
     * What {@code --json} prints.
     *
     * @param problem what is wrong; null when nothing is, or nothing was done
     */
    private record Report(
            String id,
            String webhook,
            boolean automatic,
            List<String> steps,
            boolean done,
            @Nullable String problem) {}

    @Override
    public Integer call() {
        Loaded<?> loaded = dragoman.load();
        if (!(loaded instanceof Loaded.Usable<?> usable)) {
            return dragoman.failed("The configuration is invalid: ./dragoman check says why.");
        }
        Configuration configuration = usable.configuration();
        Optional<Account> account = configuration.channel(id).or(() -> configuration.desk(id));
        if (account.isEmpty()) {
            dragoman.refuse(
                    "There is no channel or desk " + id + ".",
                    id,
                    configuration.channels().stream().map(Account::id).toList());
            return Dragoman.WRONG;
        }
        return connect(configuration, account.get());
    }

    private int connect(Configuration configuration, Account account) {
        Connector connector = dragoman.connectors().stream()
                .filter(one -> one.speaksFor(account))
                .map(kind -> ConfiguredAccount.of(account, kind).connector())
                .findFirst()
                .orElseThrow();
        String address = account.callback().toString();
        Plan plan = connector instanceof WebhookSetup setup ? setup.plan(account) : byHand(connector, account, address);
        if (dryRun || !plan.automatic() || plan.steps().isEmpty()) {
            return say(new Report(id, address, plan.automatic(), plan.steps(), false, null));
        }
        return say(new Report(
                id,
                address,
                true,
                plan.steps(),
                true,
                connect(configuration, account, (WebhookSetup) connector).orElse(null)));
    }

    private static Plan byHand(Connector connector, Account account, String address) {
        return new ConfiguredAccount(account, connector).receivesWebhooks()
                ? new Plan(false, List.of("set the address of the webhook, in the provider's settings, to " + address))
                : new Plan(true, List.of());
    }

    private static Optional<String> connect(Configuration configuration, Account account, WebhookSetup setup) {
        try (ProviderCalls calls = new ProviderCalls(configuration.gateway(), Clock.systemUTC())) {
            return setup.connect(account, calls.transport());
        } catch (TransportFailure e) {
            return Optional.of("The provider cannot be asked: " + e.getMessage() + ".");
        }
    }

    private int say(Report report) {
        boolean good = report.problem() == null;
        if (dragoman.json()) {
            dragoman.print(report);
            return good ? Dragoman.OK : Dragoman.FAILED;
        }
        if (report.steps().isEmpty()) {
            dragoman.out().println(id + " gets no webhooks; nothing has to be set.");
        } else {
            dragoman.out()
                    .println(
                            !report.automatic()
                                    ? "To be done by hand:"
                                    : report.done()
                                            ? (good ? "Done:" : "Tried:")
                                            : "Would do, and change nothing now:");
            report.steps().forEach(step -> dragoman.out().println("  - " + step));
        }
        dragoman.out().flush();
        if (!good) {
            return dragoman.failed(String.valueOf(report.problem()));
        }
        if (report.done()) {
            dragoman.out().println("The provider posts to " + id + " now.");
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }
}
