// SPDX-License-Identifier: Apache-2.0
/** What could not be done: listed, shown, replayed, discarded. */
@NullMarked
package io.dragoman.app.deadletter;

import org.jspecify.annotations.NullMarked;
