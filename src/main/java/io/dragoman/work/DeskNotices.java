// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Deliveries;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What desks are told, as deliveries keep it. The news that a customer wrote is the most frequent by far, and nearly all
 * that it says stands in other rows: it is kept as nothing, and built from them when it goes out. What was written just
 * now is remembered for that moment, so that the outbox need not read back what the store has only just taken; so many
 * and so long texts at most. Thread-safe.
 */
public final class DeskNotices {
    /** The payload of a delivery whose notice is built from its message. */
    static final String FROM_THE_MESSAGE = "";

    private static final int MOST_REMEMBERED = 4_000;
    private static final int LONGEST_REMEMBERED = 2_000;

    private final Map<String, ToDesk> justWritten = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ToDesk> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** The payload to keep for a delivery. */
    public String payload(String delivery, ToDesk told) {
        DeskNotice.Data data = told.notice().data();
        Message message = data.message();
        boolean inRows = told.notice().type() == DeskNotice.Type.MESSAGE_RECEIVED
                && data.notes().isEmpty()
                && data.history().isEmpty();
        if (message == null || !inRows) {
            return Json.write(told);
        }
        if (message.parts().stream().mapToInt(DeskNotices::length).sum() <= LONGEST_REMEMBERED) {
            synchronized (justWritten) {
                justWritten.put(delivery, told);
            }
        }
        return FROM_THE_MESSAGE;
    }

    private static int length(Part part) {
        return part instanceof Part.Text text ? text.text().length() : LONGEST_REMEMBERED / 4;
    }

    /** What a delivery that is about to go out tells: as it was written, if that was just now. */
    public ToDesk of(ReadAccess store, Deliveries.Stored delivery) {
        ToDesk told;
        synchronized (justWritten) {
            told = justWritten.remove(delivery.id());
        }
        return told == null ? store.read(tx -> stored(tx, delivery)) : told;
    }

    /** What a delivery tells, as the store knows it now. */
    public static ToDesk stored(Tx tx, Deliveries.Stored delivery) {
        if (!delivery.payload().equals(FROM_THE_MESSAGE)) {
            return (ToDesk) Json.read(delivery.payload(), Outbound.class);
        }
        Message message = tx.messages().find(String.valueOf(delivery.message())).orElseThrow();
        Conversation conversation =
                tx.conversations().find(delivery.conversation()).orElseThrow().conversation();
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        DeskNotice.Data data = new DeskNotice.Data(conversation, contact, message, null, null, List.of());
        return new ToDesk(delivery.key(), new DeskNotice(DeskNotice.Type.MESSAGE_RECEIVED, delivery.createdAt(), data));
    }
}
