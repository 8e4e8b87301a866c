// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.Configuration;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Connector;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code check}: tells every problem of the configuration and what was understood. */
@Command(
        name = "check",
        description = "Read the configuration, tell every problem in it, and show what was understood.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman check                      the configuration of the current folder",
            "  ./dragoman check --home /srv/chat     another one",
            "  ./dragoman check --json               for a program, such as a deployment"
        })
final class Check implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Override
    public Integer call() {
        Loaded<?> loaded = dragoman.load();
        @Nullable
        Understood understood = loaded instanceof Loaded.Usable<?> usable ? understood(usable.configuration()) : null;
        if (dragoman.json()) {
            dragoman.print(new Report(understood != null, dragoman.home().toString(), understood, loaded.problems()));
        } else {
            if (understood != null) {
                show(understood);
            }
            conclude(loaded);
        }
        return understood == null ? Dragoman.WRONG : Dragoman.OK;
    }

    private Understood understood(Configuration configuration) {
        GatewaySettings gateway = configuration.gateway();
        return new Understood(
                gateway.http().host() + ":" + gateway.http().port(),
                gateway.http().publicUrl().toString(),
                gateway.admin().host() + ":" + gateway.admin().port(),
                gateway.store().url().toString(),
                configuration.channels().stream().map(this::place).toList(),
                configuration.desks().stream().map(this::place).toList(),
                configuration.desk(),
                ruleNames(configuration.rules()),
                names(configuration.replies(), "replies"),
                names(configuration.hours(), "hours"));
    }

    private Place place(Account account) {
        Connector connector = dragoman.connectors().stream()
                .filter(candidate -> candidate.kind().equals(account.kind()))
                .findFirst()
                .orElseThrow();
        ConfiguredAccount configured = new ConfiguredAccount(account, connector);
        return new Place(
                account.id(),
                account.kind(),
                configured.receivesWebhooks() ? account.callback().toString() : null,
                configured.isPolled(),
                account.insecure());
    }

    /** As written: a name may be made of what must not be shown. */
    private static List<String> ruleNames(@Nullable Node root) {
        if (root == null) {
            return List.of();
        }
        return root.get("rules").map(Node::items).orElse(List.of()).stream()
                .map(rule -> rule.get("name").map(Node::written).orElse("?"))
                .toList();
    }

    private static List<String> names(@Nullable Node root, String key) {
        return root == null
                ? List.of()
                : root.get(key)
                        .map(node -> List.copyOf(node.entries().keySet()))
                        .orElse(List.of());
    }

    private void show(Understood understood) {
        PrintWriter out = dragoman.out();
        out.println("Home         " + dragoman.home());
        out.println("Public port  " + understood.http + ", from outside " + understood.publicUrl);
        out.println("Admin port   " + understood.admin);
        out.println("Store        " + understood.store);
        out.println("Channels     " + understood.channels.size());
        understood.channels.forEach(place -> out.println(line(place)));
        out.println("Desks        " + understood.desks.size() + ", conversations go to " + understood.desk);
        understood.desks.forEach(place -> out.println(line(place)));
        out.println("Rules        " + counted(understood.rules));
        out.println("Replies      " + counted(understood.replies));
        out.println("Hours        " + counted(understood.hours));
        out.println();
    }

    private static String line(Place place) {
        String news = place.webhook == null ? "" : place.webhook;
        if (place.polled) {
            news += news.isEmpty() ? "asks for news itself" : " and asks for news itself";
        }
        String remark = place.insecure ? " (insecure)" : "";
        return "  %-24s %-12s %s%s"
                .formatted(place.id, place.kind, news, remark)
                .stripTrailing();
    }

    private static String counted(List<String> names) {
        return names.isEmpty() ? "0" : names.size() + ": " + String.join(", ", names);
    }

    private void conclude(Loaded<?> loaded) {
        PrintWriter out = dragoman.out();
        loaded.errors().forEach(problem -> out.println("error    " + problem));
        loaded.warnings().forEach(problem -> out.println("warning  " + problem));
        int errors = loaded.errors().size();
        int warnings = loaded.warnings().size();
        String counts = number(errors, "error") + " and " + number(warnings, "warning");
        out.println(
                errors > 0
                        ? "The configuration does not work: " + counts + "."
                        : "The configuration works, with "
                                + (warnings == 0 ? "nothing to remark." : number(warnings, "warning") + "."));
        out.flush();
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** What {@code check --json} prints. */
    private record Report(boolean ok, String home, @Nullable Understood configuration, List<Problem> problems) {}

    private record Understood(
            String http,
            String publicUrl,
            String admin,
            String store,
            List<Place> channels,
            List<Place> desks,
            String desk,
            List<String> rules,
            List<String> replies,
            List<String> hours) {}

    private record Place(String id, String kind, @Nullable String webhook, boolean polled, boolean insecure) {}
}
