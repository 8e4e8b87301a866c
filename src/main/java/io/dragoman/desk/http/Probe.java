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
 * @param good whether an answer of success is a good one; null where each is
 * @param remedy what to do otherwise, a sentence
 * @param clock how far the helpdesk's clock may be from ours; null where that is not looked at
 */
record Probe(
        String name,
        @Nullable Expression when,
        CallTemplate request,
        AnswerReader answer,
        @Nullable Expression good,
        String remedy,
        @Nullable Duration clock) {}
