// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.store.Polls.Answer;
import io.dragoman.store.Polls.Asked;
import io.dragoman.store.Polls.Asking;
import io.dragoman.store.Polls.Count;
import io.dragoman.store.Polls.Turnout;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polls that were asked, on any store. */
abstract class PollsContract {
    private static final Instant AT = Instant.parse("2026-11-30T10:00:00Z");

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void contactShouldCountOnceWithTheLastAnswer() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                contact(tx, "ana", "c1", "c2");
                contact(tx, "ben", "c3");
                tx.polls().insert(asked("p1", "c1", AT));
                tx.polls().insert(asked("p2", "c2", AT.plusSeconds(5)));
                tx.polls().insert(asked("p3", "c3", AT));
                tx.polls().answered("p1", answer("Pizza", 1, true, 1));
                tx.polls().answered("p1", answer("Pasta", 2, false, 2));
                tx.polls().answered("p2", answer("Pizza", 1, true, 9));
                tx.polls().answered("p3", answer("Pasta", 2, false, 3));
                tx.polls().waits("p2", null, 7, false, 10);
                return true;
            });
            assertThat(store.<List<Count>>read(tx -> tx.polls().counts(Asking.ever("lunch"), "q", 10)))
                    .containsExactlyInAnyOrder(new Count("Pizza", true, 1), new Count("Pasta", false, 1));
            assertThat(store.<List<Turnout>>read(tx -> tx.polls().turnouts()))
                    .containsExactly(new Turnout("lunch", 2, 1));
            assertThat(store.<List<Answer>>read(tx -> tx.polls().answers("p1")))
                    .containsExactly(answer("Pasta", 2, false, 2));
            assertThat(store.<Map<String, Instant>>read(tx -> tx.polls().asked("ana")))
                    .containsEntry("lunch", AT.plusSeconds(5));
            assertThat(store.<Map<String, Instant>>read(tx -> tx.polls().asked("eve")))
                    .isEmpty();
            Asked latest = store.read(tx -> tx.polls().latest("ana", "shop")).orElseThrow();
            assertThat(latest.id()).isEqualTo("p2");
            assertThat(latest.question()).isNull();
            assertThat(latest.sequence()).isEqualTo(7);
            assertThat(latest.doneAt()).isEqualTo(Instant.ofEpochMilli(10));
            assertThat(store.read(tx -> tx.polls().latest("ana", "other")).isPresent())
                    .isFalse();
        }
    }

    @Test
    void whatIsAskedOfATimeShouldBeOfThatTimeAlone() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                contact(tx, "ana", "c1");
                contact(tx, "ben", "c2");
                tx.polls().insert(asked("p1", "c1", AT));
                tx.polls().insert(asked("p2", "c2", AT.plusSeconds(60)));
                tx.polls().answered("p1", answer("Pizza", 1, true, 1));
                tx.polls().answered("p2", answer("Pasta", 2, false, 2));
                return true;
            });
            long at = AT.toEpochMilli();
            assertThat(store.<List<Turnout>>read(tx -> tx.polls().turnouts(at, at + 60_000)))
                    .containsExactly(new Turnout("lunch", 1, 0));
            assertThat(store.<List<Count>>read(tx -> tx.polls().counts(new Asking("lunch", at, at + 60_000), "q", 10)))
                    .containsExactly(new Count("Pizza", true, 1));
            assertThat(store.<List<Turnout>>read(tx -> tx.polls().turnouts(at + 60_001, at + 90_000)))
                    .isEmpty();
            assertThat(store.<List<String>>read(tx -> tx.polls().given("ana", Long.MAX_VALUE, 10).stream()
                            .map(one -> one.asked().id() + " " + one.answer().value())
                            .toList()))
                    .containsExactly("p1 Pizza");
            assertThat(store.<List<Polls.Given>>read(tx -> tx.polls().given("ana", 0, 10)))
                    .as("answered later")
                    .isEmpty();
            assertThat(store.<List<Asked>>read(tx -> tx.polls().ofContact("ben", Long.MAX_VALUE, 10)))
                    .singleElement()
                    .extracting(Asked::id)
                    .isEqualTo("p2");
        }
    }

    @Test
    void copiesAtOnceShouldCountOnce() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                contact(tx, "ana", "c1");
                tx.polls().insert(asked("p1", "c1", AT));
                return true;
            });
            List<CompletableFuture<?>> copies = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                copies.add(CompletableFuture.runAsync(() -> store.writeAndWait(tx -> {
                    tx.polls().answered("p1", answer("Pizza", 1, null, 1));
                    return true;
                })));
            }
            copies.forEach(CompletableFuture::join);
            assertThat(store.<List<Count>>read(tx -> tx.polls().counts(Asking.ever("lunch"), "q", 10)))
                    .containsExactly(new Count("Pizza", null, 1));
        }
    }

    @Test
    void numbersShouldBeReadAsSuch() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                contact(tx, "ana", "c1");
                contact(tx, "ben", "c2");
                tx.polls().insert(asked("p1", "c1", AT));
                tx.polls().insert(asked("p2", "c2", AT));
                tx.polls().answered("p1", new Answer("n", 0, "number", "2.5", null, null, Instant.ofEpochMilli(1)));
                tx.polls().answered("p2", new Answer("n", 0, "number", "10", null, null, Instant.ofEpochMilli(2)));
                return true;
            });
            assertThat(store.<List<BigDecimal>>read(tx -> tx.polls().numbers(Asking.ever("lunch"), "n", 10)))
                    .containsExactlyInAnyOrder(new BigDecimal("2.5"), BigDecimal.TEN);
            assertThat(store.<List<Polls.Answered>>read(tx -> tx.polls().questions(Asking.ever("lunch"))))
                    .containsExactly(new Polls.Answered("n", "number", 2));
        }
    }

    private static void contact(Tx tx, String id, String... conversations) {
        tx.contacts()
                .insert("shop", new Contact(id, null, null, List.of(new Identity("test", id, true)), List.of()), 1);
        for (String one : conversations) {
            tx.conversations().insert(new ConversationBuilder(one, "shop", "test", id, id, AT).build(), "t-" + one);
        }
    }

    private static Answer answer(String value, int choice, Boolean correct, long at) {
        return new Answer("q", 0, "choice", value, choice, correct, Instant.ofEpochMilli(at));
    }

    private static Asked asked(String id, String conversation, Instant at) {
        return new Asked(id, "lunch", conversation, "shop", "en", "q", 3, false, at, null);
    }
}
