// SPDX-License-Identifier: Apache-2.0
/** Channels, desks and lanes that stand still, and go on. */
@NullMarked
package io.dragoman.app.pause;

import org.jspecify.annotations.NullMarked;
