// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.ConnectorJars;
import io.dragoman.connector.Connector;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Profiled;
import io.dragoman.contract.CheckResult;
import io.dragoman.contract.CheckResult.State;
import io.dragoman.contract.Contract;
import io.dragoman.contract.Samples;
import io.dragoman.contract.ScoreCard;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code connector test}. */
@Command(
        name = "test",
        description = {
            "Run the checks of the contract on a connector and print its score card.",
            "Nothing leaves this machine, and no gateway and no provider is needed. A check that does not apply says why.",
            "A profile is tried too, by its file, its folder or its name: a desk's with the helpdesk that is simulated"
                    + " under its name, any with the recorded cases beside it.",
            "A connector without a simulator or a sample is tried in nothing that it does: then the exit code is 3."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no check failed",
            "1:a check failed",
            "2:the command line is wrong, or a jar cannot be used",
            "3:no check failed, but of the kind that was named, or of one in a jar, nothing was tried but its settings;"
                    + " --accept-untried makes it 0"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman connector test telegram    each check of the contract",
            "  ./dragoman connector test             all kinds, a line each",
            "  ./dragoman connector test whatsapp --json",
            "  ./dragoman connector test acme --jar target/acme.jar",
            "  ./dragoman connector test acme --jar target/acme.jar --accept-untried",
            "  ./dragoman connector test profiles/acme.yaml --simulator zammad",
        })
final class ConnectorTest implements Callable<Integer> {
    /** No check failed, and nothing was tried. */
    private static final int UNTRIED = 3;

