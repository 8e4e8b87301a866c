// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.store.Surveys.Sent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surveys that were sent, on any store. */
abstract class SurveysContract {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void lastAnswerShouldCountAndACommentShouldStay() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.contacts()
                        .insert(
                                "shop",
                                new Contact("k", null, null, List.of(new Identity("test", "a", true)), List.of()),
                                1);
                tx.conversations().insert(new ConversationBuilder("c1", "shop", "test", "k", "a", AT).build(), "t");
                tx.surveys().insert(sent("s1", AT));
                tx.surveys().insert(sent("s2", AT.plusSeconds(10)));
                tx.surveys().delivered("m-s2", 5);
                tx.surveys().delivered("m-s2", 6);
                tx.surveys().answered("s1", 4, "fine", 7);
                tx.surveys().answered("s1", 2, null, 8);
                return true;
            });
            Sent first = find(store, "s1");
            assertThat(first.score()).isEqualTo(2);
            assertThat(first.comment()).isEqualTo("fine");
            assertThat(first.answeredAt()).isEqualTo(Instant.ofEpochMilli(8));
            assertThat(first.deliveredAt())
                    .as("an answer shows that it arrived")
                    .isEqualTo(Instant.ofEpochMilli(7));
            assertThat(find(store, "s2").deliveredAt()).isEqualTo(Instant.ofEpochMilli(5));
            assertThat(find(store, "s2").score()).isNull();
            String latest = store.read(tx -> tx.surveys().latest("k", "shop"))
                    .orElseThrow()
                    .id();
            assertThat(latest).isEqualTo("s2");
            assertThat(store.read(tx -> tx.surveys().latest("k", "other")).isPresent())
                    .isFalse();
            long at = AT.plusSeconds(10).toEpochMilli();
            assertThat(store.<Boolean>read(tx -> tx.surveys().sentSince("k", "it", at)))
                    .isTrue();
            assertThat(store.<Boolean>read(tx -> tx.surveys().sentSince("k", "it", at + 1)))
                    .isFalse();
            assertThat(store.<Boolean>read(tx -> tx.surveys().sentSince("k", "other", 0)))
                    .isFalse();
        }
    }

    private static Sent find(Store store, String id) {
        return store.read(tx -> tx.surveys().find(id)).orElseThrow();
    }

    private static Sent sent(String id, Instant at) {
        return new Sent(
                id, "it", "csat", "v1", "1-5", "c1", "k", "shop", "en", "Mara", "m-" + id, 3, at, null, null, null,
                null);
    }
}
