// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dragoman.connector.Secret;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaLinksTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant EXPIRES = NOW.plusSeconds(3600);
    private static final String ID = "0192f0c1-7b6a-7000-8000-000000000001";

    private final MediaLinks links = new MediaLinks(new Secret("key"));

    @Test
    void linkIsGoodUntilItExpires() {
        String query = query(ID);

        assertThat(links.check(ID, query, NOW)).contains(EXPIRES);
        assertThat(links.check(ID, query, EXPIRES.minusSeconds(1))).contains(EXPIRES);
        assertThat(links.check(ID, query, EXPIRES)).isEmpty();
    }

    @Test
    void linkStandsBelowThePublicUrl() {
        String start = "https://chat.example.com/media/" + ID + "?expires=1795258800&signature=";

        assertThat(links.link(URI.create("https://chat.example.com"), ID, EXPIRES))
                .startsWith(start);
        assertThat(links.link(URI.create("https://chat.example.com/"), ID, EXPIRES))
                .startsWith(start);
        assertThat(links.link(URI.create("https://example.com/chat"), ID, EXPIRES))
                .startsWith("https://example.com/chat/media/")
                .matches("[A-Za-z0-9:/?&=._-]+")
                .isEqualTo(links.link(URI.create("https://example.com/chat"), ID, EXPIRES));
    }

    @Test
    void anyChangeSpoilsTheLink() {
        String query = query(ID);
        assertThat(links.check("0192f0c1-7b6a-7000-8000-000000000002", query, NOW))
                .isEmpty();
        assertThat(new MediaLinks(new Secret("other")).check(ID, query, NOW)).isEmpty();
        for (int i = 0; i < query.length(); i++) {
            char other = query.charAt(i) == '1' ? '2' : '1';
            String changed = query.substring(0, i) + other + query.substring(i + 1);
            assertThat(links.check(ID, changed, NOW)).as(changed).isEmpty();
        }
    }

    @Test
    void parametersOfOthersDoNoHarm() {
        assertThat(links.check(ID, "utm_source=mail&" + query(ID) + "&x", NOW)).contains(EXPIRES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&",
                "expires",
                "expires=",
                "signature=",
                "expires=1&signature=",
                "expires=-1&signature=x",
                "expires=99999999999999999999&signature=x",
                "expires=999999999999&signature=x",
                "expires=1e9&signature=%00"
            })
    void queryThatIsNoneIsNoLink(String query) {
        assertThat(links.check(ID, query, NOW)).isEmpty();
    }

    @Test
    void parameterTwiceIsNoLink() {
        assertThat(links.check(ID, query(ID) + "&expires=1795258800", NOW)).isEmpty();
        assertThat(links.check(ID, query(ID) + "&signature=x", NOW)).isEmpty();
    }

    @Test
    void oddIdIsNoLink() {
        assertThat(links.check("../secret", query(ID), NOW)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> links.link(URI.create("https://example.com"), "a/b", EXPIRES));
    }

    private String query(String id) {
        return String.valueOf(URI.create(links.link(URI.create("https://example.com"), id, EXPIRES))
                .getRawQuery());
    }
}
