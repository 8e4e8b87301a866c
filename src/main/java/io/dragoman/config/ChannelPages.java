// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.WebhookSetup;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** {@code docs/channels.md}: what each channel and desk can do and how it is set up, as its connector says. */
public final class ChannelPages {
    private static final String HEAD = """
            # Channels and desks

            <!-- Generated from what the connectors say of themselves. To change it, change them, then:
                 ./dragoman connectors --channels > docs/channels.md -->

            What each kind can do, what has to be done at its provider, and what happens when something goes wrong. All
            settings stand in [configuration.md](configuration.md). `./dragoman connect <id>` leads a provider's webhooks here
            where its API can be told so, and says what to do by hand where it cannot.

            *Checks passed* counts those of the [contract](adding-a-channel.md#the-contract-as-a-program) by what they are about:
            `./dragoman connector test <kind>` runs them and says what each proves, or why it does not apply.

            """;

    private static final Account.Installation NOWHERE =
            new Account.Installation(URI.create("https://gateway.example"), new Secret("of no gateway"));

    private ChannelPages() {}

    /** Makes the page; the same input always gives the same text. */
    public static String of(List<Connector> connectors) {
        StringBuilder page = new StringBuilder(HEAD).append(ConnectorTable.of(connectors));
        page.append("\nKind `http` speaks to every provider that a YAML file describes; [these are shipped]");
        page.append("(configuration.md#http), and [profiles.md](profiles.md) tells how to write one.\n");
        SortedMap<String, String> cards = ScoreCards.shipped();
        connectors.forEach(connector -> one(page, connector, cards));
        return page.toString();
    }

    /** What a channel takes whose account has its required settings alone; empty for a desk, and where a profile says it. */
    public static Optional<Limits> limits(Connector connector) {
        return connector instanceof Channel channel && !(connector instanceof Profiled)
                ? Optional.of(channel.limits(sample(connector)))
                : Optional.empty();
    }

    private static void one(StringBuilder page, Connector connector, SortedMap<String, String> cards) {
        Features features = connector.features();
        page.append("\n## ").append(connector.kind()).append("\n\n");
        page.append(connector.description()).append("\n\n");
        steps(page, connector, features);
        page.append("| | |\n|---|---|\n");
        line(page, "An attempt whose end is unknown", features.sendsNothing() ? "" : uncertain(connector));
        line(page, "What we missed", features.missed());
        line(page, "Writing first", features.begins());
        line(page, "While a secret changes", changing(connector));
        line(
                page,
                "Checks passed",
                ConnectorJars.jar(connector).isPresent() ? "" : cards.getOrDefault(connector.title(), ""));
        limits(connector)
                .filter(limits -> !features.sendsNothing())
                .ifPresent(limits -> line(page, "Limits", LimitsText.of(limits)));
    }

    /** Which secrets prove requests beside each other. */
    private static String changing(Connector connector) {
        return connector.settings().stream()
                .filter(setting -> setting.beside() != null)
                .map(setting -> setting.name().equals(setting.beside())
                        ? "`" + setting.name() + "` may hold both, with a space between"
                        : "`" + setting.name() + "` proves beside `" + setting.beside() + "`")
                .collect(Collectors.joining("; "));
    }

    private static void steps(StringBuilder page, Connector connector, Features features) {
        int step = 1;
        for (String text : features.setUp()) {
            page.append(step++).append(". ").append(text).append('\n');
        }
        if (step > 1) {
            page.append(step)
                    .append(". Configure it:\n\n")
                    .append(snippet(connector))
                    .append('\n');
            if (connector instanceof WebhookSetup) {
                page.append(step + 1).append(". With the gateway running: `./dragoman connect my-");
                page.append(connector.kind()).append("`.\n\n");
            }
        }
    }

    /** The settings without which there is no account, secrets from the environment; of two that will do, the first. */
    private static String snippet(Connector connector) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("   ```yaml\n   ").append(connector.side().word()).append("s:\n");
        yaml.append("     my-").append(connector.kind()).append(":\n");
        yaml.append("       kind: ").append(connector.kind()).append('\n');
        for (String need : connector.features().needs()) {
            String[] names = need.split(" or ");
            yaml.append("       ").append(names[0]).append(": ").append(value(connector, names[0]));
            yaml.append(names.length > 1 ? " # or " + names[1] : "").append('\n');
        }
        return yaml.append("   ```\n").toString();
    }

    private static String value(Connector connector, String name) {
        Optional<Setting.Type> type = connector.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .<Setting.Type>map(Setting::type)
                .findFirst();
        if (type.isEmpty()) {
            return "{…}";
        }
        if (type.get() != Setting.Type.SECRET) {
            return "…";
        }
        String variable = connector.kind() + "_" + name.replaceAll("([a-z])([A-Z])", "$1_$2");
        return "\"${env:" + variable.replace('-', '_').toUpperCase(Locale.ROOT) + "}\"";
    }

    private static String uncertain(Connector connector) {
        if (connector instanceof Profiled) {
            return "as the profile says";
        }
        return switch (connector.retrySafety()) {
            case IDEMPOTENT -> "is repeated: the other side knows it by its key" + keysKept(connector);
            case QUERYABLE -> "the provider is asked first whether it has the message";
            case NEITHER -> "is settled by `onUncertain`: the other side knows no key and cannot be asked";
        };
    }

    private static String keysKept(Connector connector) {
        Duration kept = connector.keysKept();
        return kept.equals(ChronoUnit.FOREVER.getDuration())
                ? ""
                : ", for " + (kept.toHours() > 0 ? kept.toHours() + " hours" : kept.toMinutes() + " minutes")
                        + "; after them `onUncertain` settles it";
    }

    /** An account that has no more than what is there by itself. */
    private static Account sample(Connector connector) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : connector.settings()) {
            if (setting.fallback() != null) {
                values.put(setting.name(), setting.parser().apply(setting.fallback()));
            }
        }
        return new Account(connector.side(), "sample", connector.kind(), values, false, NOWHERE);
    }

    private static void line(StringBuilder page, String what, String text) {
        if (!text.isEmpty()) {
            page.append("| ")
                    .append(what)
                    .append(" | ")
                    .append(text.replace("|", "\\|"))
                    .append(" |\n");
        }
    }
}
