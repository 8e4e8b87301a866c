// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import io.dragoman.store.Erasures.Told;
import io.dragoman.store.LookedUp.Known;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of customers, on any store. */
abstract class CustomersContract {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void attributesShouldFollowAMergeAndGoBackUnlessSomebodySetThemSince() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.contacts().insert("shop", contact("k1", new Identity("test", "a", true)), 1);
                tx.contacts().insert("shop", contact("k2", new Identity("test", "b", true)), 2);
                tx.attributes().set("k1", "loyalty", "gold", "api", 5);
                tx.attributes().set("k2", "loyalty", "tin", "api", 6);
                tx.attributes().set("k2", "size", "XL", "api", 7);
                tx.attributes().set("k2", "city", "Ulm", "api", 8);
                assertThat(tx.attributes().set("k1", "loyalty", "gold", "import", 9))
                        .as("it is so already")
                        .isFalse();
                tx.merges().merge("m", "k1", "k2", "same", 10);
                return true;
            });
            assertThat(attributes(store, "k1")).isEqualTo(Map.of("loyalty", "gold", "size", "XL", "city", "Ulm"));
            store.writeAndWait(tx -> {
                tx.attributes().set("k1", "city", "Bonn", "api", 11);
                tx.merges().undo(tx.merges().standing("k2").orElseThrow(), 12);
                return true;
            });
            assertThat(attributes(store, "k1")).isEqualTo(Map.of("loyalty", "gold", "city", "Bonn"));
            assertThat(attributes(store, "k2")).isEqualTo(Map.of("loyalty", "tin", "size", "XL", "city", "Ulm"));
            store.writeAndWait(tx -> tx.attributes().set("k1", "city", null, "api", 13));
            assertThat(attributes(store, "k1")).isEqualTo(Map.of("loyalty", "gold"));
        }
    }

    @Test
    void ordersShouldBeOfWhoSurelyHasTheAddressAndOlderNewsShouldChangeNothing() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.contacts().insert("mail", contact("sure", new Identity("email", "ana@example.org", true)), 1);
                tx.contacts().insert("mail2", contact("unsure", new Identity("email", "ana@example.org", false)), 2);
                tx.contacts().insert("wa", contact("phone", new Identity("phone", "+525512345678", true)), 3);
                tx.orders().put("store", order("1", "paid", AT, AT), "ana@example.org", null);
                tx.orders()
                        .put("store", order("2", "open", AT.plusSeconds(9), AT), "ana@example.org", "+5215512345678");
                assertThat(tx.orders().put("store", order("1", "shipped", AT, AT.plusSeconds(60)), null, null))
                        .isTrue();
                assertThat(tx.orders().put("store", order("1", "paid", AT, AT.plusSeconds(30)), null, null))
                        .as("overtaken")
                        .isFalse();
                return true;
            });
            assertThat(orders(store, "sure")).containsExactly("#2 open", "#1 shipped");
            assertThat(orders(store, "unsure")).isEmpty();
            assertThat(orders(store, "phone")).containsExactly("#2 open");
            store.writeAndWait(tx ->
                    tx.orders().forget(new Told("store", List.of("ana@example.org"), List.of(), List.of(), false)));
            assertThat(orders(store, "sure")).isEmpty();
        }
    }

    @Test
    void whatIsSetShouldGoBeforeWhatWasLookedUp() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            Map<String, String> known = Map.of("loyalty", "gold", "city", "Ulm");
            store.writeAndWait(tx -> {
                tx.contacts().insert("mail", contact("k", new Identity("email", "ana@example.org", true)), 1);
                tx.lookedUp().put("crm", "email", "ana@example.org", new Known(true, known, AT));
                tx.attributes().set("k", "city", "Bonn", "api", 2);
                return true;
            });
            assertThat(attributes(store, "k")).isEqualTo(Map.of("loyalty", "gold", "city", "Bonn"));
            assertThat(store.read(tx -> tx.lookedUp().find("crm", "email", "ana@example.org"))
                            .orElseThrow())
                    .isEqualTo(new Known(true, known, AT));
            store.writeAndWait(tx -> {
                tx.lookedUp().put("crm", "email", "ana@example.org", new Known(false, Map.of(), AT.plusSeconds(1)));
                return true;
            });
            assertThat(attributes(store, "k")).isEqualTo(Map.of("city", "Bonn"));
        }
    }

    private static Map<String, String> attributes(Store store, String contact) {
        return store.read(tx -> tx.contacts().find(contact)).orElseThrow().attributes();
    }

    private static List<String> orders(Store store, String contact) {
        return store.read(tx -> tx.contacts().find(contact)).orElseThrow().orders().stream()
                .map(one -> one.number() + " " + one.status())
                .toList();
    }

    private static Contact contact(String id, Identity identity) {
        return new Contact(id, null, null, List.of(identity), List.of());
    }

    private static CustomerOrder order(String id, String status, Instant at, Instant changed) {
        return new CustomerOrder(id, "#" + id, status, at, changed, "9.90", "EUR", null, null);
    }
}
