// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.approval;

import io.dragoman.app.explain.StoryText;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Approvals.Approval;
import io.dragoman.store.Approvals.State;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which answers wait for approval, and what became of others. Blocks. */
public final class ApprovalQueries {
    private final ReadAccess store;

    public ApprovalQueries(ReadAccess store) {
        this.store = store;
    }

    /**
     * Some of them.
     *
     * @param waiting how many wait in all
     */
    public record ApprovalList(long waiting, List<WaitingAnswer> approvals) {
        public ApprovalList {
            approvals = List.copyOf(approvals);
        }
    }

    /** Those in a state: the oldest first where they wait, else the latest. */
    public ApprovalList list(State state, int most) {
        return store.read(tx -> new ApprovalList(
                tx.approvals().waiting(),
                tx.approvals().in(state, most).stream()
                        .map(one -> shown(tx, one))
                        .toList()));
    }

    public Optional<WaitingAnswer> find(String id) {
        return store.read(tx -> tx.approvals().find(id).map(one -> shown(tx, one)));
    }

    static WaitingAnswer shown(Tx tx, Approval one) {
        String channel = tx.conversations()
                .find(one.conversation())
                .map(found -> found.conversation().channel())
                .orElse("");
        return new WaitingAnswer(
                one.id(),
                one.conversation(),
                channel,
                one.author(),
                question(tx, one),
                text(one.parts()),
                one.parts(),
                one.event(),
                one.askedAt(),
                one.expiresAt(),
                one.state(),
                one.decidedAt(),
                one.decidedBy());
    }

    private static @Nullable String question(Tx tx, Approval one) {
        return one.replyTo() == null
                ? null
                : tx.messages()
                        .find(one.replyTo())
                        .map(Message::parts)
                        .map(ApprovalQueries::text)
                        .orElse(null);
    }

    private static String text(List<Part> parts) {
        return parts.stream().map(StoryText::show).collect(Collectors.joining("\n"));
    }
}