    private static final String NO_HELPDESK =
            "No helpdesk is simulated under its name (--simulator names another), and it has no recorded cases.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ConnectorCommand group;

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND|PROFILE",
            description = "The kind, as ./dragoman connectors lists it. Without: all of them, a line each."
                    + " Or a profile: its name, its file, or a folder with several.")
    private @Nullable String kind;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "A jar with connectors beside those of the program and the home folder; may be repeated.")
    private List<Path> jars = List.of();

    @Option(
            names = "--accept-untried",
            description =
                    "End with 0 although there is nothing to try a connector with, so that only its settings are.")
    private boolean acceptUntried;

    @Option(
            names = "--simulator",
            paramLabel = "NAME",
            description = "The simulated helpdesk to try a desk's profile with, where that is not its own name.")
    private @Nullable String simulator;

    @Override
    public Integer call() {
        Dragoman dragoman = group.dragoman();
        List<Connector> all = ConnectorJars.added(dragoman.connectors(), jars);
        List<Connector> chosen = all.stream()
                .filter(one -> kind == null || one.kind().equals(kind))
                .toList();
        if (chosen.isEmpty() && kind != null) {
            return profiles(dragoman, all, kind);
        }
        List<Report> reports = new ArrayList<>();
        List<Connector> untried = new ArrayList<>();
        boolean good = true;
        for (Connector connector : chosen) {
            ScoreCard card = card(connector);
            good &= card.passed();
            if (!card.isTried()) {
                untried.add(connector);
            }
            reports.add(Report.of(card));
            tell(dragoman, connector.title(), card, kind != null);
        }
        if (dragoman.json()) {
            dragoman.print(kind == null ? reports : reports.get(0));
        }
        untried.forEach(connector -> warn(dragoman.err(), connector.title(), Samples.lacking(connector)));
        boolean some = untried.size() < chosen.size();
        return !good ? Dragoman.FAILED : untried.stream().anyMatch(one -> isAsked(one, some)) ? UNTRIED : Dragoman.OK;
    }

    /** What is no kind is a profile, or nothing. */
    private int profiles(Dragoman dragoman, List<Connector> all, String word) {
        List<Profiled> readers = all.stream()
                .filter(Profiled.class::isInstance)
                .map(Profiled.class::cast)
                .toList();
        ProfileCards cards = new ProfileCards(readers, dragoman.place(), simulator);
        List<ProfileCards.Tried> found;
        try {
            found = cards.find(word);
        } catch (InvalidProfile e) {
            e.faults().forEach(dragoman.err()::println);
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
        if (found.isEmpty()) {
            dragoman.refuse(
                    "There is no connector " + word + ". There is no profile of that name, or at that place, either.",
                    word,
                    all.stream().map(Connector::kind).toList());
            return Dragoman.WRONG;
        }
        return profiles(dragoman, cards, found);
    }

    private int profiles(Dragoman dragoman, ProfileCards cards, List<ProfileCards.Tried> found) {
        List<Report> reports = new ArrayList<>();
        boolean good = true;
        boolean tried = true;
        for (ProfileCards.Tried one : found) {
            ScoreCard card = cards.card(one);
            good &= card.passed();
            if (!card.isTried()) {
                tried = false;
                warn(dragoman.err(), one.name(), NO_HELPDESK);
            }
            reports.add(Report.of(card));
            tell(dragoman, one.name(), card, found.size() == 1);
        }
        if (dragoman.json()) {
            dragoman.print(found.size() == 1 ? reports.get(0) : reports);
        }
        return !good ? Dragoman.FAILED : tried || acceptUntried ? Dragoman.OK : UNTRIED;
    }

    private static void tell(Dragoman dragoman, String title, ScoreCard card, boolean whole) {
        if (!dragoman.json() && whole) {
            show(dragoman.out(), card);
        } else if (!dragoman.json()) {
            dragoman.out().println(title + ": " + card.summary());
            dragoman.out().flush();
        }
    }

    /** Those of the program that cannot be tried so are known; where others of the same word were, it is said alone. */
    private boolean isAsked(Connector connector, boolean othersTried) {
        return !acceptUntried
                && ((kind != null && !othersTried)
                        || ConnectorJars.jar(connector).isPresent());
    }

    private static void warn(PrintWriter err, String title, String why) {
        err.println("NEXT TO NOTHING IS PROVEN of " + title
                + ": there is nothing to try it with, so that of all that it does, how it proves, reads and sends,"
                + " no check was made. " + why);
        err.flush();
    }

    private static ScoreCard card(Connector connector) {
        try (Samples.Lent lent = lent(connector)) {
            return Contract.run(lent.sample());
        }
    }

    private static Samples.Lent lent(Connector connector) {
        try {
            return Samples.of(connector, Clock.systemUTC());
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalStateException(
                    "what " + connector.kind() + " is tried with, a simulator or a sample, cannot be loaded: " + e
                            + ". Correct its file in META-INF/services, or build it against this version of Dragoman.",
                    e);
        }
    }

    private static void show(PrintWriter out, ScoreCard card) {
        for (CheckResult result : card.results()) {
            String title = result.group() + ": " + result.name();
            switch (result.state()) {
                case PASSED -> out.println("passed          " + title);
                case FAILED -> {
                    out.println("FAILED          " + title);
                    out.println("                  proves:   " + result.proves());
                    out.println("                  found:    " + result.found());
                    out.println("                  expected: " + result.expected());
                }
                case NOT_APPLICABLE -> out.println("not applicable  " + title + " (" + result.reason() + ")");
            }
        }
        out.println(String.format(
                Locale.ROOT,
                "%s: %d passed, %d failed, %d not applicable.",
                card.kind(),
                card.count(State.PASSED),
                card.count(State.FAILED),
                card.count(State.NOT_APPLICABLE)));
        out.flush();
    }

    /** What {@code connector test --json} prints of one. */
    private record Report(
            String kind,
            boolean good,
            boolean tried,
            long passed,
            long failed,
            long notApplicable,
            List<CheckResult> checks) {
        static Report of(ScoreCard card) {
            return new Report(
                    card.kind(),
                    card.passed(),
                    card.isTried(),
                    card.count(State.PASSED),
                    card.count(State.FAILED),
                    card.count(State.NOT_APPLICABLE),
                    card.results());
        }
    }
}
