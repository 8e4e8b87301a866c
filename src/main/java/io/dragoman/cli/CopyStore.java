// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.OfflineGateway;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.StoreSettings;
import io.dragoman.connector.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code store copy}: into an empty database. */
@Command(
        name = "copy",
        description = {
            "Copy the store of this configuration into an empty one, with the gateway stopped.",
            "All of it or nothing: rows are counted on both sides, and what the ledger is made of is compared. Media and"
                    + " the installation's key stay where they are, in the data folder or the bucket, which both stores use."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  STORE_PASSWORD=… ./dragoman store copy \\",
            "      --to postgresql://dragoman@db.example.com:5432/dragoman",
            "  ./dragoman store copy --to sqlite:data/copy.db"
        })
final class CopyStore implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private StoreCommand store;

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = "As store.url: postgresql://user@host:5432/name, or sqlite: and a file below the home.")
    private String to = "";

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "The environment variable that holds its password (default STORE_PASSWORD).")
    private String passwordEnv = "STORE_PASSWORD";

    /** What {@code --json} prints. */
    private record Report(String from, String to, Map<String, Long> rows) {}

    @Override
    public Integer call() {
        Dragoman dragoman = store.dragoman();
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        String password = dragoman.environment().apply(passwordEnv);
        try {
            StoreSettings target = StoreSettings.at(
                    to, password == null || password.isEmpty() ? null : new Secret(password), dragoman.home());
            Map<String, Long> rows = OfflineStore.of(gateway).copy(target.url());
            return say(
                    dragoman,
                    new Report(gateway.store().url().toString(), target.url().toString(), rows),
                    gateway);
        } catch (IllegalArgumentException e) {
            dragoman.err().println("--to " + e.getMessage() + ".");
            dragoman.err().flush();
            return Dragoman.WRONG;
        } catch (OfflineGateway.Unavailable e) {
            return OfflineStore.unavailable(dragoman, e);
        }
    }

    private static int say(Dragoman dragoman, Report report, GatewaySettings gateway) {
        if (dragoman.json()) {
            dragoman.print(report);
            return Dragoman.OK;
        }
        report.rows().forEach((table, rows) -> dragoman.out()
                .println(String.format(Locale.ROOT, "  %-20s %d", table, rows)));
        dragoman.out().println("Copied and compared: " + report.from() + " to " + report.to() + ".");
        dragoman.out()
                .println("Now set store.url (and store.password) in config/gateway.yaml, with store.folder: "
                        + gateway.store().data() + ", and start the gateway. Keep the old store until it runs.");
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
