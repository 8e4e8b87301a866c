// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.InvalidProfile.Fault;
import io.dragoman.connector.Profiled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code profile list}. */
@Command(
        name = "list",
        description = "List the profiles that are shipped and those in profiles/ of the home folder.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman profile list",
            "  ./dragoman profile list --json         with what each can do and its settings"
        })
final class ProfileList implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ProfileCommand group;

    @Override
    public Integer call() {
        Dragoman dragoman = group.dragoman();
        List<Fault> faults = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (Profiled profiled : group.profiles()) {
            for (String name : profiled.profiles(dragoman.place())) {
                try {
                    lines.add(Line.of(name, profiled.profile(name, dragoman.place())));
                } catch (InvalidProfile e) {
                    faults.addAll(e.faults());
                }
            }
        }
        if (dragoman.json()) {
            dragoman.print(lines);
        } else {
            lines.forEach(line -> dragoman.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%-18s %-8s %-62s %s",
                            line.profile(),
                            line.side(),
                            line.description(),
                            line.verification())));
            dragoman.out().flush();
        }
        faults.forEach(dragoman.err()::println);
        dragoman.err().flush();
        return faults.isEmpty() ? Dragoman.OK : Dragoman.WRONG;
    }

    /** What {@code profile list --json} prints of each. */
    record Line(
            String profile,
            String side,
            String description,
            String receives,
            String sends,
            String receipts,
            @Nullable String verification,
            List<String> needs,
            List<ListConnectors.DescribedSetting> settings) {
        static Line of(String name, Connector connector) {
            Features features = connector.features();
            return new Line(
                    name,
                    connector.side().word(),
                    connector.description(),
                    features.receives(),
                    features.sends(),
                    features.receipts(),
                    features.verification(),
                    features.needs(),
                    ListConnectors.settings(connector));
        }
    }
}
