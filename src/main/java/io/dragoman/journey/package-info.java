// SPDX-License-Identifier: Apache-2.0
/** From an event to what it causes: converse, decide, commit. */
@NullMarked
package io.dragoman.journey;

import org.jspecify.annotations.NullMarked;
