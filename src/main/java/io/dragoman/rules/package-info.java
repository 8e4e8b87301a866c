// SPDX-License-Identifier: Apache-2.0
/** What to do with a message: conditions, actions, replies. Pure functions of what they are given. */
@NullMarked
package io.dragoman.rules;

import org.jspecify.annotations.NullMarked;
