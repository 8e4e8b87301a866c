// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.app.contact.ContactQueries;
import io.dragoman.app.contact.ContactTimeline;
import io.dragoman.app.query.ConversationQueries;
import io.dragoman.app.search.SearchIndex;
import io.dragoman.app.ticket.DeskTicket;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Conversations.Filter;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Store;
import io.dragoman.store.TestStore;
import io.dragoman.store.Tx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Prints how long lists, searches and timelines take with many conversations, and what the list's index costs who writes.
 * Arguments: how many conversations (100000), and {@code postgres} for that store instead of the embedded one.
 */
public final class ListFigures {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int RUNS = 30;
    private static final int MESSAGES = 3;
    private static final List<String> WORDS = List.of(
            "order",
            "invoice",
            "refund",
            "delivery",
            "broken",
            "Straße",
            "заказ",
            "შეკვეთა",
            "订单号码",
            "สินค้า",
            "طلبي",
            "hello",
            "thanks",
            "when",
            "where",
            "parcel",
            "address",
            "change",
            "cancel",
            "size");

    private final Random random = new Random(7);
    private final int count;

    private ListFigures(int count) {
        this.count = count;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        boolean postgres = arguments.length > 1 && arguments[1].equals("postgres");
        Path folder = Files.createTempDirectory("dragoman-list");
        TestStore test = postgres ? TestStore.postgres(folder) : TestStore.sqlite(folder);
        try (Store store = test.open(failure -> {})) {
            new ListFigures(count).run(store, test, folder);
        }
        System.exit(0); // the database's server goes with the process
    }

    private void run(Store store, TestStore test, Path folder) throws SQLException {
        long start = System.nanoTime();
        fill(store);
        say("filling, messages a second", count * (double) MESSAGES / seconds(start), "");
        start = System.nanoTime();
        try (SearchIndex search = new SearchIndex(store, folder.resolve("search"), "test", Clock.systemUTC())) {
            ConversationQueries list = new ConversationQueries(store, search, DeskTicket.Pages.NONE);
            while (list.search("order", Filter.ALL, Long.MAX_VALUE, "", 1)
                    .filter(page -> page.search() != null && page.search().complete())
                    .isEmpty()) {
                LockSupport.parkNanos(100_000_000);
            }
            say("indexing, conversations a second", count / seconds(start), "");
            lists(list);
            searches(list);
            contacts(store);
        }
        if (test.jdbc().startsWith("jdbc:sqlite:")) {
            writes(store, test);
        }
    }

    private void lists(ConversationQueries list) {
        time("list: first page", () -> list.page(Filter.ALL, Long.MAX_VALUE, "", 50));
        time("list: from the middle", () -> list.page(Filter.ALL, count / 2, "", 50));
        time("list: a rare channel", () -> list.page(new Filter("rare", null, null, null), Long.MAX_VALUE, "", 50));
        time("list: no such channel", () -> list.page(new Filter("none", null, null, null), Long.MAX_VALUE, "", 50));
        Filter closed = new Filter(null, Conversation.State.CLOSED, null, null);
        time("list: closed", () -> list.page(closed, Long.MAX_VALUE, "", 50));
        Filter rare = new Filter(null, null, null, null, "rare", null, null, null, null);
        time("list: a rare tag", () -> list.page(rare, Long.MAX_VALUE, "", 50));
        Filter of = new Filter(null, Conversation.State.OPEN, "billing", null, "vip", "Max", "sms", null, null);
        time("list: open, team, tag, assignee, kind", () -> list.page(of, Long.MAX_VALUE, "", 50));
        Filter named = new Filter(null, null, null, "customer 77");
        time("list: a contact by name", () -> list.page(named, Long.MAX_VALUE, "", 50));
        time("list: no such contact", () -> list.page(new Filter(null, null, null, "nobody"), Long.MAX_VALUE, "", 50));
    }

    private void searches(ConversationQueries list) {
        for (String words :
                List.of("order", "order refund", "o", "订单", "สินค้า", "заказ თჰ", "uniq77", "customer 77 order")) {
            time("search: " + words, () -> list.search(words, Filter.ALL, Long.MAX_VALUE, "", 50));
        }
        time("search: order, from the middle", () -> list.search("order", Filter.ALL, count / 2, "", 50));
        Filter closed = new Filter("rare", Conversation.State.CLOSED, null, null);
        time("search: order, rare channel, closed", () -> list.search("order", closed, Long.MAX_VALUE, "", 50));
    }

    private void contacts(Store store) {
        ContactQueries contacts = new ContactQueries(store);
        time("contacts: first page", () -> contacts.page(null, null, 50));
        time("contacts: by name", () -> contacts.page("customer 77", null, 50));
        time("contacts: no such", () -> contacts.page("nobody", null, 50));
        String one = contacts.page(null, null, 1).contacts().get(0).contact().id();
        time("timeline", () -> new ContactTimeline(store)
                .page(one, new ContactTimeline.Range(Long.MAX_VALUE, "", 50, true)));
        time(
                "overview: all messages",
                () -> store.read(tx -> tx.trafficFigures().since(Instant.EPOCH, 1_000)));
        time(
                "stream: a look where nothing changed",
                () -> store.read(tx ->
                        tx.changes().after(tx.changes().range().orElseThrow().last(), 500)));
    }

