// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskNoticesTest {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");
    private static final Contact ANA =
            new Contact("k1", "Ana", null, List.of(new Identity("phone", "+15550100", true)), List.of());
    private static final Conversation CONVERSATION =
            new ConversationBuilder("c1", "shop", "sms", "k1", "+15550100", AT).build();
    private static final Message MESSAGE = Message.received(
            "m1",
            new Message.Place("c1", 1, null),
            new Message.Author(Message.Author.Kind.CONTACT, "Ana", null),
            AT,
            AT,
            List.of(new Part.Text("hello")));

    private final DeskNotices notices = new DeskNotices();
    private Store store;

    @BeforeEach
    void customerWrote(@TempDir Path folder) {
        store = Store.sqlite(folder.resolve("dragoman.db"), 0, failure -> {});
        store.writeAndWait(tx -> {
            tx.contacts().insert("shop", ANA, AT.toEpochMilli());
            tx.conversations().insert(CONVERSATION, "contact:k1");
            tx.messages().insert(MESSAGE);
            return true;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void newsOfAMessageIsKeptAsNothingAndIsTheSameFromItsRowsAsFromMemory() {
        ToDesk told = told(List.of());
        Deliveries.Stored kept = enqueued(notices.payload("d1", told));
        assertThat(kept.payload()).isEmpty();
        assertThat(notices.of(store, kept)).as("from memory, once").isSameAs(told);
        assertThat(notices.of(store, kept)).as("from the rows").isEqualTo(told);
        assertThat(new DeskNotices().of(store, kept)).as("after a restart").isEqualTo(told);
    }

    @Test
    void whatStandsInNoRowIsKeptWhole() {
        ToDesk told = told(List.of("a rule's note"));
        Deliveries.Stored kept = enqueued(notices.payload("d1", told));
        assertThat(kept.payload()).contains("a rule's note");
        assertThat(notices.of(store, kept)).isEqualTo(told);
    }

    private static ToDesk told(List<String> notes) {
        DeskNotice.Data data = new DeskNotice.Data(CONVERSATION, ANA, MESSAGE, null, null, notes);
        return new ToDesk("m1:message.received", new DeskNotice(DeskNotice.Type.MESSAGE_RECEIVED, AT, data));
    }

    private Deliveries.Stored enqueued(String payload) {
        return store.writeAndWait(tx -> {
            tx.deliveries()
                    .insert(
                            new Deliveries.Fresh(
                                    "d1",
                                    Deliveries.Kind.NOTICE,
                                    new Deliveries.Destination("out/desk/c1", "desk", "shop"),
                                    new Deliveries.Cause("m1:message.received", "m1", "m1", "c1"),
                                    payload,
                                    false,
                                    AT.toEpochMilli()),
                            AT.toEpochMilli());
            return tx.deliveries().find("d1").orElseThrow();
        });
    }
}
