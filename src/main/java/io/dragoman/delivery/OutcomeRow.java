// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import io.dragoman.store.Attempts.Ending;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, as its row says it. */
final class OutcomeRow {
    private OutcomeRow() {}

    static Ending ending(Outcome outcome) {
        if (outcome instanceof Outcome.Sent) {
            return Ending.SENT;
        } else if (outcome instanceof Outcome.Fetched) {
            return Ending.FETCHED;
        } else if (outcome instanceof Outcome.Retry) {
            return Ending.RETRY;
        } else if (outcome instanceof Outcome.Gone) {
            return Ending.GONE;
        }
        return outcome instanceof Outcome.Refused ? Ending.REFUSED : Ending.UNCERTAIN;
    }

    static @Nullable Reason reason(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return retry.reason();
        } else if (outcome instanceof Outcome.Refused refused) {
            return refused.reason();
        } else if (outcome instanceof Outcome.Gone) {
            return Reason.CONTENT_REFUSED;
        }
        return outcome instanceof Outcome.Uncertain uncertain ? uncertain.reason() : null;
    }

    static @Nullable String detail(Outcome outcome) {
        if (outcome instanceof Outcome.Sent sent) {
            return sent.note();
        } else if (outcome instanceof Outcome.Retry retry) {
            return retry.detail();
        } else if (outcome instanceof Outcome.Refused refused) {
            return refused.detail();
        } else if (outcome instanceof Outcome.Gone gone) {
            return gone.detail();
        }
        return outcome instanceof Outcome.Uncertain uncertain ? uncertain.detail() : null;
    }
}