    /** Messages into random conversations, nine in a transaction as under load, with the list's index and with the former. */
    private void writes(Store store, TestStore test) throws SQLException {
        List<String> ids = store.read(tx -> tx.conversations().inOrder("", 20_000)).stream()
                .map(one -> one.conversation().id())
                .toList();
        for (int round = 0; round < 3; round++) {
            say("write: a message, µs, with the list's index", received(store, ids), "");
            index(test, "conversation_recent ON conversation(updated_at)");
            say("write: a message, µs, with the former", received(store, ids), "");
            index(
                    test,
                    "conversation_recent ON conversation(updated_at, id, channel, status, kind, team, assignee, contact, address, tags)");
        }
        try (Connection connection = test.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO change(conversation) VALUES(?)")) {
            connection.setAutoCommit(false);
            long cpu = CPU.getCurrentThreadCpuTime();
            for (int i = 0; i < 20_000; i++) {
                insert.setString(1, ids.get(i % ids.size()));
                insert.executeUpdate();
            }
            double busy = (CPU.getCurrentThreadCpuTime() - cpu) / 1e3 / 20_000;
            say("write: a change into the journal, µs of the processor", busy, "");
            connection.rollback();
        }
    }

    private static void index(TestStore test, String index) throws SQLException {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP INDEX conversation_recent");
            statement.execute("CREATE INDEX " + index);
        }
    }

    private double received(Store store, List<String> ids) {
        int messages = 9_000;
        long start = System.nanoTime();
        for (int i = 0; i < messages; i += 9) {
            List<CompletableFuture<Boolean>> units = IntStream.range(0, 9)
                    .mapToObj(n -> store.write(tx -> receive(tx, ids.get(random.nextInt(ids.size())))))
                    .toList();
            units.forEach(CompletableFuture::join);
        }
        return seconds(start) * 1e6 / messages;
    }

    private boolean receive(Tx tx, String id) {
        Versioned found = tx.conversations().find(id).orElseThrow();
        Conversation after = found.conversation()
                .change()
                .updatedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
                .build();
        write(tx, tx.conversations().update(after, found.version(), null), after.updatedAt());
        return true;
    }

    private void fill(Store store) {
        for (int i = 0; i < count; i += 500) {
            int from = i;
            store.writeAndWait(tx -> {
                IntStream.range(from, Math.min(count, from + 500)).forEach(n -> conversation(tx, n));
                return true;
            });
        }
    }

    private void conversation(Tx tx, int n) {
        Instant at = Instant.ofEpochMilli(1 + n);
        String channel = n % 10_000 == 5 ? "rare" : "shop" + n % 3;
        String contact = id(n);
        tx.contacts()
                .insert(
                        channel,
                        new Contact(
                                contact,
                                "Customer " + n,
                                null,
                                List.of(new Identity("phone", "+1555" + n, true)),
                                List.of()),
                        at.toEpochMilli());
        Conversation one = new ConversationBuilder(id(n), channel, "sms", contact, "+1555" + n, at)
                .team(n % 7 == 0 ? "billing" : null)
                .assignee(n % 70 == 0 ? "Max" : null)
                .status(n % 4 == 0 ? Conversation.State.CLOSED : Conversation.State.OPEN)
                .tags(n % 20_000 == 3 ? List.of("rare") : n % 5 == 0 ? List.of("vip", "new") : List.of())
                .build();
        tx.conversations().insert(one, "contact:" + contact);
        for (int i = 0; i < MESSAGES; i++) {
            write(tx, tx.conversations().nextPlace(one.id(), null), at);
        }
    }

    private void write(Tx tx, Message.Place place, Instant at) {
        StringBuilder text = new StringBuilder("uniq" + random.nextInt(count));
        for (int i = 0; i < 12; i++) {
            text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        Message.Author customer = new Message.Author(Message.Author.Kind.CONTACT, null);
        tx.messages()
                .insert(Message.received(
                        UUID.randomUUID().toString(),
                        place,
                        customer,
                        at,
                        at,
                        List.of(new Part.Text(text.toString()))));
    }

    private static String id(int n) {
        return String.format(Locale.ROOT, "%08x-0000-7000-8000-000000000000", n);
    }

    private static void time(String what, Runnable work) {
        time(what, RUNS, work);
    }

    private static void time(String what, int runs, Runnable work) {
        double[] millis = new double[runs];
        long cpu = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            millis[i] = seconds(start) * 1e3;
        }
        double busy = (CPU.getCurrentThreadCpuTime() - cpu) / 1e6 / runs;
        double first = millis[0];
        Arrays.sort(millis);
        say(
                what + ", ms",
                millis[runs / 2],
                String.format(Locale.ROOT, "first %.1f, most %.1f, processor %.1f", first, millis[runs - 1], busy));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void say(String what, double figure, String more) {
        System.out.println(String.format(Locale.ROOT, "%-52s %10.2f  %s", what, figure, more));
    }
}
