// SPDX-License-Identifier: Apache-2.0
/** Pausing and resuming channels, desks and lanes. */
@NullMarked
package io.dragoman.app.pause;

import org.jspecify.annotations.NullMarked;
