// SPDX-License-Identifier: Apache-2.0
/** Polls, quizzes and short forms: what they ask, and how their answers are understood. */
@NullMarked
package io.dragoman.rules.poll;

import org.jspecify.annotations.NullMarked;
