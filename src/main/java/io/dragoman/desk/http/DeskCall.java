// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of news to a helpdesk. Immutable.
 *
 * @param when whether it is sent at all; null for always
 * @param needs what is asked before it
 * @param then what is asked after it
 * @param idempotent whether the helpdesk knows a repetition of it
 * @param lookUp how to find out whether it is there; null where that cannot be asked
 */
record DeskCall(
        @Nullable Expression when,
        CallTemplate request,
        AnswerReader answer,
        List<Step> needs,
        List<Step> then,
        boolean idempotent,
        @Nullable LookUp lookUp) {
    DeskCall {
        needs = List.copyOf(needs);
        then = List.copyOf(then);
    }

    /** Whether the files of a notice go with it, so that its words need no links to them. */
    boolean carriesFiles() {
        return request.uploads() || needs.stream().anyMatch(Step::takesFiles);
    }

    /** Whether the bytes of files are sent for it at all. */
    boolean takesFiles() {
        return carriesFiles() || then.stream().anyMatch(Step::takesFiles);
    }

    /** Whether an attempt of unknown end can be settled without a person. */
    boolean isSettled() {
        return idempotent || lookUp != null;
    }
}
