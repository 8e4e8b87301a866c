// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.ChannelPages;
import io.dragoman.config.ConnectorJars;
import io.dragoman.config.DeskPages;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.JsonSchema;
import io.dragoman.config.Reference;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.rules.RuleBook;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code connectors}: the kinds of channel and desk and the settings of each. */
@Command(
        name = "connectors",
        description = "List the kinds of channel and desk, and the settings of each.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman connectors                 all kinds, a line each",
            "  ./dragoman connectors telegram        one kind with its settings",
            "  ./dragoman connectors --channels > docs/channels.md",
            "  ./dragoman connectors --desks > docs/desks.md",
            "  ./dragoman connectors --docs > docs/configuration.md",
            "  ./dragoman connectors --schema > config/dragoman.schema.json"
        })
final class ListConnectors implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(arity = "0..1", paramLabel = "KIND", description = "Show this one with its settings.")
    private @Nullable String kind;

    @Option(names = "--channels", description = "Print docs/channels.md instead.")
    private boolean channels;

    @Option(names = "--desks", description = "Print docs/desks.md instead.")
    private boolean desks;

    @Option(names = "--docs", description = "Print docs/configuration.md instead.")
    private boolean docs;

    @Option(
            names = "--schema",
            description = "Print config/dragoman.schema.json instead, with the profiles in profiles/.")
    private boolean schema;

    @Override
    public Integer call() {
        PrintWriter out = dragoman.out();
        if (channels || desks || docs || schema) {
            out.print(file(dragoman.connectors()));
            out.flush();
            return Dragoman.OK;
        }
        List<Connector> chosen = dragoman.connectors().stream()
                .filter(connector -> kind == null || connector.kind().equals(kind))
                .toList();
        if (chosen.isEmpty() && kind != null) {
            dragoman.refuse(
                    "There is no connector " + kind + ".",
                    kind,
                    dragoman.connectors().stream().map(Connector::kind).toList());
            return Dragoman.WRONG;
        }
        if (dragoman.json()) {
            dragoman.print(chosen.stream().map(this::described).toList());
        } else {
            chosen.forEach(connector -> show(out, connector));
        }
        out.flush();
        return Dragoman.OK;
    }

    private String file(List<Connector> all) {
        if (channels) {
            return ChannelPages.of(all);
        }
        if (desks) {
            return DeskPages.of(all);
        }
        return docs
                ? Reference.of(all, GatewaySettings.ALL, RuleBook.keys())
                : JsonSchema.of(all, GatewaySettings.ALL, RuleBook.keys(), dragoman.place());
    }

    private void show(PrintWriter out, Connector connector) {
        out.println(String.format(
                Locale.ROOT,
                "%-8s %-12s %s%s",
                connector.side().word(),
                connector.kind(),
                connector.description(),
                ConnectorJars.jar(connector).map(jar -> " (" + jar + ")").orElse("")));
        if (kind != null) {
            connector
                    .settings()
                    .forEach(setting -> out.println(String.format(
                            Locale.ROOT, "  %-26s %s%s", setting.name(), mark(setting), setting.description())));
            setUp(out, connector);
        }
    }

    /** What a person does at the provider, numbered; nothing where the connector does not say. */
    static void setUp(PrintWriter out, Connector connector) {
        List<String> steps = connector.features().setUp();
        for (int i = 0; i < steps.size(); i++) {
            out.println("  " + (i + 1) + ". " + steps.get(i));
        }
    }

    private static String mark(Setting<?> setting) {
        if (setting.required()) {
            return "(required) ";
        }
        if (setting.verifies()) {
            return "(required unless insecure) ";
        }
        return setting.fallback() == null ? "" : "(default " + setting.fallback() + ") ";
    }

    private Described described(Connector connector) {
        return new Described(
                connector.kind(),
                connector.side().word(),
                connector.description(),
                ConnectorJars.jar(connector).map(Path::toString).orElse(null),
                connector.features(),
                connector.retrySafety(),
                ChannelPages.limits(connector).orElse(null),
                settings(connector),
                connector instanceof Profiled profiled ? profiles(profiled) : null);
    }

    /** Those that can be used; {@code profile list} says what is wrong with the others. */
    private List<ProfileList.Line> profiles(Profiled profiled) {
        List<ProfileList.Line> lines = new ArrayList<>();
        for (String name : profiled.profiles(dragoman.place())) {
            try {
                lines.add(ProfileList.Line.of(name, profiled.profile(name, dragoman.place())));
            } catch (InvalidProfile e) {
                dragoman.err().println(e.getMessage());
            }
        }
        return lines;
    }

    static List<DescribedSetting> settings(Connector connector) {
        return connector.settings().stream()
                .map(setting -> new DescribedSetting(
                        setting.name(),
                        setting.type(),
                        setting.required(),
                        setting.fallback(),
                        setting.words(),
                        setting.description()))
                .toList();
    }

    /**
     * What {@code --json} prints of one.
     *
     * @param jar that it came in; null for one of the program
     * @param limits of an account that has its required settings alone; null where a profile has them, and for desks
     * @param profiles null where it knows none
     */
    private record Described(
            String kind,
            String side,
            String description,
            @Nullable String jar,
            Features features,
            RetrySafety retrySafety,
            @Nullable Limits limits,
            List<DescribedSetting> settings,
            @Nullable List<ProfileList.Line> profiles) {}

    record DescribedSetting(
            String name,
            Setting.Type type,
            boolean required,
            @Nullable String fallback,
            List<String> words,
            String description) {}
}
