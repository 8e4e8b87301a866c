// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.StoredBlob;
import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Purpose;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Consents.Statement;
import io.dragoman.store.Store;
import io.dragoman.store.TestStore;
import io.dragoman.store.Tx;
import io.dragoman.store.blob.MediaFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person is erased by a gateway that is killed in the middle of it: while the rows go, when they are gone, at random, and
 * just before it is done. Then it is run to its end. Nothing of the person may be left, and of another nothing may be missing.
 */
final class ErasureKillTest {
    private static final String WHO = "zwetlana77";
    private static final List<String> WORDS = List.of(WHO, "xylofonkaputt");
    private static final String OTHER = "bobswort";
    private static final int MESSAGES = Integer.getInteger("dragoman.erasure.messages", 1_000);
    private static final long SEED = Long.getLong("dragoman.erasure.seed", System.nanoTime());
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** What {@link FailPoint} ends a process with. */
    private static final int HALTED = 9;

    @TempDir
    private Path home;

    private final Random random = new Random(SEED);

    @Test
    void nothingShouldBeLeftInTheDataFolderThroughKills() throws Exception {
        TestStore store = TestStore.sqlite(Files.createDirectories(home.resolve("data")));
        run(store, "sqlite:data/dragoman.db", true);
        assertThat(filesWith(WORDS)).isEmpty();
        assertThat(filesWith(List.of(OTHER))).isNotEmpty();
    }

    @Test
    void nothingShouldBeLeftInTheTablesOfPostgresThroughKills() throws Exception {
        try (TestStore store = TestStore.postgres(home)) {
            run(store, store.url().toString(), MESSAGES > 1_000);
            assertThat(filesWith(WORDS)).as("media").isEmpty();
        }
    }

    /** @param often whether it is killed at random moments too: each costs a start */
    private void run(TestStore store, String url, boolean often) throws Exception {
        Archive.made().train();
        write("config/gateway.yaml", """
                http: {host: 127.0.0.1, port: 0}
                admin: {host: 127.0.0.1, port: 0}
                store: {url: "%s"}
                desk: inbox
                """.formatted(url));
        write("config/channels.yaml", "channels:\n");
        write("config/desks.yaml", "desks: {inbox: {kind: local}}\n");
        fill(store);
        long others = rowsWith(store, OTHER);
        assertThat(tablesWith(store, WORDS))
                .contains("consent", "contact", "conversation", "event", "identity", "media", "message", "raw");
        assertThat(filesWith(WORDS)).isNotEmpty();
        halted("clock.PersonErasure.erase:1"); // in the transaction in which the rows go
        assertThat(tablesWith(store, WORDS)).as("all or nothing").contains("contact", "message", "raw");
        if (often) {
            killed(store, "SELECT count(*) FROM erasure WHERE erased_at IS NULL");
        }
        halted("clock.PersonErasure.done:1"); // when all is gone, and nothing says so yet
        if (often) {
            killed(store, "SELECT count(*) FROM erasure WHERE done_at IS NULL");
        }
        try (VictimProcess last = VictimProcess.start(home)) {
            assertThat(last.awaitReady()).isTrue();
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (store.number("SELECT count(*) FROM erasure WHERE done_at IS NOT NULL") == 0) {
                assertThat(last.ends(20)).isFalse();
                assertThat(System.nanoTime())
                        .as("it goes on to its end, seed %d", SEED)
                        .isLessThan(deadline);
            }
        }
        assertThat(tablesWith(store, WORDS)).as("seed %d", SEED).isEmpty();
        assertThat(rowsWith(store, OTHER)).isEqualTo(others);
    }

    private void halted(String place) throws IOException, InterruptedException {
        try (VictimProcess victim = VictimProcess.start(home, "-Dhalt=" + place)) {
            assertThat(victim.ends(LONGEST.toMillis()))
                    .as(place + " is reached")
                    .isTrue();
            assertThat(victim.exitValue()).as(place).isEqualTo(HALTED);
        }
    }

    /** Kills one some time after it has begun, or as soon as there is nothing more for it to do. */
    private void killed(TestStore store, String open) throws IOException, InterruptedException {
        try (VictimProcess victim = VictimProcess.start(home)) {
            assertThat(victim.awaitReady()).isTrue();
            victim.ends(random.nextInt(400));
            assertThat(store.number(open)).isBetween(0L, 1L);
        }
    }

