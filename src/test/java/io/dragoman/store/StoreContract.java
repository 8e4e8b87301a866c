// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dragoman.connector.Request;
import io.dragoman.model.AccountNotice;
import io.dragoman.model.AccountNotice.Standing;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Status;
import io.dragoman.store.Events.Taken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What any store promises: together or not at all, answered after the commit, the same thing once. */
abstract class StoreContract {
    @TempDir
    private Path folder;

    private final Supplier<String> ids = Arrivals.ids();
    private final AtomicInteger fatal = new AtomicInteger();
    private TestStore test;
    private Store store;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @BeforeEach
    void open() {
        test = fresh(folder);
        store = test.open(failure -> fatal.incrementAndGet());
    }

    @AfterEach
    void close() {
        store.close();
        test.close();
    }

    @Test
    void unitsThatWaitTogetherShareACommit() throws InterruptedException {
        List<CompletableFuture<Boolean>> futures = new ArrayList<>();
        CountDownLatch go = holdTheWriter();
        for (int i = 0; i < 100; i++) {
            futures.add(set("source-" + i));
        }
        long before = test.commits();
        go.countDown();
        assertThat(futures).allMatch(CompletableFuture::join);
        assertThat(test.commits() - before).as("commits for a hundred units").isBetween(1L, 2L);
    }

