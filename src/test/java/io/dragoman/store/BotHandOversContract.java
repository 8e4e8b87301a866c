// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.BotHandOvers.BotHandOver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of bots and their conversations, on any store. */
abstract class BotHandOversContract {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void laterHandOverShouldKeepTheFirstBot() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.botHandOvers().put("c1", new BotHandOver("first", "second", "slow", AT));
                tx.botHandOvers().put("c1", new BotHandOver("second", "people", "a refund", AT.plusSeconds(1)));
                tx.botHandOvers().put("c2", new BotHandOver("first", "people", "other", AT));
                return true;
            });
            assertThat(found(store, "c1")).contains(new BotHandOver("first", "people", "a refund", AT.plusSeconds(1)));
            store.writeAndWait(tx -> {
                tx.botHandOvers().forget("c1");
                return true;
            });
            assertThat(found(store, "c1")).isEmpty();
            assertThat(found(store, "c2")).isPresent();
        }
    }

    @Test
    void answersInARowShouldBeThoseOfBotsSinceTheCustomersLastMessage() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.contacts()
                        .insert(
                                "shop",
                                new Contact("k", null, null, List.of(new Identity("test", "a", true)), List.of()),
                                1);
                tx.conversations().insert(new ConversationBuilder("c1", "shop", "test", "k", "a", AT).build(), "t");
                return true;
            });
            write(store, "m1", Message.Author.Kind.CONTACT);
            write(store, "m2", Message.Author.Kind.RULE);
            assertThat(answers(store)).isZero();
            assertThat(answeredAfter(store, 1)).as("a rule is neither").isFalse();
            write(store, "m3", Message.Author.Kind.BOT);
            write(store, "m4", Message.Author.Kind.BOT);
            assertThat(answers(store)).isEqualTo(2);
            assertThat(answeredAfter(store, 1)).isTrue();
            assertThat(answeredAfter(store, 4)).isFalse();
            write(store, "m5", Message.Author.Kind.CONTACT);
            assertThat(answers(store)).isZero();
            write(store, "m6", Message.Author.Kind.AGENT);
            assertThat(answers(store)).as("a person's is none").isZero();
            assertThat(answeredAfter(store, 5)).isTrue();
        }
    }

    private static Optional<BotHandOver> found(Store store, String conversation) {
        return store.read(tx -> tx.botHandOvers().find(conversation));
    }

    private static void write(Store store, String id, Message.Author.Kind kind) {
        store.writeAndWait(tx -> {
            Message.Place place = tx.conversations().nextPlace("c1", null);
            Message.Author author = new Message.Author(kind, null);
            List<Part> parts = List.of(new Part.Text(id));
            tx.messages()
                    .insert(
                            kind == Message.Author.Kind.CONTACT
                                    ? Message.received(id, place, author, AT, AT, parts)
                                    : Message.queued(id, place, author, AT, AT, parts));
            return true;
        });
    }

    private static long answers(Store store) {
        return store.<Long>read(tx -> tx.botHandOvers().answersInARow("c1"));
    }

    private static boolean answeredAfter(Store store, long sequence) {
        return store.<Boolean>read(tx -> tx.botHandOvers().answeredAfter("c1", sequence));
    }
}
