// SPDX-License-Identifier: Apache-2.0
/** Who waits for an answer, how long answers take, and the conversations as rows: figures, never texts. */
@NullMarked
package io.dragoman.app.report;

import org.jspecify.annotations.NullMarked;