    /** On a server each is committed by itself then: see {@link Writer}. */
    @Test
    void unitThatThrowsIsRolledBackAloneAmongMany() throws InterruptedException {
        List<CompletableFuture<String>> futures = new ArrayList<>();
        CountDownLatch go = holdTheWriter();
        for (int i = 0; i < 100; i++) {
            int n = i;
            futures.add(store.write(tx -> {
                Bookmark.set(tx, "source-" + n, "position", 1);
                if (n % 10 == 3) {
                    throw new IllegalStateException("unit " + n);
                }
                return "done " + n;
            }));
        }
        long before = test.commits();
        go.countDown();
        for (int i = 0; i < 100; i++) {
            CompletableFuture<String> future = futures.get(i);
            int n = i;
            if (n % 10 == 3) {
                assertThatThrownBy(future::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("unit " + n);
            } else {
                assertThat(future.join()).isEqualTo("done " + n);
            }
            assertThat(store.<String>read(tx -> tx.cursors().get("source-" + n)))
                    .isEqualTo(n % 10 == 3 ? "" : "position");
        }
        assertThat(test.commits() - before)
                .as("commits for the ninety units that are kept")
                .isBetween(1L, test.url() instanceof StoreUrl.Sqlite ? 2L : 90L);
        assertThat(fatal).hasValue(0);
    }

    @Test
    void anErrorInOneUnitStopsNeitherTheOthersNorTheWriter() throws InterruptedException {
        CountDownLatch go = holdTheWriter();
        CompletableFuture<Boolean> before = set("before");
        CompletableFuture<Boolean> endless = store.write(tx -> {
            Bookmark.set(tx, "endless", "x", 1);
            throw new StackOverflowError();
        });
        CompletableFuture<Boolean> after = set("after");
        go.countDown();
        assertThatThrownBy(() -> endless.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                        .join())
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(before.join()).isTrue();
        assertThat(after.join()).isTrue();
        assertThat(set("later").join()).isTrue();
        assertThat(store.<String>read(tx -> tx.cursors().get("endless"))).isEmpty();
    }

    @Test
    void contactsKeepTheTagsOfAllTheirConversations() {
        Contact ana = new Contact("p-9", "Ana", null, List.of(), List.of("old"));
        store.write(tx -> {
                    tx.contacts().insert("shop", ana, 1);
                    tx.contacts().tag(ana, List.of("vip", "old"));
                    // the other conversation knows nothing of it yet
                    assertThat(tx.contacts().tag(ana, List.of("late")).tags()).containsExactly("old", "vip", "late");
                    return true;
                })
                .join();
        assertThat(store.<Contact>read(tx -> tx.contacts().find("p-9").orElseThrow())
                        .tags())
                .containsExactly("old", "vip", "late");
    }

    @Test
    void conversationKeepsWhoHasItAndWhatIsKnownAboutIt() {
        Conversation conversation = new ConversationBuilder("c-1", "shop", "test", "p-1", "ana", Instant.EPOCH)
                .assignee("mara")
                .attributes(Map.of("order", "4711", "ანა", "'\"{}"))
                .build();
        store.write(tx -> {
                    tx.contacts().insert("shop", new Contact("p-1", "Ana", null, List.of(), List.of()), 1);
                    tx.conversations().insert(conversation, "ana");
                    return true;
                })
                .join();
        assertThat(conversation(store)).isEqualTo(conversation);
        Conversation changed = conversation
                .change()
                .assignee(null)
                .attributes(Map.of("order", "4712"))
                .build();
        store.write(tx -> {
                    tx.conversations().update(changed, 0);
                    return true;
                })
                .join();
        assertThat(conversation(store)).isEqualTo(changed);
    }

    @Test
    void mergedContactsShouldBeOneAndComeApartAgain() {
        person("p-1", "ana", "c-1", "first");
        person("p-2", "DE.ANA", "c-2", "second");
        ContactMerges.Merge merge = write(tx -> tx.merges().merge("m-1", "p-2", "p-1", "because", 5));
        assertThat(merge.survivor()).isEqualTo("p-1");
        assertThat(merge.merged()).isEqualTo("p-2");
        assertThat(identities("p-1")).containsExactly("ana", "DE.ANA");
        assertThat(identities("p-2")).isEmpty();
        assertThat(person("p-1").tags()).containsExactly("vip", "first", "second");
        Contact holder = read(tx -> tx.contacts().byIdentity("shop", List.of(new Identity("test", "DE.ANA", true))))
                .orElseThrow();
        assertThat(holder.id()).isEqualTo("p-1");
        Conversations.Versioned open =
                read(tx -> tx.conversations().latest("shop", "contact:p-1").orElseThrow());
        assertThat(open.conversation().id()).isEqualTo("c-2");
        assertThat(open.conversation().contact()).isEqualTo("p-1");
        assertThat(open.conversation().previous()).isEqualTo("c-1");
        assertThat(find("c-1").status()).isEqualTo(Conversation.State.CLOSED);
        List<ContactMerges.Merge> merges = read(tx -> tx.merges().of("p-1"));
        assertThat(merges).containsExactly(merge);
        Optional<ContactMerges.Merge> standing = read(tx -> tx.merges().standing("p-2"));
        assertThat(standing).contains(merge);
        assertThatThrownBy(() -> write(tx -> {
                    tx.contacts().describe("p-2", "Ana", null);
                    return true;
                }))
                .as("who looked it up before writes nothing for it")
                .hasRootCauseInstanceOf(StoreException.Conflict.class);

        write(tx -> {
            tx.merges().undo(merge, 9);
            return true;
        });
        assertThat(identities("p-1")).containsExactly("ana");
        assertThat(identities("p-2")).containsExactly("DE.ANA");
        assertThat(find("c-1").status()).isEqualTo(Conversation.State.OPEN);
        assertThat(find("c-1").contact()).isEqualTo("p-1");
        assertThat(find("c-2").contact()).isEqualTo("p-2");
        Conversations.Versioned back =
                read(tx -> tx.conversations().latest("shop", "contact:p-2").orElseThrow());
        assertThat(back.conversation().id()).isEqualTo("c-2");
        assertThat(person("p-1").tags()).containsExactly("vip", "first");
        standing = read(tx -> tx.merges().standing("p-2"));
        assertThat(standing).isEmpty();
        merges = read(tx -> tx.merges().of("p-2"));
        assertThat(merges.get(0).undoneAt()).isEqualTo(Instant.ofEpochMilli(9));
    }

    @Test
    void conversationInWhichTheSurvivorWroteLastStaysWithTheSurvivor() {
        person("p-1", "ana", "c-1", "first");
        person("p-2", "DE.ANA", "c-2", "second");
        write(tx -> tx.merges().merge("m-1", "p-1", "p-2", "test", 5));
        write(tx -> {
            Conversations.Versioned moved = tx.conversations().find("c-2").orElseThrow();
            Conversation answered = moved.conversation().change().address("ana").build();
            tx.conversations().update(answered, moved.version());
            return true;
        });
        write(tx -> {
            tx.merges().undo(tx.merges().standing("p-2").orElseThrow(), 9);
            return true;
        });
        assertThat(identities("p-2")).containsExactly("DE.ANA");
        assertThat(find("c-2").contact()).isEqualTo("p-1");
    }

    private void person(String id, String value, String conversation, String tag) {
        Identity identity = new Identity("test", value, true);
        write(tx -> {
            tx.contacts().insert("shop", new Contact(id, null, null, List.of(identity), List.of("vip", tag)), 1);
            tx.conversations()
                    .insert(
                            new ConversationBuilder(conversation, "shop", "test", id, value, Instant.EPOCH).build(),
                            "contact:" + id);
            return true;
        });
    }

    private List<String> identities(String contact) {
        return person(contact).identities().stream().map(Identity::value).toList();
    }

    private Contact person(String id) {
        return read(tx -> tx.contacts().find(id).orElseThrow());
    }

    private Conversation find(String conversation) {
        return read(tx -> tx.conversations().find(conversation).orElseThrow().conversation());
    }

    private <T> T write(java.util.function.Function<Tx, T> unit) {
        return store.write(unit).join();
    }

    private <T> T read(java.util.function.Function<Tx, T> look) {
        return store.read(look);
    }

    @Test
    void storeOfTheFirstVersionIsBroughtUpWithItsConversations() throws Exception {
        try (TestStore old = fresh(Files.createDirectories(folder.resolve("old")))) {
            boolean sqlite = old.url() instanceof StoreUrl.Sqlite;
            Flyway.configure()
                    .dataSource(old.jdbc(), null, null)
                    .locations("classpath:db/migration")
                    .placeholders(Map.of(
                            "big", sqlite ? "INTEGER" : "BIGINT",
                            "blob", sqlite ? "BLOB" : "BYTEA",
                            "strict", sqlite ? "STRICT" : ""))
                    .target("1")
                    .load()
                    .migrate();
            try (Connection connection = old.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO contact(id,tags,created_at) VALUES('p-1','[]',1)");
                statement.execute(
                        "INSERT INTO conversation(id,channel,kind,thread,contact,address,status,tags,priority,"
                                + "created_at,updated_at) VALUES('c-1','shop','test','ana','p-1','ana','open','[]','normal',0,0)");
            }
            try (Store opened = old.open(failure -> fatal.incrementAndGet())) {
                assertThat(conversation(opened))
                        .isEqualTo(new ConversationBuilder("c-1", "shop", "test", "p-1", "ana", Instant.EPOCH).build());
            }
        }
    }

    private static Conversation conversation(Store store) {
        return store.read(tx -> tx.conversations().find("c-1")).orElseThrow().conversation();
    }

    @Test
    void answerComesOnlyAfterTheCommitThatOthersCanSee() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Boolean> first = set("first");
        first.join();
        CountDownLatch held = holdTheWriter();
        CompletableFuture<Boolean> second = set("second");
        CompletableFuture<Boolean> slow = store.write(tx -> {
            inside.countDown();
            await(go);
            return true;
        });
        held.countDown();
        inside.await();
        // second has run, its transaction is open: nobody sees it and nobody was told
        assertThat(second).isNotDone();
        assertThat(elsewhere("SELECT count(*) FROM cursor WHERE source='second'"))
                .isZero();
        go.countDown();
        second.join();
        assertThat(elsewhere("SELECT count(*) FROM cursor WHERE source='second'"))
                .isEqualTo(1);
        slow.join();
    }

