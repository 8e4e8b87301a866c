// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.ClosedWindow;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeskPolicy;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.rules.schema.SchemaKey;
import java.util.List;

/** {@code docs/configuration.md}: everything that can be configured, made from the settings in the code. */
public final class Reference {
    private static final String HEAD = """
            # Configuration

            <!-- Generated from the settings in the code. To change it, change them, then:
                 ./dragoman connectors --docs > docs/configuration.md -->

            The configuration is in YAML files below `config/`. `./dragoman check` reads them all, reports every problem
            with its file, line and column, and shows what was understood. An editor that knows JSON Schema completes and checks
            while you write: each shipped file names `dragoman.schema.json` in its first line. It knows the settings of each
            profile that is shipped; `./dragoman connectors --schema > config/dragoman.schema.json` adds those of your own.

            | file | what it says | needed |
            |---|---|---|
            | [`gateway.yaml`](#gatewayyaml) | ports, store, the desk for everything | no |
            | [`channels.yaml`](#channelsyaml) | where customers write | yes |
            | [`desks.yaml`](#desksyaml) | the helpdesks that conversations go to; without it there is one, `inbox`, of kind `local` | no |
            | [`rules.yaml`](#rulesyaml) | what happens to a message | no |
            | [`replies.yaml`](#repliesyaml) | the texts of automatic replies | no |
            | [`hours.yaml`](#hoursyaml) | business hours | no |
            | [`listening.yaml`](#listeningyaml) | what is heard in public, who approves answers there, negative words: [listening.md](listening.md) | no |
            | [`surveys.yaml`](#surveysyaml) | what customers are asked after closing: [surveys.md](surveys.md) | no |
            | [`polls.yaml`](#pollsyaml) | polls, quizzes and short forms: [polls.md](polls.md) | no |
            | [`faq.yaml`](#faqyaml) | what customers ask often, with the answers; [`faq/*.md`](answers.md) beside it | no |

            **Secrets** do not belong in these files. `"${env:NAME}"` is the environment variable `NAME`, `"${file:/run/secrets/name}"`
            the content of a file (without the line end after it; `~/` and names relative to the home folder work). Both work
            in any value, also inside a longer text; `$${env:NAME}` stays as it is written, without its first dollar. A secret
            that is written out is a warning.

            **Changes** to channels, desks, rules, replies, hours, surveys, polls and FAQ, and to `desk`, `reopenWithin` and `mediaWait`, apply
            within seconds, without a restart and without losing a message. A broken file leaves the old configuration active,
            and the log says what is wrong. Everything else waits for the next start; the log names it.

            **Values.** A dot in a name below is a level in the file: `imap.host` is `imap: {host: …}`. What is required inside such
            a group is required only where the group is there. A length of time is written `90s`, `10m`, `36h` or `7d`, a size
            `512 KB` or `4 MB`.

            What each kind of channel and desk can do, and how it is set up at its provider: [channels.md](channels.md).
            """;

    private Reference() {}

