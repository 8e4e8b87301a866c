// SPDX-License-Identifier: Apache-2.0
/** What rules can ask: one class or record a condition, listed once in {@link io.dragoman.rules.condition.Conditions}. */
@NullMarked
package io.dragoman.rules.condition;

import org.jspecify.annotations.NullMarked;