    @Test
    void sameEventIsOneRowAndItsRepetitionsAreCounted() {
        assertThat(take("ana", "m1", "hello")).isEqualTo(new Taken(1, 0));
        assertThat(take("ana", "m1", "hello")).isEqualTo(new Taken(0, 1));
        assertThat(take("ana", "m1", "another body")).isEqualTo(new Taken(0, 1));
        Events.Stored kept = store.read(tx -> tx.events().find("shop", "m1")).orElseThrow();
        assertThat(kept.duplicates()).isEqualTo(2);
        assertThat(kept.content()).contains("hello").doesNotContain("another body");
        assertThat(elsewhere("SELECT differing FROM event")).isEqualTo(1);
        assertThat(elsewhere("SELECT count(*) FROM raw")).isEqualTo(1);
        assertThat(elsewhere("SELECT open FROM lane")).isEqualTo(1);
    }

    @Test
    void whatIsIgnoredIsCountedByItsKindSinceATime() {
        for (int i = 1; i <= 3; i++) {
            Taken taken = takeIgnored("shop", "poll-" + i, "telegram.poll", i);
            assertThat(taken.ignored()).containsExactly(new IgnoredEvents.Named("shop", "telegram.poll"));
        }
        takeIgnored("shop", "boost", "telegram.chat_boost", 2);
        takeIgnored("desk", "type", "webhook.type.x", 3);
        assertThat(takeIgnored("shop", "boost", "telegram.chat_boost", 4)).isEqualTo(new Taken(0, 1));
        take("ana", "m1", "hello"); // not ignored: it does not count
        store.write(tx -> {
                    tx.ignored()
                            .name(tx.events().find("shop", "m1").orElseThrow().id(), "journey.later-status");
                    return true;
                })
                .join();
        assertThat(counts(2, null))
                .extracting(IgnoredEvents.Count::source, IgnoredEvents.Count::kind, IgnoredEvents.Count::events)
                .containsExactly(
                        tuple("shop", "telegram.poll", 2L),
                        tuple("desk", "webhook.type.x", 1L),
                        tuple("shop", "telegram.chat_boost", 1L));
        assertThat(counts(0, "shop").get(0))
                .isEqualTo(new IgnoredEvents.Count(
                        "shop",
                        "telegram.poll",
                        3,
                        Instant.ofEpochMilli(3),
                        store.read(tx -> tx.events().find("shop", "poll-3"))
                                .orElseThrow()
                                .id()));
        assertThat(counts(4, null)).isEmpty();
    }

