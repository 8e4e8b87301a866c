// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.person.PersonErasure;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.StoredBlob;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.store.Store;
import io.dragoman.store.blob.MediaFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who is erased is in no byte of the data folder, and nobody else misses anything. */
final class PersonErasureTest {
    private static final String API = "/api/v1/";
    private static final String WHO = "zwetlana77";
    /** Nobody else has one of these. */
    private static final List<String> WORDS = List.of(WHO, "Qurbanowa", "xylofonkaputt", "notizgeheim", "antwortquark");

    @TempDir
    private Path data;

    private final Map<String, String> others = new TreeMap<>();

    @Test
    void nothingOfThePersonShouldBeLeftInAnyFileAndOthersShouldMissNothing() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            fill(test);
            String contact = contact(test, WHO);
            others.put("bob", everythingOf(test, "bob"));
            // what is not filled here is not proved
            assertThat(tablesWith(WORDS))
                    .contains(
                            "approval",
                            "attempt",
                            "consent",
                            "contact",
                            "contact_attribute",
                            "contact_merge",
                            "conversation",
                            "conversation_desk",
                            "customer_order",
                            "delivery",
                            "early_news",
                            "early_receipt",
                            "event",
                            "external",
                            "feed",
                            "feed_head",
                            "former_reference",
                            "identity",
                            "lane",
                            "looked_up",
                            "media",
                            "message",
                            "moved_chat",
                            "poll_answer",
                            "raw",
                            "survey",
                            "timer",
                            "waiting_piece");
            assertThat(filesWith(WORDS)).isNotEmpty();
            JsonNode begun = json(test.admin("POST", API + "contacts/" + contact + "/erase", "{}"));
            await(test, begun.path("id").asText());
            JsonNode counts =
                    test.admin(API + "erasures/" + begun.path("id").asText()).path("counts");
            assertThat(counts.path("messages").asInt()).isGreaterThan(3);
            assertThat(counts.path("files").asInt()).isEqualTo(2);

