// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a helpdesk beside a request, whose answer is a value for others. Immutable.
 *
 * @param when whether it is asked at all; null for always
 * @param each for each item of which list it is asked; null for once
 * @param asks the requests, of which the first that gives a value counts
 * @param keep whether its value stays true for the conversation
 * @param optional whether others go on without a value
 * @param awaited whether a value that is not there yet is asked for again later
 * @param ofTicket whether it is about the ticket, so that its value is of no use once there is another
 */
record Step(
        String name,
        @Nullable Expression when,
        @Nullable Expression each,
        List<Ask> asks,
        boolean keep,
        boolean optional,
        boolean awaited,
        boolean ofTicket) {
    /** The list of a notice's files, as the file writes it. */
    static final String FILES = "files";

    Step {
        asks = List.copyOf(asks);
    }

    /**
     * One request of it.
     *
     * @param value what its answer gives; null for nothing
     */
    record Ask(
            @Nullable Expression when,
            CallTemplate request,
            AnswerReader answer,
            @Nullable Expression value) {}

    /** Whether it takes the files of a notice, each by itself. */
    boolean takesFiles() {
        return each != null && each.toString().strip().equals(FILES);
    }

    /** Whether it is to give a value. */
    boolean gives() {
        return asks.stream().anyMatch(ask -> ask.value() != null);
    }
}
