// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Outcome.Sent;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
import java.util.List;
import java.util.Optional;

/** Which request of a profile brings a notice to its helpdesk. Immutable. */
record NoticeChoice(DeskProfile profile, DeskNotice notice) {
    /** Whether the helpdesk has the conversation; one that opens none knows it by our id. */
    boolean known() {
        return notice.data().conversation().deskReference() != null
                || profile.call(DeskProfile.CREATE).isEmpty();
    }

    /** The request; empty where the helpdesk has nothing for it. */
    Optional<DeskCall> call() {
        DeskNotice.Type type = notice.type();
        if (!known()) {
            return type == DeskNotice.Type.MESSAGE_RECEIVED || type == DeskNotice.Type.MESSAGE_SENT
                    ? profile.call(DeskProfile.CREATE)
                    : Optional.empty();
        }
        Optional<DeskCall> note = profile.call(DeskProfile.NOTE);
        if (isRating() && note.isPresent()) {
            return note; // a request for the conversation's state has no room for words
        }
        Optional<DeskCall> own = profile.call(String.valueOf(DeskProfile.KEYS.get(type)));
        return own.isPresent() || !isWorthANote() ? own : note;
    }

    /** How it ends where there is no request. */
    Sent untold() {
        if (known() && !isWorthANote()) {
            return new Sent(null);
        }
        String why = known() ? "its profile has no request for it" : "it has no conversation for it yet";
        return new Sent(
                null, List.of(profile.title() + " was not sent " + notice.type().word() + ": " + why + "."));
    }

    private boolean isRating() {
        return notice.type() == DeskNotice.Type.CONVERSATION_UPDATED
                && notice.data().detail() != null;
    }

    /** A conversation's state the helpdesk has itself, and of what arrived nobody has to know. */
    private boolean isWorthANote() {
        Message message = notice.data().message();
        return switch (notice.type()) {
            case DELIVERY_UPDATED ->
                (message != null && message.status() == Status.FAILED)
                        || !notice.data().notes().isEmpty();
            case CONVERSATION_UPDATED -> isRating();
            case MESSAGE_RECEIVED -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return "NoticeChoice[" + notice.type() + "]";
    }
}
