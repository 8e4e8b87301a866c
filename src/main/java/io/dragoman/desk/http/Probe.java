// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that changes nothing and finds out whether an account works. Immutable.
 *
 * @param name of what is looked at
 * @param when whether it is asked at all; null for always
 * @param each the list of whose items each is asked for, such as what a mapping names; null for one request
 * @param good whether an answer of success is a good one; null where each is
 * @param untold whether an answer leaves it open, such as one that refuses to tell; null where none does
 * @param found what an answer shows, in words; null where its status says all
 * @param remedy what to do otherwise, a sentence
 * @param clock how far the helpdesk's clock may be from ours; null where that is not looked at
 */
record Probe(
        String name,
        @Nullable Expression when,
        @Nullable Expression each,
        CallTemplate request,
        AnswerReader answer,
        @Nullable Expression good,
        @Nullable Expression untold,
        @Nullable Expression found,
        String remedy,
        @Nullable Duration clock) {}
