// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.approval;

import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.journey.HeldAnswers;
import io.dragoman.model.Words;
import io.dragoman.store.Approvals.Approval;
import io.dragoman.store.Approvals.State;
import io.dragoman.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Approves and refuses answers that wait: once each, whoever else does the same at that moment. Blocks. */
public final class ApprovalService {
    private final Store store;
    private final Supplier<String> ids;
    private final AuditTrail audit;
    private final Clock clock;

    /** @param ids makes ids in rising order */
    public ApprovalService(Store store, Supplier<String> ids, AuditTrail audit, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it: the answer as it is now, or why there is none. */
    public sealed interface Result {
        /** It is as asked for. */
        record Done(WaitingAnswer answer) implements Result {}

        /** Another decision stands, or its time ended. */
        record Decided(WaitingAnswer answer) implements Result {
            /** As a sentence. */
            public String why() {
                return "The answer " + answer.id() + " is " + Words.of(answer.state()) + " already.";
            }
        }

        /** There is none of this id. */
        record Unknown() implements Result {}
    }

    /** Lets it be sent. */
    public Result approve(String id, Actor actor) {
        return decide(id, State.APPROVED, actor);
    }

    /** Lets it never be sent. */
    public Result refuse(String id, Actor actor) {
        return decide(id, State.REFUSED, actor);
    }

    private Result decide(String id, State state, Actor actor) {
        Instant now = clock.instant();
        return store.writeAndWait(tx -> {
            Optional<Approval> asked = tx.approvals().find(id);
            if (asked.isEmpty()) {
                return new Result.Unknown();
            }
            boolean decided = HeldAnswers.decide(tx, asked.get(), state, actor.name(), ids.get(), now);
            if (decided) {
                String action = state == State.APPROVED ? "answer.approve" : "answer.refuse";
                audit.note(tx, actor, action, id, null);
            }
            WaitingAnswer answer = tx.approvals()
                    .find(id)
                    .map(one -> ApprovalQueries.shown(tx, one))
                    .orElseThrow();
            // the same decision twice is the same
            return answer.state() == state ? new Result.Done(answer) : new Result.Decided(answer);
        });
    }
}
