// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a conversation at each desk, on any store. */
abstract class ConversationDesksContract {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    private static void conversation(Store store, String id) {
        store.writeAndWait(tx -> {
            String contact = "k-" + id;
            List<Identity> identities = List.of(new Identity("test", id, true));
            tx.contacts().insert("shop", new Contact(contact, null, null, identities, List.of()), 1);
            tx.conversations()
                    .insert(
                            new ConversationBuilder(id, "shop", "test", contact, id, AT)
                                    .desk("desk")
                                    .build(),
                            "contact:" + contact);
            return true;
        });
    }

    private static boolean keep(Store store, String desk, Map<String, String> more) {
        return store.<Boolean>writeAndWait(tx -> tx.conversationDesks().keep("c1", desk, more));
    }

    private static Map<String, String> kept(Store store, String desk) {
        return store.read(tx -> tx.conversationDesks().find("c1", desk)).kept();
    }

    /** Else a look-up takes one note of a conversation for another that was never written. */
    @Test
    void noteOfTheConversationItselfShouldBeKnownAsOurs() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            conversation(store, "c1");
            for (int i = 1; i <= 3; i++) {
                wrote(store, "d" + i, "N" + i, i);
            }
            assertThat(isOurs(store, "desk", "c1", "N1", 3)).isTrue();
            assertThat(isOurs(store, "desk", "c1", "N1", 2))
                    .as("of the latest alone")
                    .isFalse();
            assertThat(isOurs(store, "desk", "c1", "N3", 2)).isTrue();
            assertThat(isOurs(store, "desk", "c1", "N4", 3)).isFalse();
            assertThat(isOurs(store, "second", "c1", "N3", 3)).isFalse();
            assertThat(isOurs(store, "desk", "c2", "N3", 3)).isFalse();
        }
    }

    /** Else a look-up in a ticket of several conversations takes what was written of one for another's. */
    @Test
    void whatAnotherConversationWroteInTheSameTicketShouldBeKnownAsOurs() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            conversation(store, "c1");
            conversation(store, "c2");
            wrote(store, "d1", "N1", 1);
            refer(store, "c1", "T-1");
            refer(store, "c2", "T-2");
            assertThat(isOurs(store, "desk", "c2", "N1", 3))
                    .as("another ticket")
                    .isFalse();
            store.writeAndWait(tx -> {
                tx.conversationDesks().change("c2", "desk", "T-1", 2);
                return true;
            });
            assertThat(isOurs(store, "desk", "c2", "N1", 3)).isTrue();
            assertThat(isOurs(store, "desk", "c2", "N2", 3)).isFalse();
            assertThat(isOurs(store, "second", "c2", "N1", 3)).isFalse();
        }
    }

    private static void refer(Store store, String conversation, String reference) {
        store.writeAndWait(tx -> {
            tx.conversationDesks().refer(conversation, "desk", reference);
            return true;
        });
    }

    private static void wrote(Store store, String delivery, String externalId, long now) {
        store.writeAndWait(tx -> {
            Deliveries.Destination desk = new Deliveries.Destination("out/desk/c1", "desk", "shop");
            Deliveries.Cause cause = new Deliveries.Cause("key of " + delivery, "e1", null, "c1");
            tx.deliveries()
                    .insert(new Deliveries.Fresh(delivery, Deliveries.Kind.NOTICE, desk, cause, "{}", false, now), now);
            tx.attempts().begin(List.of(delivery), now);
            tx.attempts().end(delivery, 1, Attempts.Ending.SENT, null, null, externalId, now);
            return true;
        });
    }

    private static boolean isOurs(Store store, String desk, String conversation, String externalId, int most) {
        return store.<Boolean>read(tx -> tx.attempts().wrote(desk, conversation, externalId, most));
    }

    @Test
    void newTextsShouldBeLaidOverTheOldOfThatDeskAlone() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            conversation(store, "c1");
            assertThat(kept(store, "desk")).isEmpty();
            assertThat(keep(store, "desk", Map.of("customer", "77", "last", "m1")))
                    .isTrue();
            assertThat(keep(store, "second", Map.of("customer", "other"))).isTrue();
            assertThat(keep(store, "desk", Map.of("last", "m2", "token", "[#9]")))
                    .isTrue();
            assertThat(kept(store, "desk")).isEqualTo(Map.of("customer", "77", "last", "m2", "token", "[#9]"));
            assertThat(keep(store, "desk", Map.of("last", "", "token", ""))).isTrue();
            assertThat(kept(store, "desk")).isEqualTo(Map.of("customer", "77"));
            assertThat(kept(store, "second")).isEqualTo(Map.of("customer", "other"));
            assertThat(keep(store, "desk", Map.of("customer", ""))).isTrue();
            assertThat(kept(store, "desk")).isEmpty();
        }
    }

    @Test
    void tooMuchShouldLeaveWhatIsThere() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            conversation(store, "c1");
            assertThat(keep(store, "desk", Map.of("a", "x".repeat(1_900)))).isTrue();
            assertThat(keep(store, "desk", Map.of("b", "y".repeat(100)))).isFalse();
            assertThat(kept(store, "desk")).containsOnlyKeys("a");
        }
    }

    @Test
    void textsOfSeveralAtOnceShouldAllBeKept() {
        try (TestStore test = fresh(folder);
                Store one = test.open(failure -> {});
                Store two = one.shared() ? test.open(failure -> {}) : null) {
            conversation(one, "c1");
            List<CompletableFuture<Boolean>> writes = IntStream.range(0, 20)
                    .mapToObj(i -> (two == null || i % 2 == 0 ? one : two)
                            .write(tx -> tx.conversationDesks().keep("c1", "desk", Map.of("k" + i, "v"))))
                    .toList();
            writes.forEach(CompletableFuture::join);
            assertThat(kept(one, "desk")).hasSize(20);
        }
    }

    @Test
    void conversationShouldBeFoundByWhatItsTicketsWere() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            conversation(store, "c1");
            store.writeAndWait(tx -> {
                tx.conversationDesks().refer("c1", "desk", "T-1");
                tx.conversationDesks().change("c1", "desk", "T-2", 1);
                return true;
            });
            assertThat(at(store, "c1").reference()).isEqualTo("T-2");
            assertThat(at(store, "c1").former()).as("it has one").isNull();
            assertThat(shown(store, "c1")).isEqualTo("T-2");
            assertThat(by(store, "T-1")).containsExactly("c1");
            assertThat(by(store, "T-2")).containsExactly("c1");
            store.writeAndWait(tx -> {
                tx.conversationDesks().forget("c1", "desk", 2);
                return true;
            });
            assertThat(at(store, "c1").reference()).isNull();
            assertThat(at(store, "c1").former()).isEqualTo("T-2");
            assertThat(shown(store, "c1")).isNull();
            assertThat(by(store, "T-2")).containsExactly("c1");
            store.writeAndWait(tx -> {
                tx.conversationDesks().change("c1", "desk", "T-1", 3);
                return true;
            });
            assertThat(at(store, "c1").reference()).isEqualTo("T-1");
            assertThat(test.number("SELECT count(*) FROM former_reference")).isEqualTo(1);
        }
    }

    @Test
    void whoHasATicketNowShouldStandBeforeWhoHadItAndHasAnother() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            List.of("c1", "c2", "c3").forEach(id -> conversation(store, id));
            store.writeAndWait(tx -> {
                tx.conversationDesks().refer("c1", "desk", "T-1");
                tx.conversationDesks().change("c1", "desk", "T-2", 1);
                tx.conversationDesks().refer("c2", "desk", "T-1");
                tx.conversationDesks().findBy("c3", "desk", "T-1", 1);
                return true;
            });
            assertThat(by(store, "T-1")).as("c3 has none").containsExactly("c3", "c2");
            store.writeAndWait(tx -> {
                tx.conversationDesks().refer("c3", "desk", "T-3");
                return true;
            });
            assertThat(by(store, "T-1")).containsExactly("c2");
            assertThat(store.<Boolean>read(tx -> tx.conversationDesks().isReferenceOfAnother("desk", "T-1", "c2")))
                    .isTrue();
            assertThat(store.<Boolean>read(tx -> tx.conversationDesks().isReferenceOfAnother("desk", "T-3", "c3")))
                    .isFalse();
        }
    }

    private static ConversationDesks.AtDesk at(Store store, String id) {
        return store.read(tx -> tx.conversationDesks().find(id, "desk"));
    }

    private static String shown(Store store, String id) {
        return store.read(tx -> tx.conversations().find(id))
                .orElseThrow()
                .conversation()
                .deskReference();
    }

    private static List<String> by(Store store, String reference) {
        return store.read(tx -> tx.conversationDesks().byReference("desk", reference)).stream()
                .map(found -> found.conversation().id())
                .toList();
    }

    @Test
    void whatIsKeptShouldBeShownToNobody() {
        assertThat(new ConversationDesks.AtDesk("T-1", null, Map.of("customer", "secret")).toString())
                .contains("T-1")
                .doesNotContain("secret");
    }
}
