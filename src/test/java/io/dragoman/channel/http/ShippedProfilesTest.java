// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.check.CaseResult;
import io.dragoman.app.check.CaseResult.Kind;
import io.dragoman.app.check.ProfileCases;
import io.dragoman.connector.Connector;
import io.dragoman.desk.http.HttpDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every profile that is shipped is proved by recorded cases. */
final class ShippedProfilesTest {
    private static final Path PROFILES = Path.of("src/main/resources/profiles");
    private static final Path CASES = Path.of("src/test/resources/profiles");
    private static final Path NOWHERE = Path.of("src/test/no-such-home");

    /** Shops and CRMs, to which nothing is sent. */
    private static final Map<String, List<Kind>> NO_MESSAGES = Map.of(
            "shopify", List.of(Kind.ORDER, Kind.FORGET, Kind.ASK, Kind.REFUSAL),
            "hubspot-crm", List.of(Kind.ASK, Kind.REFUSAL),
            "salesforce-crm", List.of(Kind.ASK, Kind.REFUSAL));

    static List<String> names() {
        return new HttpChannel().profiles(NOWHERE);
    }

    static List<String> desks() {
        return new HttpDesk().profiles(NOWHERE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyCaseShouldEndAsRecorded(String name) throws Exception {
        List<CaseResult> results = new ProfileCases(profile(name)).run(CASES.resolve(name));
        assertThat(results.stream()
                        .filter(result -> !result.passed())
                        .map(result -> name + "/" + result.name() + ": " + result.failure()))
                .isEmpty();
        List<Kind> needed =
                NO_MESSAGES.getOrDefault(name, List.of(Kind.MESSAGE, Kind.RECEIPT, Kind.REFUSAL, Kind.SEND));
        assertThat(results.stream().map(CaseResult::kind).distinct())
                .as("kinds of cases of " + name)
                .containsAll(needed);
    }

    @ParameterizedTest
    @MethodSource("desks")
    void everyCaseOfADeskShouldEndAsRecorded(String name) throws Exception {
        List<CaseResult> results = new ProfileCases(new HttpDesk().profile(name, NOWHERE)).run(CASES.resolve(name));
        assertThat(results.stream()
                        .filter(result -> !result.passed())
                        .map(result -> name + "/" + result.name() + ": " + result.failure()))
                .isEmpty();
        assertThat(results.stream().map(CaseResult::kind).distinct())
                .as("kinds of cases of " + name)
                .contains(Kind.CREATE, Kind.APPEND, Kind.REFUSAL)
                .containsAnyOf(Kind.REPLY, Kind.POLL);
    }

    @Test
    void listOfProfilesShouldBeThatOfTheirFiles() throws IOException {
        assertThat(Stream.of(names(), desks()).flatMap(List::stream).sorted())
                .isEqualTo(files(PROFILES, ".yaml"))
                .isEqualTo(files(CASES, ""));
        assertThat(names()).hasSizeGreaterThanOrEqualTo(20);
    }

    private static Connector profile(String name) throws Exception {
        return new HttpChannel().profile(name, NOWHERE);
    }

    private static List<String> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending) && !name.endsWith(".txt"))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
