// SPDX-License-Identifier: Apache-2.0
/** The questions that customers ask often: read, found again in their words, and told apart from all others. */
@NullMarked
package io.dragoman.rules.answer;

import org.jspecify.annotations.NullMarked;
