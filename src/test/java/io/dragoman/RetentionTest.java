// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.retention.Retention;
import io.dragoman.connector.StoredBlob;
import io.dragoman.model.Part;
import io.dragoman.store.Lanes;
import io.dragoman.store.Ledger;
import io.dragoman.store.RetentionPolicy;
import io.dragoman.store.blob.MediaFiles;
import io.dragoman.store.blob.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than it is to be kept goes from a whole gateway; what is younger, open, waiting or dead stays. */
final class RetentionTest {
    private static final String API = "/api/v1/";
    private static final Duration AGE = Duration.ofDays(400);

    @TempDir
    private Path data;

    private final TreeMap<String, Long> erased = new TreeMap<>();

    @Test
    void whatIsOldShouldGoAndTheLedgerStayTrue() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            String old = closed(test, "alice", "alicewort");
            StoredBlob picture = picture(test, old);
            said(test, "bob", "bobswort");
            broken(test);
            test.clock.move(AGE);
            String young = closed(test, "carl", "carlswort");

            retention(test, policy(30, 90, 365, null), files()).pass();

            assertThat(status(test, "conversations/" + old)).isEqualTo(404);
            assertThat(texts()).doesNotContain("alicewort").contains("bobswort", "carlswort");
            assertThat(contents()).doesNotContain("alicewort", "bobswort").contains("carlswort");
            assertThat(bodies()).doesNotContain("alicewort", "bobswort").contains("carlswort", "unreadable dora");
            assertThat(status(test, "conversations/" + young)).isEqualTo(200);
            assertThat(files().content(picture.sha256())).isEmpty();
            assertThat(erased).containsEntry("conversations", 1L).containsEntry("files", 1L);
            assertThat(differences(test)).containsOnly(0L);
            assertThat(test.admin(API + "dead").path("deadLetters")).hasSize(1);
            assertThat(status(test, "contacts/" + contact(test, "bob"))).isEqualTo(200);
            TestGateway.await("the search index", () -> found(test, "alicewort") == 0 && found(test, "bobswort") == 1);

