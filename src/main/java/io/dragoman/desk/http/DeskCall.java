// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import org.jspecify.annotations.Nullable;

/**
 * One kind of news to a helpdesk. Immutable.
 *
 * @param when whether it is sent at all; null for always
 */
record DeskCall(@Nullable Expression when, CallTemplate request, AnswerReader answer) {}
