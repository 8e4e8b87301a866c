// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.Gateway;
import io.dragoman.TestGateway;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.StoredBlob;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.store.blob.MediaFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Something of a tenant in every place where there can be something: the same names in each, another word in all texts. */
final class TenantContents {
    /** The same customer writes to both. */
    private static final String NUMBER = "+995555000111";

    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private final TenantFolders test;
    private final String name;
    private final String word;

    TenantContents(TenantFolders test, String name, String word) {
        this.test = test;
        this.name = name;
        this.word = word;
    }

    void fill() throws Exception {
        for (String id : List.of("m1", "m2")) {
            assertThat(test.written(name, id, NUMBER, word + " geheim " + id)).isEqualTo(200);
        }
        assertThat(test.written(name, "m3", "+995555000222", word + " of another"))
                .isEqualTo(200);
        TestGateway.await("the desk", () -> test.desks.get(name).sent.size() == 3);
        String conversation = conversation(NUMBER);
        act(conversation, "note", "{\"text\":\"" + word + " noted\"}");
        act(conversation, "tags", "{\"add\":[\"" + word + "\"]}");
        test.channels.get(name).outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "no such thing"));
        act(conversation, "messages", "{\"text\":\"" + word + " answered\"}");
        test.channels.get(name).broken = true;
        assertThat(test.post(name, "/channels/shop", name + " shop", "[\"" + word + " unreadable\"]"))
                .isEqualTo(200);
        test.channels.get(name).broken = false;
        TestGateway.await(
                "what is dead", () -> test.get(name, "dead").path("deadLetters").size() == 2);
        rows(conversation);
        ask("POST", "pause", "{\"id\":\"desk\",\"reason\":\"" + word + "\"}", 200);
    }

    private String conversation(String from) {
        return test.get(name, "conversations?contact=" + from.replace("+", "%2B"))
                .at("/conversations/0/id")
                .asText();
    }

    private void act(String conversation, String what, String body) {
        ask("POST", "conversations/" + conversation + "/" + what, body, 202);
        TestGateway.await(
                "the act",
                () -> test.gateway(name).store().read(tx -> tx.events().counts()).stream()
                        .noneMatch(one -> one.state().name().equals("NEW")));
    }

    private void ask(String method, String path, String body, int status) {
        String key = path + body.hashCode();
        var answer = test.ask(test.token(name), method, "/t/" + name + "/api/v1/" + path, body, "Idempotency-Key", key);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
    }

    /** What the smallest channel and desk do not do by themselves. */
    private void rows(String conversation) throws Exception {
        Gateway gateway = test.gateway(name);
        StoredBlob blob = new MediaFiles(test.home(name).resolve("data/media"))
                .keep(
                        new ByteArrayInputStream((word + " drawn").getBytes(StandardCharsets.UTF_8)),
                        "text/plain",
                        1_000);
        gateway.store().writeAndWait(tx -> {
            String message = tx.messages().of(conversation, 0, 1).get(0).id();
            tx.media()
                    .insert(
                            name + "-media1",
                            message,
                            null,
                            new Part.Media(Part.MediaKind.FILE, "text/plain", word + ".txt", 22L, null, null, null));
            tx.media().keep(name + "-media1", blob, word + ".txt");
            return true;
        });
        sql("INSERT INTO consent VALUES('shop','test','" + NUMBER + "','survey',1,0,'api','" + word + "')");
        sql("INSERT INTO timer VALUES('" + name + "-t1','later','k1',9999999999999,'" + conversation + "','" + NUMBER
                + "','{\"text\":\"" + word + "\"}','e1',1)");
        sql("INSERT INTO approval VALUES('" + name + "-a1','" + conversation + "','AGENT','" + NUMBER
                + "',NULL,'[{\"type\":\"text\",\"text\":\"" + word + "\"}]','e1',1,9999999999999,'WAITING',NULL,NULL)");
        sql("INSERT INTO survey VALUES('" + name + "-s1','csat','csat','1','1-5','" + conversation + "','" + NUMBER
                + "','shop','de',NULL,'m',1,1,1,1,1,'" + word + "','answered')");
        sql("INSERT INTO poll VALUES('" + name + "-p1','lunch','" + conversation + "','shop','de',NULL,1,0,1,1)");
        sql("INSERT INTO poll_answer VALUES('" + name + "-p1','more',0,'text','" + word + "',NULL,NULL,1)");
        sql("INSERT INTO contact_attribute SELECT contact, 'note', '" + word + "', 'api', 1, NULL FROM conversation"
                + " WHERE id='" + conversation + "'");
        sql("INSERT INTO looked_up VALUES('crm','email','" + NUMBER + "',1,'{\"note\":\"" + word + "\"}',1)");
        sql("UPDATE conversation_desk SET reference='T-1' WHERE conversation='" + conversation + "'");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = connect(test.home(name));
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static Connection connect(Path home) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/dragoman.db") + "?busy_timeout=10000");
    }

    /** Every id that a tenant's store holds, by the column that it is in. */
    static Map<String, Set<String>> ids(Path home, String name) throws SQLException {
        Pattern id = Pattern.compile(UUID + "|" + name + "-[a-z0-9]+");
        Map<String, Set<String>> ids = new TreeMap<>();
        try (Connection connection = connect(home)) {
            for (String table : tables(connection)) {
                try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM \"" + table + "\"")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            String value = rows.getString(i);
                            if (value != null && id.matcher(value).matches()) {
                                ids.computeIfAbsent(
                                                table + "." + rows.getMetaData().getColumnName(i),
                                                any -> new TreeSet<>())
                                        .add(value);
                            }
                        }
                    }
                }
            }
        }
        return ids;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = connection
                .createStatement()
                .executeQuery("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
