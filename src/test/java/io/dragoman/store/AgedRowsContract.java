// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Message.Author;
import io.dragoman.model.Part;
import io.dragoman.store.AgedRows.Kind;
import io.dragoman.store.AgedRows.Page;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How any store erases by age. Ids begin with their time, as those of a gateway do. */
abstract class AgedRowsContract {
    private static final long OLD = 1_000_000_000_000L;
    private static final long CUT = OLD + 1_000_000;
    private static final long NOW = CUT + 1_000_000;

    @TempDir
    private Path folder;

    private final AtomicLong last = new AtomicLong();
    private TestStore test;
    private Store store;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @BeforeEach
    void open() {
        test = fresh(folder);
        store = test.open(failure -> {});
    }

    @AfterEach
    void close() {
        store.close();
        test.close();
    }

    private Supplier<String> ids(long at) {
        return () -> id(at);
    }

    private String id(long at) {
        return AgedRows.firstId(at) + String.format("-7000-8000-%012d", last.incrementAndGet());
    }

    private void arrive(String key, long at, String state) {
        store.writeAndWait(tx -> tx.events().take(Arrivals.message("ana", key, "text of " + key), ids(at), at));
        run("UPDATE event SET state='" + state + "' WHERE key='" + key + "'");
    }

    private void run(String update) {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(update);
        } catch (SQLException e) {
            throw new IllegalStateException(update, e);
        }
    }

    private Map<String, Long> erase(Kind kind) {
        Page page = store.read(tx -> tx.agedRows().page(kind, "", CUT, 100));
        assertThat(page.last()).isNull();
        return store.writeAndWait(tx -> tx.agedRows().erase(kind, page.due(), CUT, "salt", NOW));
    }

    @Test
    void eventsThatEndedShouldLoseTheirContentAndBeKnownStill() {
        arrive("done", OLD, "DONE");
        arrive("dead", OLD, "DEAD");
        arrive("young", NOW, "DONE");
        Page page = store.read(tx -> tx.agedRows().page(Kind.EVENTS, "", CUT, 100));
        assertThat(page.due()).hasSize(1);
        assertThat(page.held()).hasSize(1);

        assertThat(erase(Kind.EVENTS)).containsEntry("events", 1L);
        assertThat(erase(Kind.EVENTS)).containsEntry("events", 0L);

        assertThat(test.number("SELECT count(*) FROM event")).isEqualTo(3);
        assertThat(test.number("SELECT count(*) FROM event WHERE content LIKE '%text of done%'"))
                .isZero();
        assertThat(test.number("SELECT count(*) FROM event WHERE content LIKE '%text of%'"))
                .isEqualTo(2);
        Events.Taken again = store.writeAndWait(
                tx -> tx.events().take(Arrivals.message("ana", "done", "text of done"), ids(NOW), NOW));
        assertThat(again.fresh()).isZero();
    }

    @Test
    void pagesShouldGoThroughEverythingThatIsOldOnce() {
        for (int i = 0; i < 5; i++) {
            arrive("k" + i, OLD + i, "DONE");
        }
        arrive("young", NOW, "DONE");
        Page first = store.read(tx -> tx.agedRows().page(Kind.EVENTS, "", CUT, 3));
        Page second = store.read(tx -> tx.agedRows().page(Kind.EVENTS, first.last(), CUT, 3));
        assertThat(first.due()).hasSize(3);
        assertThat(second.due()).hasSize(2).doesNotContainAnyElementsOf(first.due());
        assertThat(second.last()).isNull();
    }

    @Test
    void requestsShouldLoseTheirBytes() {
        arrive("done", OLD, "DONE");
        arrive("young", NOW, "DONE");
        assertThat(erase(Kind.REQUESTS)).containsEntry("requests", 1L);
        assertThat(test.number("SELECT count(*) FROM raw WHERE path='erased' AND length(body)=0"))
                .isEqualTo(1);
        assertThat(test.number("SELECT count(*) FROM raw WHERE length(body)>0")).isEqualTo(1);
    }

    @Test
    void closedConversationsShouldGoAndOpenAndYoungOnesStay() {
        String old = conversation("ana", OLD, OLD, "closed");
        String open = conversation("ben", OLD, OLD, "open");
        String late = conversation("cleo", OLD, NOW, "closed");
        assertThat(erase(Kind.CONVERSATIONS)).containsEntry("conversations", 1L).containsEntry("messages", 1L);
        assertThat(test.number("SELECT count(*) FROM conversation WHERE id='" + old + "'"))
                .isZero();
        assertThat(test.number("SELECT count(*) FROM conversation WHERE id IN('" + open + "','" + late + "')"))
                .isEqualTo(2);
        assertThat(test.number("SELECT count(*) FROM message")).isEqualTo(2);
        assertThat(test.number("SELECT count(*) FROM change WHERE conversation='" + old + "'"))
                .as("the search index is told")
                .isPositive();
    }

    @Test
    void aConversationThatWasReopenedMeanwhileShouldStay() {
        String old = conversation("ana", OLD, OLD, "closed");
        Page page = store.read(tx -> tx.agedRows().page(Kind.CONVERSATIONS, "", CUT, 100));
        assertThat(page.due()).containsExactly(old);
        run("UPDATE conversation SET status='open', updated_at=" + NOW);
        store.writeAndWait(tx -> tx.agedRows().erase(Kind.CONVERSATIONS, page.due(), CUT, "salt", NOW));
        assertThat(test.number("SELECT count(*) FROM message")).isEqualTo(1);
    }

    @Test
    void contactsWithoutConversationShouldGoUnlessTheyWithdrewOrAreAtWork() {
        for (String who : List.of("ana", "ben", "cleo", "dora")) {
            conversation(who, OLD, OLD, "closed");
        }
        erase(Kind.CONVERSATIONS);
        run("INSERT INTO consent VALUES('shop','test','ben','marketing',1,0,'api','asked')");
        run("INSERT INTO consent VALUES('shop','test','dora','marketing',1,0,'api','asked')");
        run("INSERT INTO consent VALUES('shop','test','dora','marketing',2,1,'api','asked again')");
        run("INSERT INTO lane(lane,kind,flow,bulk,next_seq,open,epoch) VALUES('" + Lanes.inbox("shop", "cleo")
                + "','INBOX','shop',0,2,1,1)");
        erase(Kind.CONTACTS);
        assertThat(test.text("SELECT string_agg(name, ' ' ORDER BY name) FROM contact"))
                .isEqualTo("ben cleo");
        assertThat(test.number("SELECT count(*) FROM identity")).isEqualTo(2);
    }

    @Test
    void filesShouldBeListedUnlessSomebodyElseHasThem() {
        String old = conversation("ana", OLD, OLD, "closed");
        String open = conversation("ben", OLD, NOW, "open");
        media(old, "aa");
        media(old, "bb");
        media(open, "bb");
        erase(Kind.CONVERSATIONS);
        assertThat(unused()).containsExactly("aa");
        boolean used = store.read(tx -> tx.agedRows().isUsed("bb"));
        assertThat(used).isTrue();
        store.writeAndWait(tx -> {
            tx.agedRows().forgetFile("aa");
            return true;
        });
        assertThat(unused()).isEmpty();
    }

    private List<String> unused() {
        return store.read(tx -> tx.agedRows().unusedFiles("", 10));
    }

    private void media(String conversation, String sha256) {
        run("INSERT INTO media(id,message,part,state,sha256) SELECT '" + id(OLD) + "', id, '{}', 'STORED', '" + sha256
                + "' FROM message WHERE conversation='" + conversation + "'");
    }

    private String conversation(String who, long created, long changed, String status) {
        String id = id(created);
        String contact = id(created);
        store.writeAndWait(tx -> {
            Instant at = Instant.ofEpochMilli(created);
            Identity identity = new Identity("test", who, true);
            tx.contacts().insert("shop", new Contact(contact, who, null, List.of(identity), List.of()), created);
            tx.conversations()
                    .insert(
                            new ConversationBuilder(id, "shop", "test", contact, who, at).build(),
                            "contact:" + contact);
            Message.Place place = tx.conversations().nextPlace(id, null);
            List<Part> parts = List.of(new Part.Text("words of " + who));
            tx.messages()
                    .insert(Message.received(id(created), place, new Author(Author.Kind.CONTACT, who), at, at, parts));
            return true;
        });
        run("UPDATE conversation SET status='" + status + "', updated_at=" + changed + " WHERE id='" + id + "'");
        return id;
    }
}
