// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dragoman.model.Contact;
import io.dragoman.model.Identity;
import io.dragoman.model.Purpose;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Consents.Stated;
import io.dragoman.store.Consents.Statement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What customers consented to, on any store. */
abstract class ConsentsContract {
    private static final Identity PHONE = new Identity("phone", "+4915112345678", true);
    private static final Identity NAME = new Identity("wa", "ana77", false);
    private static final Identity TOKEN = new Identity(Identity.NOTIFICATION_TOKEN, "tok", false);
    private static final Statement STOP = new Statement(Purpose.SERVICE, false, Source.KEYWORD, "wrote STOP");
    private static final Statement START = new Statement(Purpose.SERVICE, true, Source.KEYWORD, "wrote START");

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void lastStatementOfAPurposeShouldCountAndAllShouldStay() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            people(store);
            store.writeAndWait(tx -> {
                assertThat(tx.consents().state("shop", "k1", STOP, 1_000)).isTrue();
                tx.consents().state("shop", "k1", START, 1_000); // at the very time: said later all the same
                tx.consents()
                        .state("shop", "k1", new Statement(Purpose.SURVEY, false, Source.API, "asked for it"), 900);
                assertThat(tx.consents().state("nowhere", "k1", STOP, 1_000)).isFalse();
                return true;
            });
            assertThat(said(store, "shop", "k1")).isEqualTo(Map.of(Purpose.SERVICE, true, Purpose.SURVEY, false));
            assertThat(said(store, "other", "k1")).isEmpty();
            assertThat(said(store, "shop", "k2")).isEmpty();
            List<Stated> standing = store.read(tx -> tx.consents().standing("k1"));
            assertThat(standing)
                    .extracting(Stated::purpose, Stated::given, Stated::source, Stated::reason)
                    .containsExactly(
                            tuple(Purpose.SERVICE, true, Source.KEYWORD, "wrote START"),
                            tuple(Purpose.SURVEY, false, Source.API, "asked for it"));
            assertThat(history(store, Long.MAX_VALUE))
                    .extracting(Stated::reason)
                    .as("once, though two addresses have it")
                    .containsExactly("wrote START", "wrote STOP", "asked for it");
            assertThat(history(store, 950)).hasSize(1);
        }
    }

    @Test
    void consentShouldGoWhereTheAddressGoes() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            people(store);
            store.writeAndWait(tx -> tx.consents().state("other", "k2", STOP, 5));
            ContactMerges.Merge merge = store.writeAndWait(tx -> tx.merges().merge("m", "k1", "k2", "one person", 6));
            assertThat(optedOut(store, "other", "k1")).isTrue();
            store.writeAndWait(tx -> {
                tx.merges().undo(merge, 7);
                return true;
            });
            assertThat(optedOut(store, "other", "k1")).isFalse();
            assertThat(optedOut(store, "other", "k2")).isTrue();
        }
    }

    @Test
    void notificationTokenShouldStandForItselfAndAStopThatIsNotOlderShouldStay() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            people(store);
            store.writeAndWait(tx -> {
                tx.consents().state("shop", TOKEN, STOP, Instant.ofEpochMilli(10));
                tx.consents().state("shop", TOKEN, START, Instant.ofEpochMilli(10));
                tx.consents().state("shop", TOKEN, START, Instant.ofEpochMilli(9));
                return true;
            });
            assertThat(isStopped(store, List.of(PHONE, TOKEN))).isTrue();
            assertThat(optedOut(store, "shop", "k1")).isFalse();
            store.writeAndWait(tx -> {
                tx.consents().state("shop", TOKEN, START, Instant.ofEpochMilli(11));
                return true;
            });
            assertThat(isStopped(store, List.of(TOKEN))).isFalse();
        }
    }

    private static boolean optedOut(Store store, String channel, String contact) {
        return store.read(tx -> tx.contacts().optedOut(channel, contact));
    }

    private static boolean isStopped(Store store, List<Identity> identities) {
        return store.read(tx -> tx.contacts().isStopped("shop", identities));
    }

    private static Map<Purpose, Boolean> said(Store store, String channel, String contact) {
        return store.read(tx -> tx.consents().of(channel, contact));
    }

    private static List<Stated> history(Store store, long until) {
        return store.read(tx -> tx.consents().history("k1", until, 10));
    }

    private static void people(Store store) {
        store.writeAndWait(tx -> {
            tx.contacts().insert("shop", new Contact("k1", null, null, List.of(PHONE, NAME, TOKEN), List.of()), 1);
            tx.contacts().insert("other", new Contact("k2", null, null, List.of(PHONE), List.of()), 1);
            return true;
        });
    }
}
