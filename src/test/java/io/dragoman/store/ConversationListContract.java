// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Changes.Change;
import io.dragoman.store.Changes.Range;
import io.dragoman.store.Conversations.Filter;
import io.dragoman.store.Conversations.Versioned;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of conversations, and the journal of what changes in them, on any store. */
abstract class ConversationListContract {
    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void pageShouldBeFilteredByAllThatIsAsked() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            insert(store, 1, "shop", "billing", "Max", List.of("vip", "100%"));
            insert(store, 2, "shop", "billing", null, List.of("vi\"p"));
            insert(store, 3, "line", null, "Max", List.of());
            assertThat(ids(store, new Filter("shop", null, null, null))).containsExactly("c2", "c1");
            assertThat(ids(store, tag("vip"))).containsExactly("c1");
            assertThat(ids(store, tag("vi\"p"))).containsExactly("c2");
            assertThat(ids(store, tag("100%"))).containsExactly("c1");
            assertThat(ids(store, tag("%"))).isEmpty();
            assertThat(ids(store, new Filter(null, null, "billing", null, null, "Max", null, null, null)))
                    .containsExactly("c1");
            assertThat(ids(store, new Filter(null, null, null, null, null, null, "sms", at(2), at(3))))
                    .containsExactly("c2");
            assertThat(ids(store, new Filter(null, Conversation.State.CLOSED, null, null)))
                    .isEmpty();
            assertThat(ids(store, new Filter(null, null, null, "customer 3"))).containsExactly("c3");
            assertThat(ids(store, new Filter(null, null, null, "+3"))).containsExactly("c3");
        }
    }

    @Test
    void contactsShouldBeFoundByNameInAnyCaseOfAnyScript() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            named(store, "Елена Петрова", "ÖZLEM", "Ana Kovač", "50% off", "50 off");
            assertThat(found(store, "елена п")).containsExactly("Елена Петрова");
            assertThat(found(store, "ЕЛЕНА")).containsExactly("Елена Петрова");
            assertThat(found(store, "özlem")).containsExactly("ÖZLEM");
            assertThat(found(store, "kovač")).containsExactly("Ana Kovač");
            assertThat(found(store, "ANA")).containsExactly("Ana Kovač");
            assertThat(found(store, "50%")).containsExactly("50% off");
            assertThat(found(store, "VALUE OF AN")).containsExactly("Ana Kovač");
            assertThat(found(store, "of ana")).isEmpty(); // of an address only the beginning
            assertThat(found(store, null)).hasSize(5);
        }
    }

    private static void named(Store store, String... names) {
        for (String name : names) {
            Contact contact = new Contact(
                    "of " + name, name, null, List.of(new Identity("phone", "value of " + name, true)), List.of());
            store.writeAndWait(tx -> {
                tx.contacts().insert("shop", contact, 1);
                return true;
            });
        }
    }

    private static List<String> found(Store store, String words) {
        return store.read(tx -> tx.contactList().page(words, null, 10)).stream()
                .map(one -> one.contact().name())
                .toList();
    }

    @Test
    void pagesShouldLeaveNothingOutWhereManyChangedAtOnce() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            IntStream.rangeClosed(10, 30).forEach(n -> insert(store, n, "shop", null, null, List.of(), 7));
            List<String> seen = new ArrayList<>();
            long before = Long.MAX_VALUE;
            String id = "";
            List<Versioned> page;
            do {
                long from = before;
                String after = id;
                page = store.read(tx -> tx.conversations().page(Filter.ALL, from, after, 4));
                page.forEach(one -> seen.add(one.conversation().id()));
                if (!page.isEmpty()) {
                    Conversation last = page.get(page.size() - 1).conversation();
                    before = last.updatedAt().toEpochMilli();
                    id = last.id();
                }
            } while (!page.isEmpty());
            assertThat(seen).hasSize(21).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
        }
    }

    @Test
    void notesShouldBeSeenByThoseWhoWorkOnItAlone() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            insert(store, 1, "shop", null, null, List.of());
            write(store, "m1", false);
            write(store, "m2", true);
            assertThat(names(store.read(tx -> tx.messages().of("c1", 0, 10)))).containsExactly("m1");
            assertThat(names(store.read(tx -> tx.threadView().of("c1", 0, 10)))).containsExactly("m1", "m2");
            assertThat(names(store.read(tx -> tx.threadView().latest("c1", 1)))).containsExactly("m2");
            assertThat(names(store.read(tx -> tx.threadView().lastOfEach(List.of("c1", "c2")))))
                    .containsExactly("m2");
            assertThat(store.<List<?>>read(tx -> tx.messages().headings("c1", 10)))
                    .hasSize(1);
            assertThat(store.<List<?>>read(tx ->
                            List.copyOf(tx.figures().waiting(List.of("c1")).keySet())))
                    .hasSize(1);
        }
    }

    @Test
    void changeShouldBeWrittenOnceForEachConversationOfATransaction() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            assertThat(store.read(tx -> tx.changes().range()).isPresent()).isFalse();
            insert(store, 1, "shop", null, null, List.of());
            long before = last(store);
            store.writeAndWait(tx -> {
                tx.conversations().nextPlace("c1", null);
                tx.conversations().nextPlace("c1", null);
                return true;
            });
            assertThat(conversations(store, before)).containsExactly("c1");
            write(store, "m1", false);
            long written = last(store);
            store.writeAndWait(tx -> {
                tx.messages().delete("m1", at(5));
                return true;
            });
            assertThat(conversations(store, written)).containsExactly("c1");
            assertThat(store.<List<Change>>read(tx -> tx.changes().these(List.of(written, written + 5))))
                    .containsExactly(new Change(written, "c1"));
        }
    }

    @Test
    void whatWasRolledBackShouldBeNoChange() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            insert(store, 1, "shop", null, null, List.of());
            insert(store, 2, "shop", null, null, List.of());
            long before = last(store);
            assertThatThrownBy(() -> store.writeAndWait(tx -> {
                        tx.conversations().nextPlace("c1", null);
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            store.writeAndWait(tx -> {
                tx.conversations().nextPlace("c2", null);
                return true;
            });
            // on the embedded store what failed may be named with the others of its transaction, which does no harm
            assertThat(conversations(store, before)).contains("c2").hasSizeLessThanOrEqualTo(store.shared() ? 1 : 2);
        }
    }

    @Test
    void pruningShouldKeepTheLatest() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            IntStream.rangeClosed(1, 9).forEach(n -> insert(store, n, "shop", null, null, List.of()));
            long last = last(store);
            assertThat(store.<Boolean>writeAndWait(tx -> tx.changes().prune(4, 2)))
                    .isTrue();
            prune(store, 4);
            Range left = store.read(tx -> tx.changes().range()).orElseThrow();
            assertThat(List.of(left.first(), left.last())).containsExactly(last - 3, last);
            prune(store, 0);
            assertThat(last(store)).isEqualTo(last);
            assertThat(store.<Boolean>writeAndWait(tx -> tx.changes().prune(0, 1_000)))
                    .isFalse();
            insert(store, 10, "shop", null, null, List.of());
            assertThat(last(store)).isGreaterThan(last);
        }
    }

    private static void prune(Store store, long kept) {
        store.writeAndWait(tx -> {
            tx.changes().prune(kept, 1_000);
            return true;
        });
    }

    private static long last(Store store) {
        return store.read(tx -> tx.changes().range()).orElseThrow().last();
    }

    private static List<String> conversations(Store store, long after) {
        return store.read(tx -> tx.changes().after(after, 10)).stream()
                .map(Change::conversation)
                .toList();
    }

    private static Filter tag(String tag) {
        return new Filter(null, null, null, null, tag, null, null, null, null);
    }

    private static List<String> ids(Store store, Filter filter) {
        return store.read(tx -> tx.conversations().recent(filter, Long.MAX_VALUE, "", 10)).stream()
                .map(Conversation::id)
                .toList();
    }

    private static List<String> names(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    private static void insert(Store store, int n, String channel, String team, String assignee, List<String> tags) {
        insert(store, n, channel, team, assignee, tags, n);
    }

    private static void insert(
            Store store, int n, String channel, String team, String assignee, List<String> tags, long at) {
        Contact contact =
                new Contact("k" + n, "Customer " + n, null, List.of(new Identity("phone", "+" + n, true)), List.of());
        Conversation conversation = new ConversationBuilder("c" + n, channel, "sms", "k" + n, "a" + n, at(at))
                .team(team)
                .assignee(assignee)
                .tags(tags)
                .build();
        store.writeAndWait(tx -> {
            tx.contacts().insert(channel, contact, at);
            tx.conversations().insert(conversation, "contact:k" + n);
            return true;
        });
    }

    private static void write(Store store, String id, boolean note) {
        store.writeAndWait(tx -> {
            Message.Place place = tx.conversations().nextPlace("c1", null);
            List<Part> parts = List.of(new Part.Text("hello"));
            Message.Author agent = new Message.Author(Message.Author.Kind.AGENT, null);
            Message.Author customer = new Message.Author(Message.Author.Kind.CONTACT, null);
            tx.messages()
                    .insert(
                            note
                                    ? Message.note(id, place, agent, at(3), at(3), parts)
                                    : Message.received(id, place, customer, at(3), at(3), parts));
            return true;
        });
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