    private void fill(TestStore fresh) throws Exception {
        try (Store store = fresh.open(failure -> {})) {
            store.writeAndWait(tx -> {
                person(tx, "k1", "c1", WHO);
                person(tx, "k2", "c2", "bob");
                tx.erasures().begin("e1", "k1", "salt", 1);
                return true;
            });
        }
        try (Connection connection = fresh.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < MESSAGES; i++) {
                message(connection, "c1", WHO, "m" + i, "the xylofonkaputt of zwetlana77 " + "again ".repeat(100));
            }
            message(connection, "c2", "bob", "b1", OTHER);
            media(connection, "m0", "a picture of zwetlana77");
            media(connection, "b1", "a picture with " + OTHER);
            connection.commit();
        }
    }

    private static void person(Tx tx, String contact, String conversation, String who) {
        tx.contacts()
                .insert(
                        "shop",
                        new Contact(contact, who, null, List.of(new Identity("test", who, true)), List.of()),
                        1);
        tx.conversations()
                .insert(
                        new ConversationBuilder(conversation, "shop", "test", contact, who, Instant.EPOCH).build(),
                        "contact:" + contact);
        tx.consents().state("shop", contact, new Statement(Purpose.SURVEY, false, Source.API, "said " + who), 1);
    }

    private static void message(Connection connection, String conversation, String who, String id, String text)
            throws SQLException {
        String content = "{\"type\":\"message.received\",\"key\":\"" + id + "\",\"text\":\"" + text + "\"}";
        insert(
                connection,
                "INSERT INTO raw(id,source,origin,method,path,query,headers,body,body_sha256,received_at)"
                        + " VALUES(?,'shop','RECEIVED','POST','/','','{}',?,'',1)",
                "r" + id,
                content.getBytes(StandardCharsets.UTF_8));
        insert(
                connection,
                "INSERT INTO event(id,source,key,raw,lane,seq,type,content,received_at,state,done_at)"
                        + " VALUES(?,'shop',?,?,?,1,'message.received',?,1,'DONE',1)",
                id,
                "key of " + id + " " + who,
                "r" + id,
                "in/shop/" + who,
                content);
        insert(
                connection,
                "INSERT INTO message(id,conversation,sequence,direction,author_kind,author_name,sent_at,received_at,parts)"
                        + " VALUES(?,?,?,'in','contact',?,1,1,?)",
                id,
                conversation,
                Long.parseLong(id.substring(1)) + 1,
                who,
                "[{\"type\":\"text\",\"text\":\"" + text + "\"}]");
    }

    private void media(Connection connection, String message, String bytes) throws Exception {
        StoredBlob blob = new MediaFiles(
                        Files.createDirectories(home.resolve("data")).resolve("media"))
                .keep(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)), "image/png", 1_000);
        insert(
                connection,
                "INSERT INTO media(id,message,part,state,sha256,size,mime_type,file_name)"
                        + " VALUES(?,?,'{}','STORED',?,20,'image/png',?)",
                "media of " + message,
                message,
                blob.sha256(),
                bytes);
    }

    private static void insert(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        String schema = connection.getSchema();
        try (ResultSet rows = connection.getMetaData().getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    private static Set<String> tablesWith(TestStore store, List<String> words) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection = store.connect()) {
            for (String table : tables(connection)) {
                if (rowsWith(connection, table, words) > 0) {
                    found.add(table);
                }
            }
        }
        return found;
    }

    private static long rowsWith(TestStore store, String word) throws SQLException {
        long found = 0;
        try (Connection connection = store.connect()) {
            for (String table : tables(connection)) {
                found += rowsWith(connection, table, List.of(word));
            }
        }
        return found;
    }

    private static long rowsWith(Connection connection, String table, List<String> words) throws SQLException {
        long found = 0;
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM \"" + table + "\"")) {
            while (rows.next()) {
                boolean here = false;
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    byte[] value = bytes(rows, i);
                    here |= holds(value, words);
                }
                found += here ? 1 : 0;
            }
        }
        return found;
    }

    /** As text where the column is none of bytes. */
    private static byte[] bytes(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        return value instanceof byte[] bytes ? bytes : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean holds(byte[] value, List<String> words) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        return words.stream().anyMatch(text::contains);
    }

    /** Of the data folder, by content or name. */
    private List<String> filesWith(List<String> words) throws IOException {
        List<String> found = new ArrayList<>();
        Path data = home.resolve("data");
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (holds(content(file), words) || words.stream().anyMatch(file.toString()::contains)) {
                    found.add(data.relativize(file).toString());
                }
            }
        }
        return found;
    }

    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0]; // deleted meanwhile
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