    private List<IgnoredEvents.Count> counts(long since, @Nullable String source) {
        return store.read(tx -> tx.ignored().counts(Instant.ofEpochMilli(since), source));
    }

    private Taken takeIgnored(String source, String key, String kind, long now) {
        Ignored event = new Ignored(key, Instant.ofEpochMilli(now), kind, "a test");
        Events.Arrived arrived = new Events.Arrived(
                source, Request.polled("test", new byte[0], event.at()), new byte[0], null, key, List.of(event), null);
        return store.write(tx -> tx.events().take(arrived, ids, now)).join();
    }

    @Test
    void databaseItselfRefusesASecondRowForTheSameEvent() throws SQLException {
        take("ana", "m1", "hello");
        String copy = "INSERT INTO event(id,source,key,raw,lane,seq,type,content,received_at,state)"
                + " SELECT 'another',source,key,raw,'another',seq,type,content,received_at,state FROM event";
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate(copy))
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching("(?is).*unique.*");
        }
    }

    @Test
    void cursorMovesWithWhatWasRead() {
        CompletableFuture<Boolean> failed = store.write(tx -> {
            tx.events().take(Arrivals.message("ana", "m1", "hello"), ids, 1);
            Bookmark.set(tx, "shop", "17", 1);
            throw new IllegalStateException("the batch fails");
        });
        assertThatThrownBy(failed::join).hasMessageContaining("the batch fails");
        assertThat(store.<String>read(tx -> tx.cursors().get("shop"))).isEmpty();
        assertThat(elsewhere("SELECT count(*) FROM event")).isZero();
        store.write(tx -> {
                    Bookmark.set(tx, "shop", "17", 1);
                    Bookmark.set(tx, "shop", "18", 2);
                    return true;
                })
                .join();
        assertThat(store.<String>read(tx -> tx.cursors().get("shop"))).isEqualTo("18");
    }

    @Test
    void receiptsThatCameEarlyAreTakenOnceInOrderOfTime() {
        store.write(tx -> {
                    tx.messages().parkReceipt("e2", "shop", receipt(Status.READ, 2));
                    tx.messages().parkReceipt("e1", "shop", receipt(Status.DELIVERED, 1));
                    return true;
                })
                .join();
        assertThat(store.write(tx -> tx.messages().takeReceipts("other", "x1")).join())
                .isEmpty();
        assertThat(store.write(tx -> tx.messages().takeReceipts("shop", "x1")).join())
                .extracting(CustomerEvent.Receipt::status)
                .containsExactly(Status.DELIVERED, Status.READ);
        assertThat(store.write(tx -> tx.messages().takeReceipts("shop", "x1")).join())
                .isEmpty();
    }

    @Test
    void noticesOfAnAccountAreTheLastOfEachSubjectAndBounded() {
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        notice("template a", Standing.PROBLEM, now);
        notice("template b", Standing.PROBLEM, now);
        assertThat(notice("template a", Standing.OVER, now.minusSeconds(1))).isFalse();
        assertThat(standing(now)).containsExactlyInAnyOrder("template a", "template b");
        assertThat(notice("template a", Standing.OVER, now)).isTrue();
        assertThat(standing(now)).containsExactly("template b");
        assertThat(standing(now.plus(Duration.ofDays(31)))).isEmpty();
        for (int i = 0; i < 60; i++) {
            notice("template " + i, Standing.NEWS, now.plusSeconds(i));
        }
        assertThat(standing(now)).hasSize(50).first().isEqualTo("template 59");
        assertThat(store.<List<Orphans.Holding>>read(tx -> tx.orphans().holdings()))
                .as("no position to poll from")
                .isEmpty();
    }

    private boolean notice(String about, Standing standing, Instant at) {
        AccountNotice notice = new AccountNotice(about + at, at, about, "Meta says so", standing);
        return store.writeAndWait(tx -> tx.notices().put("shop", notice, at.toEpochMilli()));
    }

    private List<String> standing(Instant now) {
        return store.<List<AccountNotices.Notice>>read(tx -> tx.notices().standing("shop", now)).stream()
                .map(AccountNotices.Notice::about)
                .toList();
    }

    @Test
    void closingCommitsWhatWaitsAndRefusesTheRest() {
        List<CompletableFuture<Boolean>> futures = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            futures.add(set("closing-" + i));
        }
        store.close();
        assertThat(futures).allMatch(CompletableFuture::join);
        assertThat(elsewhere("SELECT count(*) FROM cursor")).isEqualTo(500);
        assertThatThrownBy(() -> set("late").join()).hasCauseInstanceOf(StoreException.Busy.class);
    }

    private static CustomerEvent.Receipt receipt(Status status, long at) {
        return new CustomerEvent.Receipt("r" + at, "ana", Instant.ofEpochMilli(at), "x1", status, null, null);
    }

    private CompletableFuture<Boolean> set(String source) {
        return store.write(tx -> {
            Bookmark.set(tx, source, "1", 1);
            return true;
        });
    }

    private Taken take(String sender, String key, String text) {
        return store.write(tx -> tx.events().take(Arrivals.message(sender, key, text), ids, 1))
                .join();
    }

    /** Keeps the writer busy until the latch falls, so that what follows waits together. */
    private CountDownLatch holdTheWriter() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        store.write(tx -> {
            begun.countDown();
            await(go);
            return true;
        });
        begun.await();
        return go;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A number as another process would see it. */
    private long elsewhere(String query) {
        return test.number(query);
    }
}