    /** Makes the page; the same input always gives the same text. */
    public static String of(List<Connector> connectors, List<Setting<?>> gateway, List<SchemaKey> rules) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\n## gateway.yaml\n\n");
        settings(page, gateway);
        page.append("\nAnd:\n\n");
        keys(page, AdminSettings.KEYS);
        page.append("""

                ## channels.yaml

                Each entry below `channels:` is a channel; its name is its id, made of small letters, digits and hyphens, and
                unique among channels and desks. Webhooks arrive at `<publicUrl>/channels/<id>`. Every channel and every desk
                takes:

                """);
        settings(page, AccountReader.COMMON);
        page.append("\nEvery channel takes besides:\n\n");
        settings(page, ClosedWindow.SETTINGS);
        connectors(page, AccountFile.CHANNELS, connectors);
        page.append("""

                ## desks.yaml

                Each entry below `desks:` is a desk. Its webhooks, where it has any, arrive at `<publicUrl>/desks/<id>`.
                Every desk takes besides what every channel and every desk takes:

                """);
        settings(page, DeskPolicy.SETTINGS);
        connectors(page, AccountFile.DESKS, connectors);
        rules(page, rules, "rules.yaml", "rules", "guard", "quiet");
        part(page, rules, "trigger", "A *trigger* is written as a map of one:");
        part(page, rules, "search", "A *search* is written as a map:");
        part(page, rules, "opening", "An *opening* is written as a map:");
        rules(page, rules, "replies.yaml", "replies", "business");
        rules(page, rules, "hours.yaml", "hours");
        part(page, rules, "holiday", "A holiday is a date, or a map:");
        rules(page, rules, "surveys.yaml", "surveys");
        rules(page, rules, "listening.yaml", "streams", "unheard", "approval", "negative");
        rules(page, rules, "polls.yaml", "polls");
        rules(page, rules, "faq.yaml", "faq", "siteMaps");
        return page.toString();
    }

    private static void rules(StringBuilder page, List<SchemaKey> rules, String file, String... levels) {
        page.append("\n## ").append(file).append("\n\n");
        keys(
                page,
                rules.stream()
                        .filter(key -> List.of(levels).contains(first(key)))
                        .toList());
    }

    private static void part(StringBuilder page, List<SchemaKey> rules, String part, String title) {
        List<SchemaKey> keys =
                rules.stream().filter(key -> first(key).equals(part)).toList();
        if (!keys.isEmpty()) {
            page.append('\n').append(title).append("\n\n");
            keys(page, keys);
        }
    }

    private static String first(SchemaKey key) {
        int dot = key.path().indexOf('.');
        return (dot < 0 ? key.path() : key.path().substring(0, dot)).replace("[]", "");
    }

    private static void connectors(StringBuilder page, AccountFile file, List<Connector> connectors) {
        for (Connector connector : connectors) {
            if (file.takes(connector)) {
                page.append("\n### `").append(connector.kind()).append("`\n\n");
                page.append(connector.description()).append("\n\n");
                if (connector.settings().isEmpty()) {
                    page.append("It has no settings of its own.\n");
                } else {
                    settings(page, connector.settings());
                }
                if (connector instanceof Profiled profiled) {
                    page.append("\nFurther settings are those of the profile. These are shipped:\n\n");
                    page.append(ConnectorTable.ofProfiles(profiled));
                    profiles(page, profiled);
                }
            }
        }
    }

    /** The settings of each profile that is shipped, without the one that names it. */
    private static void profiles(StringBuilder page, Profiled profiled) {
        ConnectorTable.profiles(profiled).forEach((name, connector) -> {
            page.append("\n#### `profile: ").append(name).append("`\n\n");
            page.append(connector.description()).append("\n\n");
            settings(
                    page,
                    connector.settings().stream()
                            .filter(setting -> !setting.name().equals(Profiled.SETTING))
                            .toList());
        });
    }

    private static void settings(StringBuilder page, List<Setting<?>> settings) {
        page.append("| setting | value | default | what it is |\n|---|---|---|---|\n");
        for (Setting<?> setting : settings) {
            page.append("| `").append(setting.name()).append("` | ").append(value(setting));
            page.append(" | ").append(fallback(setting));
            page.append(" | ").append(cell(setting.description())).append(" |\n");
        }
    }

    private static String value(Setting<?> setting) {
        return switch (setting.type()) {
            case TEXT -> "text";
            case SECRET -> "secret";
            case URL -> "address";
            case INTEGER -> "whole number";
            case FLAG -> "true, false";
            case DURATION -> "length of time";
            case CHOICE -> cell(String.join(", ", setting.words()));
        };
    }

    private static String fallback(Setting<?> setting) {
        if (setting.required()) {
            int dot = setting.name().lastIndexOf('.');
            return "**required**" + (dot < 0 ? "" : " with `" + setting.name().substring(0, dot) + "`");
        }
        if (setting.verifies()) {
            return "**required** unless `insecure`";
        }
        return setting.fallback() == null ? "" : "`" + cell(setting.fallback()) + "`";
    }

    private static void keys(StringBuilder page, List<SchemaKey> keys) {
        page.append("| key | value | what it is | example |\n|---|---|---|---|\n");
        for (SchemaKey key : keys) {
            String name = SchemaKey.PARTS.contains(first(key))
                    ? key.path().substring(key.path().indexOf('.') + 1)
                    : key.path().replace("*", "<name>");
            String words = key.words().isEmpty() ? "" : " " + String.join(", ", key.words());
            page.append("| `").append(name).append("` | ");
            page.append(cell(key.form().title() + words)).append(" | ");
            page.append(cell(key.about())).append(" | ");
            page.append(key.example().isEmpty() ? "" : "`" + cell(key.example()) + "`")
                    .append(" |\n");
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ").strip();
    }
}
