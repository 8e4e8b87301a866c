// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that finds out whether an attempt is there whose end is unknown. Immutable.
 *
 * @param when whether there is anything to ask; null for always, and otherwise a repetition changes nothing
 * @param needs what is asked before it
 * @param next what the next page is asked by; null where there is one page
 * @param found whether the answer has it; null where a reference or a written id says so
 * @param reference the helpdesk's id of the conversation, one or several that may be it
 * @param written its id of what was written, one or several
 * @param settled how long after an attempt what it wrote is surely found
 * @param then what follows what is found, as it follows a write, and what that needs
 */
record LookUp(
        @Nullable Expression when,
        CallTemplate request,
        AnswerReader answer,
        List<Step> needs,
        @Nullable Expression next,
        @Nullable Expression found,
        @Nullable Expression reference,
        @Nullable Expression written,
        Duration settled,
        List<Step> then) {
    LookUp {
        needs = List.copyOf(needs);
        then = List.copyOf(then);
    }
}
