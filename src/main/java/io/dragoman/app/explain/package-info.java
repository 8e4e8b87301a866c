// SPDX-License-Identifier: Apache-2.0
/** A message explained, out of what the store has: for the API and the command line. */
@NullMarked
package io.dragoman.app.explain;

import org.jspecify.annotations.NullMarked;
