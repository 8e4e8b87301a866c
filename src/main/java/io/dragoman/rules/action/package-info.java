// SPDX-License-Identifier: Apache-2.0
/** What rules can do: one class an action, listed once in {@link io.dragoman.rules.action.Actions}. */
@NullMarked
package io.dragoman.rules.action;

import org.jspecify.annotations.NullMarked;
