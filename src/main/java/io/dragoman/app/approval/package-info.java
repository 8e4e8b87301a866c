// SPDX-License-Identifier: Apache-2.0
/** Answers that wait until somebody approves them. */
@NullMarked
package io.dragoman.app.approval;

import org.jspecify.annotations.NullMarked;
