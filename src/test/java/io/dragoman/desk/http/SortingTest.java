// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.model.ConversationBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What teams and agents are called at a helpdesk. */
final class SortingTest {
    private static final Account ACCOUNT = new Account(
            Side.DESK,
            "help",
            "http",
            Map.of("teams", Sorting.TEAMS.parser().apply(" billing = 7,vip desk=Very important , x = 8 ")),
            false,
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key")));

    @Test
    void teamIsSaidInTheirWord() {
        assertThat(theirs("billing", "mara")).isEqualTo(Map.of("team", "7"));
        assertThat(theirs("vip desk", null)).isEqualTo(Map.of("team", "Very important"));
    }

    @Test
    void whatHasNoWordThereIsNotSaid() {
        assertThat(theirs("support", null)).isEmpty();
        assertThat(theirs(null, "7")).isEmpty();
    }

    @Test
    void theirWordIsReadAsOurs() {
        Map<String, String> teams = Sorting.of(ACCOUNT).teams();
        assertThat(Sorting.ours(teams, List.of("Billing Europe", "7"))).isEqualTo("billing");
        assertThat(Sorting.ours(teams, List.of("Billing Europe", "9"))).isEqualTo("Billing Europe");
        assertThat(Sorting.ours(teams, List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "billing=", "=7", "billing=7,,x=8", "billing=7, billing=8"})
    void whatIsNoPairIsRefused(String text) {
        assertThatThrownBy(() -> Sorting.TEAMS.parser().apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(must be pairs such as billing=7|has billing twice).*");
    }

    private static Map<String, String> theirs(String team, String assignee) {
        return Sorting.of(ACCOUNT)
                .theirs(new ConversationBuilder("c-1", "shop", "telegram", "p-1", "7001", Instant.EPOCH)
                        .team(team)
                        .assignee(assignee)
                        .build());
    }
}
