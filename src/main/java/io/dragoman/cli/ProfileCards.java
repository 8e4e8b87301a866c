// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.check.CaseResult;
import io.dragoman.app.check.ProfileCases;
import io.dragoman.connector.Connector;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Profiled;
import io.dragoman.contract.CheckResult;
import io.dragoman.contract.CheckResult.State;
import io.dragoman.contract.Contract;
import io.dragoman.contract.Samples;
import io.dragoman.contract.ScoreCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The score cards of profiles: the contract with the helpdesk that is simulated, and the recorded cases.
 *
 * @param profiles the connectors that read profiles
 * @param simulator the name of the helpdesk; null for that of the profile
 */
record ProfileCards(
        List<Profiled> profiles, Path home, @Nullable String simulator) {
    private static final String ENDING = ".yaml";
    private static final String PROVES = "What is recorded ends as it is recorded.";

    /** One profile that is tried: its name, what speaks as it says, and where its cases are. */
    record Tried(String name, Connector connector, Path cases) {}

    /**
     * The profile of a file, those of a folder, or the one of a name; empty where the word is none of these.
     *
     * @throws InvalidProfile when one of them is no good
     */
    List<Tried> find(String word) throws InvalidProfile {
        Path path = Path.of(word);
        if (Files.isDirectory(path)) {
            List<Tried> all = new ArrayList<>();
            for (Path file : files(path)) {
                all.add(read(file));
            }
            return all;
        } else if (word.endsWith(ENDING) && Files.exists(path)) {
            return List.of(read(path));
        }
        Optional<Profiled> having = profiles.stream()
                .filter(one -> one.profiles(home).contains(word))
                .findFirst();
        return having.isEmpty()
                ? List.of()
                : List.of(new Tried(
                        word,
                        having.get().profile(word, home),
                        home.resolve(Profiled.FOLDER).resolve(word)));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tried read(Path file) throws InvalidProfile {
        Profiled reader =
                profiles.stream().filter(one -> one.describes(file)).findFirst().orElse(profiles.get(0));
        String name = String.valueOf(file.getFileName()).replace(ENDING, "");
        return new Tried(name, reader.profile(file), file.resolveSibling(name));
    }

    ScoreCard card(Tried tried) {
        String helpdesk = simulator == null ? tried.name() : simulator;
        List<CheckResult> results = new ArrayList<>();
        try (Samples.Lent lent = Samples.ofProfile(tried.connector(), helpdesk, Clock.systemUTC())) {
            results.addAll(Contract.run(lent.sample()).results());
        }
        results.addAll(cases(tried));
        return new ScoreCard(tried.name(), results);
    }

    private static List<CheckResult> cases(Tried tried) {
        if (!Files.isDirectory(tried.cases())) {
            String reason = tried.cases() + " is no folder: docs/profiles.md says how cases are recorded";
            return List.of(new CheckResult(
                    ScoreCard.CASES, "recorded cases", PROVES, State.NOT_APPLICABLE, null, null, reason));
        }
        try {
            return new ProfileCases(tried.connector())
                    .run(tried.cases()).stream().map(ProfileCards::result).toList();
        } catch (IOException e) {
            return List.of(failed("recorded cases", tried.cases() + " cannot be read: " + e.getMessage()));
        }
    }

    private static CheckResult result(CaseResult one) {
        String failure = one.failure();
        return failure == null
                ? new CheckResult(ScoreCard.CASES, one.name(), PROVES, State.PASSED, null, null, null)
                : failed(one.name(), failure);
    }

    private static CheckResult failed(String name, String found) {
        return new CheckResult(ScoreCard.CASES, name, PROVES, State.FAILED, found, "as recorded", null);
    }
}
