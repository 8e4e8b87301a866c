// SPDX-License-Identifier: Apache-2.0
/** Erases by age what is kept no longer. */
@NullMarked
package io.dragoman.app.retention;

import org.jspecify.annotations.NullMarked;
