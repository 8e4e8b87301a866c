// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.ProviderList;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Instagram has by Meta's newest list and this version does not know is a failing line with its name. */
final class InstagramListsTest {
    private static final List<String> SUBSCRIBED =
            List.of(new Instagram().fields().split(",", -1));

    @Test
    void everyFieldIsSubscribedToOrIgnoredByName() throws IOException {
        ProviderList fields = ProviderList.of("instagram-fields");
        fields.check(InstagramListsTest::knows);
        assertThat(knows("holograms")).isFalse();
        assertThat(fields.entries())
                .as("what is subscribed to, and read as public, is on the list")
                .containsAll(SUBSCRIBED)
                .containsAll(InboundReader.FIELDS);
    }

    private static boolean knows(String field) {
        return SUBSCRIBED.contains(field) || InboundReader.IGNORED.containsKey(field);
    }
}
