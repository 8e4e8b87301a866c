// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever says an address of somebody else's must not become that person at the helpdesk. */
final class VerifiedIdentitiesTest {
    private static final Pattern USED = Pattern.compile("identities\\[.{0,60}");

    private static Stream<String> profiles() {
        return new HttpDesk().profiles(Path.of("src/test/no-such-home")).stream();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    @DisplayName("a shipped desk gives its helpdesk no address or number that is not verified")
    void desksShouldUseVerifiedIdentitiesAlone(String profile) throws Exception {
        String text = Files.readString(Path.of("src/main/resources/profiles/" + profile + ".yaml"));
        List<String> used = USED.matcher(text).results().map(MatchResult::group).toList();
        assertThat(used).allMatch(one -> one.contains("verified"));
    }
}
