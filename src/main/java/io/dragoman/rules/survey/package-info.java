// SPDX-License-Identifier: Apache-2.0
/** Surveys: what they ask, whom, and how their answers are understood. */
@NullMarked
package io.dragoman.rules.survey;

import org.jspecify.annotations.NullMarked;
