// SPDX-License-Identifier: Apache-2.0
/** What a decision may look at, and how expressions and replies see it. */
@NullMarked
package io.dragoman.rules.facts;

import org.jspecify.annotations.NullMarked;