            assertThat(tablesWith(WORDS)).isEmpty();
            assertThat(test.post(written("m1"))).isEqualTo(200); // a late copy
            assertThat(test.admin("GET", API + "contacts/" + contact, null).statusCode())
                    .isEqualTo(404);
            assertThat(test.admin(API + "contacts?q=" + WHO).path("contacts")).isEmpty();
            assertThat(everythingOf(test, "bob")).isEqualTo(others.get("bob"));
            assertThat(test.admin(API + "dead").path("deadLetters")).hasSize(1);
            assertThat(number("SELECT count(*) FROM delivery WHERE state='READY'"))
                    .isEqualTo(1);
            assertThat(test.gateway
                            .store()
                            .read(tx -> tx.ledger().differences(test.clock.instant()))
                            .values())
                    .isNotEmpty()
                    .containsOnly(0L);
            assertThat(test.admin(API + "audit?action=person.erased").toString())
                    .contains("messages")
                    .doesNotContain(WORDS);
            assertThat(filesWith(WORDS)).isEmpty();
        }
        assertThat(filesWith(WORDS)).isEmpty();
        assertThat(indexedWith(WORDS)).isEmpty();
        assertThat(filesWith(List.of("bobswort"))).isNotEmpty();
    }

    @Test
    void erasureShouldGoOnAfterTheProcessEndedInTheMiddleOfIt() throws Exception {
        String first;
        String second;
        try (TestGateway test = new TestGateway(data)) {
            fill(test);
            assertThat(test.post("[{\"id\":\"o1\",\"from\":\"qurbanowa2\",\"text\":\"xylofonkaputt too\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the other", () -> !test.admin(API + "contacts?q=qurbanowa2")
                    .path("contacts")
                    .isEmpty());
            others.put("bob", everythingOf(test, "bob"));
            Store store = test.gateway.store();
            PersonErasure killed = erasure(test, store);
            first = killed.begin(contact(test, WHO), Actor.commandLine("test"))
                    .orElseThrow()
                    .id();
            killed.start(); // ends when the rows are gone
            assertThat(killed.find(first).orElseThrow().erasedAt()).isNotNull();
            assertThat(killed.find(first).orElseThrow().doneAt()).isNull();
            second = killed.begin(contact(test, "qurbanowa2"), Actor.commandLine("test"))
                    .orElseThrow()
                    .id();
        }
        assertThat(filesWith(WORDS)).isNotEmpty();
        try (TestGateway test = new TestGateway(data)) {
            await(test, first);
            await(test, second);
            assertThat(everythingOf(test, "bob")).isEqualTo(others.get("bob"));
        }
        assertThat(filesWith(WORDS)).isEmpty();
        assertThat(indexedWith(WORDS)).isEmpty();
    }

    /** Every table is one that people are taken out of, or one that holds nothing of them: whoever adds one decides. */
    @Test
    void everyTableShouldBeErasedFromOrHaveNothingOfPeople() throws Exception {
        Store.sqlite(data.resolve("dragoman.db"), 0, failure -> {}).close();
        assertThat(tables())
                .containsExactlyInAnyOrder(
                        // with nothing of people: of the gateway, its accounts and its own doings
                        "account_notice",
                        "audit",
                        "budget",
                        "cursor",
                        "erased_external",
                        "erasure",
                        "erasure_salt",
                        "flyway_schema_history",
                        "former_desk",
                        "inbox_offset",
                        "known_desk",
                        "pause",
                        "peer",
                        "unused_file",
                        // erased from
                        "approval",
                        "attempt",
                        "auto_reply",
                        "bot_hand_over",
                        "change",
                        "consent",
                        "contact",
                        "contact_attribute",
                        "contact_merge",
                        "conversation",
                        "conversation_desk",
                        "customer_order",
                        "decision",
                        "delivery",
                        "early_news",
                        "early_receipt",
                        "event",
                        "external",
                        "feed",
                        "feed_head",
                        "former_reference",
                        "identity",
                        "lane",
                        "looked_up",
                        "media",
                        "message",
                        "moved_chat",
                        "poll",
                        "poll_answer",
                        "raw",
                        "reaction",
                        "state_change",
                        "survey",
                        "timer",
                        "unread_mail",
                        "waiting_piece");
    }

    private static PersonErasure erasure(TestGateway test, Store store) {
        return new PersonErasure(
                store,
                MediaFiles.readOnly(Path.of("nowhere")),
                () -> {
                    throw new IllegalStateException("the process ends here");
                },
                test.gateway::newId,
                new AuditTrail(store, test.gateway::newId, Clock.systemUTC()),
                Clock.systemUTC(),
                Runnable::run);
    }

    private static String written(String id) {
        String event = """
                [{"type":"message.received","key":"%1$s-zwetlana77","at":"2026-11-20T10:00:00Z","sender":{"address":"zwetlana77",
                "name":"Frau Qurbanowa","identities":[{"type":"test","value":"zwetlana77","verified":true}]},
                "externalId":"ext-zwetlana77-%1$s","parts":[{"type":"text","text":"my xylofonkaputt %2$s"}],
                "threading":{"references":[]}}]""";
        return event.formatted(id, id.equals("big") ? "again ".repeat(60_000) : id);
    }

    /** Something of the person in every place where there can be something, and of another as much. */
    private void fill(TestGateway test) throws IOException {
        for (String id : List.of("m1", "m2", "big")) {
            assertThat(test.post(written(id))).isEqualTo(200);
        }
        for (String from : List.of("bob", "zwetlana77b")) {
            assertThat(test.post("[{\"id\":\"" + from + "1\",\"from\":\"" + from + "\",\"text\":\"bobswort\"}]"))
                    .isEqualTo(200);
        }
        TestGateway.await("all", () -> test.desk.sent.size() == 5);
        String conversation = conversation(test, WHO);
        act(test, conversation, "note", "{\"text\":\"notizgeheim\"}");
        test.channel.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "zwetlana77 has no such thing"));
        act(test, conversation, "messages", "{\"text\":\"antwortquark\"}");
        TestGateway.await("the refusal", () -> number("SELECT count(*) FROM attempt WHERE detail LIKE 'zwet%'") > 0);
        String merge = "{\"contact\":\"" + contact(test, "zwetlana77b") + "\",\"why\":\"both Qurbanowa\"}";
        assertThat(test.admin("POST", API + "contacts/" + contact(test, WHO) + "/merge", merge)
                        .statusCode())
                .isEqualTo(200);
        news(test);
        rows(test, conversation);
        String piece = written("piece").strip();
        assertThat(test.post("[{\"type\":\"message.piece\",\"message\":" + piece.substring(1, piece.length() - 1)
                        + ",\"reference\":\"1\",\"number\":1,\"total\":2}]"))
                .isEqualTo(200);
        TestGateway.await("the piece", () -> number("SELECT count(*) FROM waiting_piece") == 1);
        test.channel.broken = true;
        assertThat(test.post("[\"unreadable xylofonkaputt of zwetlana77\"]")).isEqualTo(200);
        assertThat(test.post("[\"unreadable of bob alone: bobswort\"]")).isEqualTo(200);
        test.channel.broken = false;
        test.admin("POST", API + "pause", "{\"id\":\"shop\"}");
        act(test, conversation, "messages", "{\"text\":\"antwortquark waits\"}");
        act(test, conversation(test, "bob"), "messages", "{\"text\":\"bobswort waits\"}");
        sql("INSERT INTO lane(lane,kind,flow,bulk,next_seq,open,epoch,paused)"
                + " VALUES('in/shop/zwetlana77','INBOX','shop',0,1,0,7,'by hand')");
        assertThat(test.post(written("waiting"))).isEqualTo(200);
        TestGateway.await("those that wait", () -> number("SELECT count(*) FROM delivery WHERE state='READY'") >= 2);
    }

    private static void news(TestGateway test) {
        String at = "\"lane\":\"zwetlana77\",\"at\":\"2026-11-20T10:00:00Z\"";
        assertThat(test.post("[{\"type\":\"receipt\",\"key\":\"r1\"," + at
                        + ",\"externalId\":\"zwetlana77-unknown\",\"status\":\"delivered\"},"
                        + "{\"type\":\"order.changed\",\"key\":\"order1\",\"at\":\"2026-11-20T10:00:00Z\",\"email\":\"zwetlana77\","
                        + "\"order\":{\"id\":\"1\",\"number\":\"xylofonkaputt\",\"status\":\"paid\","
                        + "\"at\":\"2026-11-20T10:00:00Z\",\"changedAt\":\"2026-11-20T10:00:00Z\"}},"
                        + "{\"type\":\"message.deleted\",\"key\":\"d1\"," + at + ",\"externalId\":\"zwetlana77-gone\"},"
                        + "{\"type\":\"chat.moved\",\"key\":\"c1\",\"at\":\"2026-11-20T10:00:00Z\",\"former\":\"zwetlana77old\","
                        + "\"address\":\"zwetlana77\"}]"))
                .isEqualTo(200);
        TestGateway.await(
                "the news", () -> test.gateway.store().read(tx -> tx.events().counts()).stream()
                        .noneMatch(one -> one.state().name().equals("NEW")));
    }

    /** What this channel and desk do not do by themselves. */
    private void rows(TestGateway test, String conversation) throws IOException {
        StoredBlob blob = new MediaFiles(data.resolve("media"))
                .keep(
                        new ByteArrayInputStream("a picture of Qurbanowa".getBytes(StandardCharsets.UTF_8)),
                        "image/png",
                        1_000);
        test.gateway.store().writeAndWait(tx -> {
            String message = tx.messages().of(conversation, 0, 1).get(0).id();
            tx.media()
                    .insert(
                            "media1",
                            message,
                            null,
                            new Part.Media(Part.MediaKind.IMAGE, "image/png", "Qurbanowa.png", 22L, null, null, null));
            tx.media().keep("media1", blob, "Qurbanowa.png");
            tx.messages().parkNews("e0", "shop", "ext-zwetlana77-m1");
            return true;
        });
        sql("INSERT INTO consent VALUES('shop','test','zwetlana77','survey',1,0,'api','she said so')");
        sql("INSERT INTO feed VALUES('shop','zwetlana77',1,'k','xylofonkaputt',1)");
        sql("INSERT INTO feed_head VALUES('shop','zwetlana77',1,NULL)");
        sql("INSERT INTO timer VALUES('t1','later','k1',9999999999999,'" + conversation
                + "','zwetlana77','{\"text\":\"xylofonkaputt\"}','e1',1)");
        sql(
                "INSERT INTO approval VALUES('a1','" + conversation
                        + "','AGENT','zwetlana77',NULL,'[{\"type\":\"text\",\"text\":\"xylofonkaputt\"}]','e1',1,2,'WAITING',NULL,NULL)");
        sql("INSERT INTO survey VALUES('s1','csat','csat','1','1-5','" + conversation
                + "','zwetlana77','shop','de',NULL,'m',1,1,1,1,1,'xylofonkaputt','answered')");
        sql("INSERT INTO poll VALUES('p1','lunch','" + conversation + "','shop','de',NULL,1,0,1,1)");
        sql("INSERT INTO poll_answer VALUES('p1','more',0,'text','xylofonkaputt',NULL,NULL,1)");
        sql("INSERT INTO contact_attribute SELECT contact, 'note', 'xylofonkaputt', 'api', 1, NULL FROM conversation"
                + " WHERE id='" + conversation + "'");
        sql("INSERT INTO looked_up VALUES('crm','email','zwetlana77',1,'{\"note\":\"xylofonkaputt\"}',1)");
        sql("UPDATE conversation_desk SET reference='T-zwetlana77' WHERE conversation='" + conversation + "'");
        sql(
                "INSERT INTO former_reference SELECT conversation, desk, 'F-zwetlana77', 1 FROM conversation_desk WHERE reference"
                        + " LIKE 'T-zwet%'");
        sql("INSERT INTO moved_chat VALUES('shop','zwetlana77old','zwetlana77') ON CONFLICT DO NOTHING");
        sql(
                "INSERT INTO early_receipt(event,channel,external_id,status,at) VALUES('e1','shop','ext-zwetlana77-m2','SENT',1)");
    }

    private static String everythingOf(TestGateway test, String who) {
        JsonNode export = test.admin(API + "contacts/" + contact(test, who) + "/export");
        assertThat(export.toString()).contains("bobswort");
        return export.toString();
    }

    private static String contact(TestGateway test, String who) {
        return test.admin(API + "conversations?contact=" + who)
                .at("/conversations/0/contact")
                .asText();
    }

    private static String conversation(TestGateway test, String who) {
        return test.admin(API + "conversations?contact=" + who)
                .at("/conversations/0/id")
                .asText();
    }

    private void act(TestGateway test, String conversation, String what, String body) {
        String key = what + body.hashCode();
        assertThat(test.admin("POST", API + "conversations/" + conversation + "/" + what, body, "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(202);
        TestGateway.await(
                "the act", () -> test.gateway.store().read(tx -> tx.events().counts()).stream()
                        .noneMatch(one -> one.state().name().equals("NEW")));
    }

    private static void await(TestGateway test, String erasure) {
        TestGateway.await(
                "the erasure", () -> test.admin(API + "erasures/" + erasure).has("doneAt"));
    }

    private static JsonNode json(java.net.http.HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(202);
        return io.dragoman.model.Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("dragoman.db") + "?busy_timeout=10000");
    }

    private void sql(String statement) {
        try (Connection connection = connect();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private long number(String query) {
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = connect();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private Set<String> tablesWith(List<String> words) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection = connect()) {
            for (String table : tables()) {
                try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM \"" + table + "\"")) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            byte[] value = rows.getBytes(i);
                            if (value != null && holds(value, words)) {
                                found.add(table);
                            }
                        }
                    }
                }
            }
        }
        return found;
    }

    private List<String> filesWith(List<String> words) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (holds(bytes(file), words) || holds(file.toString().getBytes(StandardCharsets.UTF_8), words)) {
                    found.add(data.relativize(file).toString());
                }
            }
        }
        return found;
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0]; // the index wrote and deleted it meanwhile
        }
    }

    /** In each way in which a text may be written. */
    private static boolean holds(byte[] bytes, List<String> words) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream()
                .anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT))
                        || Stream.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
                                .anyMatch(in -> text.contains(in(word, in)))
                        || Stream.of("", "x", "xx").anyMatch(before -> text.contains(base64(before, word))));
    }

    private static String in(String word, Charset charset) {
        return new String(word.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    /** What a word is in Base64 that begins so many bytes after a group of three, without what its neighbours decide. */
    private static String base64(String before, String word) {
        String all = Base64.getEncoder().encodeToString((before + word).getBytes(StandardCharsets.UTF_8));
        int begin = before.isEmpty() ? 0 : 4;
        return all.substring(begin, (before.length() + word.length()) / 3 * 4);
    }

    private Set<String> indexedWith(List<String> words) throws IOException {
        Set<String> found = new TreeSet<>();
        try (FSDirectory folder = FSDirectory.open(data.resolve("search"));
                DirectoryReader reader = DirectoryReader.open(folder)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                for (FieldInfo field : leaf.reader().getFieldInfos()) {
                    var terms = leaf.reader().terms(field.name);
                    TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
                    while (each.next() != null) {
                        String term = each.term().utf8ToString();
                        words.stream()
                                .map(word -> word.toLowerCase(Locale.ROOT))
                                .filter(term::contains)
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }
}
