// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import io.dragoman.profile.Receiving;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a helpdesk is asked what changed. Immutable.
 *
 * @param request of one page of a list; it sees {@code since}, {@code page} and {@code cursor}
 * @param accepted whether an answer is one at all, as one with several results may be none; null where its status says it
 * @param items the list in the answer; null for the answer itself
 * @param next what the next page is asked by; null where there is one page
 * @param cursor what the next poll begins at; null where that is a time alone
 * @param detail asks more of each item; null for nothing
 * @param more asks further of each item, which it sees with its detail; null for nothing
 * @param each what of an item is an event, one or several; null for the item itself
 * @param overlap how much of the time before is asked again
 * @param every how often, where the account does not say
 */
record Poll(
        CallTemplate request,
        AnswerReader answer,
        @Nullable Expression accepted,
        @Nullable Expression items,
        @Nullable Expression next,
        @Nullable Expression cursor,
        @Nullable Detail detail,
        @Nullable Detail more,
        @Nullable Expression each,
        Duration overlap,
        String every) {

    /** Whether what an item led to nothing new for is not asked for again. */
    boolean once() {
        return detail != null && detail.once();
    }

    /** How what it takes is read. */
    Receiving reading() {
        return Receiving.polled(each);
    }
}
