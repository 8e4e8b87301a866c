// SPDX-License-Identifier: Apache-2.0
/** Measures of a time, each with the definition that docs/measures.md states: figures, never texts. */
@NullMarked
package io.dragoman.app.measure;

import org.jspecify.annotations.NullMarked;
