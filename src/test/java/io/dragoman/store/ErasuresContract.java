// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Message.Author;
import io.dragoman.model.Part;
import io.dragoman.store.ErasedRows.Found;
import io.dragoman.store.Erasures.Erasure;
import io.dragoman.store.Erasures.Place;
import io.dragoman.store.Erasures.Subject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How any store erases a person. */
abstract class ErasuresContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path folder;

    private TestStore test;
    private Store store;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @BeforeEach
    void open() {
        test = fresh(folder);
        store = test.open(failure -> {});
        person("k1", "ana", "c1");
        person("k2", "annie", "c2");
        person("k3", "bob", "c3");
        store.writeAndWait(tx -> tx.merges().merge("m1", "k1", "k2", "one person", 1));
    }

    @AfterEach
    void close() {
        store.close();
        test.close();
    }

    private void person(String contact, String address, String conversation) {
        store.writeAndWait(tx -> {
            Identity identity = new Identity("test", address, true);
            tx.contacts().insert("shop", new Contact(contact, address, null, List.of(identity), List.of()), 1);
            tx.conversations()
                    .insert(
                            new ConversationBuilder(conversation, "shop", "test", contact, address, NOW).build(),
                            "contact:" + contact);
            Message.Place place = tx.conversations().nextPlace(conversation, null);
            Author author = new Author(Author.Kind.CONTACT, address);
            List<Part> parts = List.of(new Part.Text("words of " + address));
            tx.messages().insert(Message.received("m" + conversation, place, author, NOW, NOW, parts));
            tx.messages().external("shop", "x-" + address, "m" + conversation);
            return true;
        });
    }

    @Test
    void personShouldGoWithAllThatWasMergedAndNobodyElse() {
        for (String one : List.of("k1", "k2")) {
            Subject subject = store.read(tx -> tx.erasures().subject(one)).orElseThrow();
            assertThat(subject.contacts()).containsExactly("k1", "k2");
            assertThat(subject.conversations()).containsExactly("c1", "c2");
            assertThat(subject.places())
                    .containsExactlyInAnyOrder(new Place("shop", "ana"), new Place("shop", "annie"));
        }
        List<String> at = store.read(tx -> tx.erasures().contactsAt("annie"));
        assertThat(at).containsExactly("k1");
        store.writeAndWait(tx -> {
            tx.erasures().begin("e1", "k2", "salt", 1);
            Subject subject = tx.erasures().subject("k2").orElseThrow();
            tx.erasedRows().erase("e1", subject, new Found(Set.of(), Set.of()), 2);
            return true;
        });
        Erasure erased = store.read(tx -> tx.erasures().find("e1")).orElseThrow();
        assertThat(erased.counts()).containsEntry("messages", 2L).containsEntry("contacts", 2L);
        assertThat(erased.erasedAt()).isNotNull();
        assertThat(test.text("SELECT name FROM contact")).isEqualTo("bob");
        assertThat(test.number("SELECT count(*) FROM message")).isEqualTo(1);
        assertThat(test.number("SELECT count(*) FROM contact_merge")).isZero();
        boolean known = store.read(tx -> tx.erasures().knows("shop", "x-annie"));
        boolean other = store.read(tx -> tx.erasures().knows("shop", "x-bob"));
        assertThat(known).isTrue();
        assertThat(other).isFalse();
        store.compact();
        store.writeAndWait(tx -> {
            tx.erasures().done("e1", 3);
            return true;
        });
        assertThat(store.read(tx -> tx.erasures().open()).isEmpty()).isTrue();
        assertThat(store.read(tx -> tx.erasures().find("e1")).orElseThrow().contact())
                .isNull();
    }
}