            said(test, "alice", "alicewort"); // a late copy of what is gone
            assertThat(texts()).doesNotContain("alicewort");
        }
        try (DirectoryReader index = DirectoryReader.open(FSDirectory.open(data.resolve("search")))) {
            assertThat(index.numDocs()).as("bob's and carl's conversations").isEqualTo(2);
        }
    }

    @Test
    void aContactShouldGoWhenNoConversationIsLeftUnlessAConsentWasWithdrawn() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            closed(test, "alice", "alicewort");
            closed(test, "eve", "evewort");
            String eve = contact(test, "eve");
            String alice = contact(test, "alice");
            String no = "{\"purpose\":\"marketing\",\"given\":false,\"source\":\"api\",\"why\":\"asked by phone\"}";
            assertThat(test.admin("POST", API + "contacts/" + eve + "/consent", no)
                            .statusCode())
                    .isLessThan(300);
            test.clock.move(AGE);
            said(test, "carl", "carlswort");

            retention(test, policy(null, null, 365, 365), files()).pass();

            assertThat(status(test, "contacts/" + alice)).isEqualTo(404);
            assertThat(status(test, "contacts/" + eve)).isEqualTo(200);
            assertThat(status(test, "contacts/" + contact(test, "carl"))).isEqualTo(200);
            assertThat(texts()).doesNotContain("alicewort", "evewort");
        }
    }

    @Test
    void aConversationOfWhichSomethingWaitsShouldStayUntilItIsThrough() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            test.admin("POST", API + "pause", "{\"id\":\"desk\"}");
            assertThat(test.post(message("alice", "alicewort"))).isEqualTo(200);
            TestGateway.await("the message", () -> texts().contains("alicewort"));
            String waiting = conversation(test, "alice");
            close(test, waiting);
            test.clock.move(AGE);
            Retention retention = retention(test, policy(null, null, 365, null), files());

            retention.pass();
            assertThat(status(test, "conversations/" + waiting)).isEqualTo(200);
            test.admin("POST", API + "resume", "{\"id\":\"desk\"}");
            quiet(test); // they are too old to be sent by now
            retention.pass();
            assertThat(status(test, "conversations/" + waiting)).isEqualTo(404);
            assertThat(differences(test)).containsOnly(0L);
        }
    }

    @Test
    void aFileShouldGoLaterWhereTheProcessEndedBeforeItAndStayWhereItCameAgain() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            String old = closed(test, "alice", "alicewort");
            StoredBlob picture = picture(test, old);
            test.clock.move(AGE);
            MediaStore refusing = new Refusing(files());
            retention(test, policy(null, 90, null, null), refusing).pass();
            assertThat(files().content(picture.sha256())).isPresent();
            assertThat(texts()).contains("alicewort");

            String young = conversation(test, "bob", "bobswort");
            picture(test, young);
            retention(test, policy(null, 90, null, null), files()).pass();
            assertThat(files().content(picture.sha256())).as("bob's").isPresent();

            test.clock.move(AGE);
            retention(test, policy(null, 90, null, null), files()).pass();
            assertThat(files().content(picture.sha256())).isEmpty();
        }
    }

    /** The thread of it would end else, and nothing say that nothing is erased any more. */
    @Test
    void whatFailsShouldEndNoMoreThanItsPass() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            picture(test, closed(test, "alice", "alicewort"));
            test.clock.move(AGE);
            retention(test, policy(null, 90, null, null), new Failing(files())).pass();
            assertThat(erased).containsEntry("media", 1L).doesNotContainKey("files");
            retention(test, policy(null, 90, null, null), files()).pass();
            assertThat(erased).containsEntry("files", 1L);
        }
    }

    @Test
    void aGatewayThatKeepsEverythingShouldEraseNothing() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            closed(test, "alice", "alicewort");
            test.clock.move(AGE);
            retention(test, RetentionPolicy.NONE, files()).pass();
            assertThat(texts()).contains("alicewort");
            assertThat(erased).isEmpty();
        }
    }

    private Retention retention(TestGateway test, RetentionPolicy policy, MediaStore files) {
        return new Retention(
                test.gateway.store(),
                files,
                policy,
                test.gateway::newId,
                (what, count) -> erased.merge(what, count, Long::sum),
                test.clock);
    }

    private static RetentionPolicy policy(
            @Nullable Integer requests,
            @Nullable Integer media,
            @Nullable Integer conversations,
            @Nullable Integer contacts) {
        return new RetentionPolicy(days(requests), days(media), days(conversations), days(contacts));
    }

    private static @Nullable Duration days(@Nullable Integer days) {
        return days == null ? null : Duration.ofDays(days);
    }

    private MediaFiles files() {
        return new MediaFiles(data.resolve("media"));
    }

    private static String message(String from, String text) {
        return "[{\"id\":\"" + from + "1\",\"from\":\"" + from + "\",\"text\":\"" + text + "\"}]";
    }

    private static void said(TestGateway test, String from, String text) {
        assertThat(test.post(message(from, text))).isEqualTo(200);
        quiet(test);
    }

    private static void quiet(TestGateway test) {
        TestGateway.await(
                "the journeys",
                () -> test.gateway.store().read(tx -> tx.events().counts()).stream()
                        .noneMatch(one -> one.state().name().equals("NEW")));
        TestGateway.await("the deliveries", () -> test.gateway
                .store()
                .read(tx -> tx.lanes().flows(Lanes.Kind.OUTBOX))
                .isEmpty());
    }

    private static String conversation(TestGateway test, String from, String text) {
        said(test, from, text);
        return conversation(test, from);
    }

    private static String closed(TestGateway test, String from, String text) {
        String conversation = conversation(test, from, text);
        close(test, conversation);
        quiet(test);
        return conversation;
    }

    private static void close(TestGateway test, String conversation) {
        assertThat(test.admin(
                                "POST",
                                API + "conversations/" + conversation + "/close",
                                null,
                                "Idempotency-Key",
                                "close-" + conversation)
                        .statusCode())
                .isEqualTo(202);
        TestGateway.await("the closing", () -> test.admin(API + "conversations/" + conversation)
                .toString()
                .contains("\"closed\""));
    }

    private static void broken(TestGateway test) {
        test.channel.broken = true;
        assertThat(test.post("[\"unreadable dora\"]")).isEqualTo(200);
        test.channel.broken = false;
    }

    private StoredBlob picture(TestGateway test, String conversation) throws IOException {
        StoredBlob blob = files().keep(
                        new ByteArrayInputStream("a picture".getBytes(StandardCharsets.UTF_8)), "image/png", 1_000);
        String id = test.gateway.newId();
        test.gateway.store().writeAndWait(tx -> {
            String message = tx.messages().of(conversation, 0, 1).get(0).id();
            tx.media()
                    .insert(
                            id,
                            message,
                            null,
                            new Part.Media(Part.MediaKind.IMAGE, "image/png", "a.png", 9L, null, null, null));
            tx.media().keep(id, blob, "a.png");
            return true;
        });
        return blob;
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

    private static int status(TestGateway test, String path) {
        return test.admin("GET", API + path, null).statusCode();
    }

    private static int found(TestGateway test, String word) {
        JsonNode found = test.admin(API + "conversations?q=" + word).path("conversations");
        return found.size();
    }

    private String texts() {
        return column("SELECT parts FROM message");
    }

    private String contents() {
        return column("SELECT content FROM event") + column("SELECT key FROM event");
    }

    private String bodies() {
        return column("SELECT CAST(body AS TEXT) FROM raw");
    }

    private String column(String query) {
        StringBuilder all = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + data.resolve("dragoman.db") + "?busy_timeout=10000");
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                all.append(rows.getString(1)).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
        return all.toString();
    }

    private static Collection<Long> differences(TestGateway test) {
        return test.gateway.store().read(tx -> tx.ledger().since(Instant.EPOCH)).stream()
                .map(Ledger.Hour::difference)
                .toList();
    }

    /** Deletes nothing, in no way that is foreseen. */
    private static final class Failing extends Refusing {
        Failing(MediaStore files) {
            super(files);
        }

        @Override
        public boolean deleteOlder(String sha256, Instant keptBefore) {
            throw new IllegalStateException("no");
        }
    }

    /** Deletes nothing. */
    private static class Refusing implements MediaStore {
        private final MediaStore files;

        Refusing(MediaStore files) {
            this.files = files;
        }

        @Override
        public StoredBlob keep(InputStream bytes, String mimeType, long largest) throws IOException {
            return files.keep(bytes, mimeType, largest);
        }

        @Override
        public InputStream open(String sha256) throws IOException {
            return files.open(sha256);
        }

        @Override
        public Optional<Content> content(String sha256) throws IOException {
            return files.content(sha256);
        }

        @Override
        public boolean delete(String sha256) throws IOException {
            throw new IOException("the process ends here");
        }

        @Override
        public boolean deleteOlder(String sha256, Instant keptBefore) throws IOException {
            throw new IOException("the process ends here");
        }

        @Override
        public @Nullable String problem() {
            return null;
        }

        @Override
        public void close() {
            files.close();
        }
    }
}
