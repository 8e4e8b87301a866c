// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.store.ConversationDesks.AtDesk;
import io.dragoman.store.ReadAccess;
import io.dragoman.work.History;
import java.util.ArrayList;
import java.util.List;

/** A notice that opens another ticket of a conversation whose former one is gone. */
final class FollowUp {
    /** A desk that knows our keys must not take it for the notice that it refused. */
    private static final String AGAIN = "/follow-up";

    private FollowUp() {}

    /** The notice with what was written before and the former ticket's name, where the desk has no other ticket yet. */
    static ToDesk of(ToDesk told, AtDesk there, ReadAccess store) {
        DeskNotice notice = told.notice();
        Message message = notice.data().message();
        boolean opens =
                notice.type() == DeskNotice.Type.MESSAGE_RECEIVED || notice.type() == DeskNotice.Type.MESSAGE_SENT;
        if (there.former() == null || message == null || !opens) {
            return told;
        }
        List<String> notes = new ArrayList<>(notice.data().notes());
        notes.add("It goes on from " + there.former() + ", to which nothing can be added any more.");
        List<Message> history = notice.data().history().isEmpty()
                ? store.read(tx -> History.before(tx, message))
                : notice.data().history();
        DeskNotice.Data before = notice.data();
        DeskNotice.Data data = new DeskNotice.Data(
                before.conversation(), before.contact(), message, before.reaction(), before.detail(), notes, history);
        return new ToDesk(told.key() + AGAIN, new DeskNotice(notice.type(), notice.timestamp(), data), told.kept());
    }
}
