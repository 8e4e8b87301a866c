// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each message needs of the store takes as long with a million conversations as with none. */
class QueryPlanTest {
    private static final List<Identity> ANA = List.of(new Identity("phone", "+15550100", true));
    private static final Conversation CONVERSATION =
            new ConversationBuilder("c1", "shop", "sms", "k1", "+15550100", Instant.ofEpochMilli(1)).build();

    private final Set<String> statements = new LinkedHashSet<>();

    @Test
    void nothingThatAMessageNeedsReadsAWholeTable(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("dragoman.db");
        Store.sqlite(file, 0, failure -> {}).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            work(new Tx(new Sql(recorded(connection), false)));
            List<String> scans = new ArrayList<>();
            for (String statement : statements) {
                scans.addAll(scans(connection, statement));
            }
            assertThat(statements).hasSizeGreaterThan(15);
            assertThat(scans).isEmpty();
        }
    }

    /** A report may take longer with more to count, but only with more of the time and the place that it is about. */
    @Test
    void whatAReportReadsIsFoundByAnIndex(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("dragoman.db");
        Store.sqlite(file, 0, failure -> {}).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Tx tx = new Tx(new Sql(recorded(connection), false));
            ConversationFigures figures = tx.figures();
            insertOne(connection);
            Instant until = Instant.ofEpochMilli(2);
            assertThat(tx.measures().begun(Instant.EPOCH, until, "", 10)).hasSize(1);
            tx.measures().passed(Instant.EPOCH, until, "", 10);
            tx.measures().pending("", "", 10);
            assertThat(figures.begun(Instant.EPOCH, until, "", 10)).hasSize(1);
            figures.traffic(Instant.EPOCH, until, "", 10);
            figures.open("", "", 10);
            figures.waiting(List.of("c1"));
            List<String> steps = new ArrayList<>();
            for (String statement : statements) {
                steps.addAll(steps(connection, statement));
            }
            assertThat(statements).hasSize(10);
            assertThat(steps)
                    .isNotEmpty()
                    .filteredOn(step -> step.startsWith("SCAN"))
                    .allMatch(step -> step.startsWith("SCAN page") || step.contains("json_each"));
        }
    }

    /** A page of the list reads one index and then its own rows, whatever it is filtered by. */
    @Test
    void whatAListReadsIsOneIndex(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("dragoman.db");
        Store.sqlite(file, 0, failure -> {}).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Tx tx = new Tx(new Sql(recorded(connection), false));
            tx.conversations().page(Conversations.Filter.ALL, 1, "", 10);
            tx.changes().after(1, 10);
            tx.changes().these(List.of(1L));
            tx.changes().range();
            tx.threadView().lastOfEach(List.of("c1"));
            tx.threadView().latest("c1", 1);
            tx.contacts().names(List.of("k1"));
            tx.conversations().all(List.of("c1"));
            tx.conversations().inOrder("", 10);
            List<String> steps = new ArrayList<>();
            for (String statement : statements) {
                steps.addAll(steps(connection, statement));
            }
            assertThat(steps)
                    .anyMatch(
                            step -> step.contains("conversation USING COVERING INDEX conversation_recent (updated_at"))
                    .filteredOn(step -> step.startsWith("SCAN"))
                    // the contacts and identities only where a contact is asked for
                    .allMatch(step -> step.contains("json_each")
                            || step.startsWith("SCAN page")
                            || step.matches("SCAN (contact|identity|CONSTANT).*"));
        }
    }

    /** Asked for each message that comes in: a long conversation with a program must not be read through for it. */
    @Test
    void whetherAPersonAnsweredIsOneLookUp(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("dragoman.db");
        Store.sqlite(file, 0, failure -> {}).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Tx tx = new Tx(new Sql(recorded(connection), false));
            assertThat(tx.botHandOvers().personAnswered("c1")).isFalse();
            assertThat(steps(connection, statements.iterator().next()))
                    .containsExactly("SEARCH message USING INDEX message_of_person (conversation=?)");
        }
    }

    /** Asked for each id that a look-up finds: neither a long conversation nor a long list of deliveries is read through. */
    @Test
    void whatADeskWasWrittenIsFoundByIndexes(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("dragoman.db");
        Store.sqlite(file, 0, failure -> {}).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Tx tx = new Tx(new Sql(recorded(connection), false));
            assertThat(tx.attempts().wrote("desk", "c1", "T1", 200)).isFalse();
            List<String> steps = new ArrayList<>();
            for (String statement : statements) {
                steps.addAll(steps(connection, statement));
            }
            assertThat(steps)
                    .contains(
                            "SEARCH d USING INDEX delivery_message (message=?)",
                            "SEARCH delivery USING INDEX delivery_of_conversation (conversation=?)")
                    .filteredOn(step -> step.startsWith("SCAN"))
                    .allMatch(step -> step.matches("SCAN [md]")); // of those few
        }
    }

    private static void insertOne(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO contact(id,tags,created_at) VALUES('k1','[]',1)");
            statement.execute(
                    "INSERT INTO conversation(id,channel,kind,thread,contact,address,status,tags,priority,"
                            + "created_at,updated_at) VALUES('00000000-0001-7','shop','sms','t','k1','a','open','[]','normal',1,1)");
        }
    }

    private static List<String> steps(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet steps = statement.executeQuery("EXPLAIN QUERY PLAN " + sql.replace("?", "'1'"))) {
            while (steps.next()) {
                found.add(steps.getString("detail"));
            }
        }
        return found;
    }

    private static void work(Tx tx) {
        tx.contacts().byIdentity("shop", ANA);
        tx.contacts().insert("shop", new Contact("k1", null, null, ANA, List.of()), 1);
        tx.contacts().optedOut("shop", "k1");
        tx.conversations().latest("shop", "contact:k1");
        tx.conversations().insert(CONVERSATION, "contact:k1");
        tx.conversations().update(CONVERSATION, 0, null);
        tx.conversationDesks().refer("c1", "desk", "T1");
        tx.conversationDesks().find("c1", "desk");
        tx.conversationDesks().byReference("desk", "T1");
        tx.conversationDesks().isReferenceOfAnother("desk", "T1", "c1");
        tx.conversationDesks().keep("c1", "desk", Map.of("customer", "77"));
        tx.replyTallies().of("k1", "c1", 1);
        tx.messages().lastOf("k1", 20, 1);
        tx.messages().byExternalId("shop", "m1");
        tx.messages().takeNews("shop", "m1");
        tx.messages().takeReceipts("shop", "m1");
        tx.events().find("shop", "m1");
        tx.deliveries()
                .insert(
                        new Deliveries.Fresh(
                                "d1",
                                Deliveries.Kind.NOTICE,
                                new Deliveries.Destination("out/desk/c1", "desk", "shop"),
                                new Deliveries.Cause("key", "e1", null, "c1"),
                                "",
                                false,
                                1),
                        1);
        FlowKey flow = FlowKey.outbox(Deliveries.Kind.NOTICE, "desk", "shop");
        List<Lanes.Claim> claims = tx.lanes().claim(flow, false, "w", 10, 1, 1_000);
        tx.events().heads(claims);
        tx.deliveries().heads(claims);
        tx.attempts().begin(List.of("d1"), 1);
        tx.attempts().end("d1", 1, Attempts.Ending.SENT, null, null, "T1", 2);
        tx.deliveries().finish(claims.get(0), "d1", Deliveries.State.DELIVERED, null, null, 2);
        tx.unreadMails().until("c1");
        tx.unreadMails().mailed("c1", 1);
        tx.lanes().flows(Lanes.Kind.INBOX);
    }

    /** The steps of a plan that read a table from its beginning. */
    private static List<String> scans(Connection connection, String sql) throws SQLException {
        List<String> scans = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet steps = statement.executeQuery("EXPLAIN QUERY PLAN " + sql.replace("?", "'1'"))) {
            while (steps.next()) {
                String step = steps.getString("detail");
                boolean small =
                        step.contains("json_each") || step.contains("CONSTANT ROW") || step.matches("SCAN [cf]");
                if (step.startsWith("SCAN") && !small) {
                    scans.add(step + ": " + sql);
                }
            }
        }
        return scans;
    }

    private Connection recorded(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
