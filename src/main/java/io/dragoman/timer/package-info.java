// SPDX-License-Identifier: Apache-2.0
/** Fires timers when their time has come. */
@NullMarked
package io.dragoman.timer;

import org.jspecify.annotations.NullMarked;
