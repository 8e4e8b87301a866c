// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.Features;
import io.dragoman.connector.Profiled;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code docs/desks.md}: what each desk has and how it is set up, as its connector or profile says. */
public final class DeskPages {
    private static final String HEAD = """
            # Desks

            <!-- Generated from what connectors and profiles say of themselves. To change it, change them, then:
                 ./dragoman connectors --desks > docs/desks.md -->

            Where agents answer: what each desk gets and gives, and what has to be done there. Every one gets all messages of
            customers. Settings stand in [configuration.md](configuration.md), how profiles are written in
            [profiles.md](profiles.md#desks).

            → goes to the desk, ← comes from it, ↔ both. *Private notes*: a condition of the profile tells an agent's answer
            from them. *Edited, deleted*: what a customer changed is told. *Merged tickets*: the conversation goes on in the
            ticket that took its own over, or its next message opens another, which begins with what was said before.
            *Several requests*: a customer is found or made first, or files are uploaded.

            Answers reach a customer in the order in which they are told. Where answers come by webhook and poll, one whose
            webhook was lost comes with the next poll, and so behind what was written after it. Files come with the poll alone,
            and so behind later answers, at jira-sm and zendesk.

            """;

    private static final List<DeskCapability> COLUMNS = Arrays.stream(DeskCapability.values())
            .filter(capability -> capability != DeskCapability.DOUBT && capability != DeskCapability.MERGING)
            .toList();

    private DeskPages() {}

    /** Makes the page; the same input always gives the same text. */
    public static String of(List<Connector> connectors) {
        Map<String, Desk> desks = desks(connectors);
        StringBuilder page = new StringBuilder(HEAD).append("| desk |");
        COLUMNS.forEach(column -> page.append(' ').append(column.title()).append(" |"));
        page.append("\n|---|").append("---|".repeat(COLUMNS.size())).append('\n');
        desks.forEach((name, desk) -> row(page, name, desk));
        desks.forEach((name, desk) -> one(page, name, desk));
        return page.toString();
    }

    /** By kind, or by profile. */
    private static Map<String, Desk> desks(List<Connector> connectors) {
        Map<String, Desk> desks = new LinkedHashMap<>();
        for (Connector connector : connectors) {
            if (connector instanceof Desk && connector instanceof Profiled profiled) {
                ConnectorTable.profiles(profiled).forEach((name, one) -> desks.put(name, (Desk) one));
            } else if (connector instanceof Desk desk) {
                desks.put(desk.kind(), desk);
            }
        }
        return desks;
    }

    private static void row(StringBuilder page, String name, Desk desk) {
        Map<DeskCapability, String> has = desk.capabilities();
        page.append("| [").append(name).append("](#").append(name).append(") |");
        COLUMNS.forEach(
                column -> page.append(' ').append(has.getOrDefault(column, "—")).append(" |"));
        page.append('\n');
    }

    private static void one(StringBuilder page, String name, Desk desk) {
        Features features = desk.features();
        page.append("\n## ")
                .append(name)
                .append("\n\n")
                .append(desk.description())
                .append("\n\n");
        page.append(desk.kind().equals(name) ? "`kind: " + name + "`" : "`kind: http`, `profile: " + name + "`");
        String needs = features.needs().stream().map(need -> "`" + need + "`").collect(Collectors.joining(", "));
        page.append(needs.isEmpty() ? "" : "; it needs " + needs).append(".\n");
        int step = 1;
        for (String text : features.setUp()) {
            page.append(step == 1 ? "\n" : "");
            page.append(step++).append(". ").append(text).append('\n');
        }
        line(page, "How webhooks are verified", features.verification());
        line(page, "An attempt whose end is unknown", desk.capabilities().getOrDefault(DeskCapability.DOUBT, ""));
        line(page, DeskCapability.MERGING.title(), desk.capabilities().getOrDefault(DeskCapability.MERGING, ""));
        line(page, "What we missed", features.missed());
        line(page, "Nobody has checked", String.join("; ", features.unverified()));
    }

    private static void line(StringBuilder page, String what, String text) {
        if (!text.isEmpty()) {
            page.append("\n**").append(what).append("**: ").append(text).append(text.endsWith(".") ? "\n" : ".\n");
        }
    }
}
